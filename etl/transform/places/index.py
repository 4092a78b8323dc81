"""Indexes over the cities of the seeds: by Hindi name, by capital, and by the reading of the English name."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from etl.domain.seeds import City, PlaceName, Seeds, SharedName
from etl.transform.lexicon import make_key
from etl.transform.places.reading import consonants_of, likeness
from etl.transform.romanize import romanize
from etl.transform.sound import sound_of

_SIZE_WEIGHT = 0.06
_MIN_LIKENESS = 0.88
"""Smallest likeness of the city that a name means."""
_MIN_GAP = 0.06
"""Smallest difference between the ranks of the best and the next city."""


class PlaceIndex:
    """Look-up tables over `seeds/places`; each is built on first use. Names are compared by their sound."""

    def __init__(self, seeds: Seeds) -> None:
        self._seeds = seeds
        self._readings: dict[str, Mapping[str, Sequence[City]]] = {}

    @cached_property
    def hand_written(self) -> dict[str, PlaceName]:
        """Sound of a name → its row in name.csv; the first row that has a name wins."""
        table: dict[str, PlaceName] = {}
        for row in self._seeds.place_names:
            table.setdefault(_sound(row.name_hi), row)
        return table

    @cached_property
    def shared(self) -> dict[str, tuple[SharedName, ...]]:
        """Sound of a name that several countries share → its meanings."""
        table: defaultdict[str, list[SharedName]] = defaultdict(list)
        for row in self._seeds.shared_names:
            table[_sound(row.name_hi)].append(row)
        return {sound: tuple(dict.fromkeys(rows)) for sound, rows in table.items()}

    @cached_property
    def by_id(self) -> dict[int, City]:
        """GeoNames id → city."""
        return {city.geonames_id: city for city in self._seeds.cities}

    @cached_property
    def capital_of(self) -> dict[str, City]:
        """ISO 3166-1 alpha-2 → the capital; the largest where GeoNames has several."""
        table: dict[str, City] = {}
        for city in self._seeds.cities:
            if city.is_capital:
                table.setdefault(city.country, city)
        return table

    def cities_named(self, sound: str) -> Sequence[City]:
        """Return the cities that have a Hindi name of this sound."""
        return self._by_name.get(sound, ())

    def city_reading(self, name_hi: str, country: str) -> City | None:
        """Return the city of a country whose English name reads like a Hindi name; None if none clearly does.

        Cities are ranked by likeness, plus `_SIZE_WEIGHT` for each tenfold of inhabitants: news name large cities.
        """
        latin = romanize(name_hi)
        near = self._readings_in(country).get(consonants_of(latin, is_english=False), ())
        found = [(likeness(latin, city.name_en, is_chinese=country == "CN"), city) for city in near]
        ranked = sorted(
            (
                (score + _SIZE_WEIGHT * math.log10(city.population + 1), score, city)
                for score, city in found
                if score
            ),
            key=lambda item: (-item[0], item[2].geonames_id),
        )
        if not ranked or ranked[0][1] < _MIN_LIKENESS:
            return None
        is_clear = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _MIN_GAP
        return ranked[0][2] if is_clear else None

    @cached_property
    def _by_name(self) -> dict[str, list[City]]:
        table: defaultdict[str, list[City]] = defaultdict(list)
        for city in self._seeds.cities:
            for sound in {_sound(name) for name in city.names_hi}:
                table[sound].append(city)
        return dict(table)

    @cached_property
    def _by_country(self) -> dict[str, list[City]]:
        table: defaultdict[str, list[City]] = defaultdict(list)
        for city in self._seeds.cities:
            table[city.country].append(city)
        return dict(table)

    def _readings_in(self, country: str) -> Mapping[str, Sequence[City]]:
        if country not in self._readings:
            table: defaultdict[str, list[City]] = defaultdict(list)
            for city in self._by_country.get(country, ()):
                key = consonants_of(city.name_en, is_english=True, is_chinese=country == "CN")
                table[key].append(city)
            self._readings[country] = dict(table)
        return self._readings[country]


def _sound(name_hi: str) -> str:
    return sound_of(make_key(name_hi))
