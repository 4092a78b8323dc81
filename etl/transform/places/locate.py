"""Locate one place name: rules in a fixed order; a place that none of them settles stays open."""

from collections.abc import Iterable, Sequence

from babel import Locale

from etl.domain.entity import COUNTRY_PREFIX
from etl.domain.place import Location, LocationMethod
from etl.domain.seeds import City, SharedName
from etl.transform.lexicon import Key, KnownName, Lexicon, alpha3, make_key
from etl.transform.meetings.where import Where
from etl.transform.places.evidence import INDIA, Evidence
from etl.transform.places.index import PlaceIndex
from etl.transform.sound import sound_of

_LARGE = 100_000
"""A city with at least this many inhabitants is meant by its name even where nothing else names its country."""
_DOMINANCE = 5
"""How many times larger than the next city of its name a city is that is meant without further evidence."""
_AROUND = (("राजधानी",), ("शहर", "नगर", "सिटी", "जिला", "जिले"))
"""Words before and after a name that belong to no name: "capital"; "city", "town", "district"."""
_OWNING = frozenset(("के", "की", "का", "स्थित", "में"))
"""Words between a city and its building: "पटना के राजकीय अतिथिगृह" ("the state guest house of Patna")."""


class Locator:
    """Locates place names with the gazetteer's countries and states and the cities of the seeds."""

    def __init__(self, index: PlaceIndex, lexicon: Lexicon) -> None:
        self._index = index
        self._lexicon = lexicon
        regions = Locale("hi").territories.items()
        self._regions = {sound_of(make_key(str(name))) for code, name in regions if code.isdigit()}

    def locate(self, where: Where, sentence_number: int, evidence: Evidence) -> Location | None:
        """Return the location of a meeting's place, or None where there is none or it is not settled.

        Args:
            where: the place; without an entity it is a building.
            sentence_number: of the sentence that reports the meeting.
            evidence: what the article's names say.
        """
        key = _strip(make_key(where.place_hi or ""))
        sound = sound_of(key)
        if not key or sound in self._regions:
            return None
        if shared := self._index.shared.get(sound):
            return self._settle_shared(shared, sound, evidence)
        if found := self._find_hand_written(sound, evidence):
            return found
        known = self._lexicon.names.get(key)
        if known and known.kind == "LOC":
            return _of_known(known)
        if where.entity_id is None:
            return self._find_in_building(key, evidence)
        return self._find_city(key, sound, sentence_number, evidence)

    def _settle_shared(self, shared: Sequence[SharedName], sound: str, evidence: Evidence) -> Location | None:
        """Return the meaning whose country the article names otherwise; None if that holds for several or none."""
        counts = evidence.count_countries(without=sound)
        named = [row for row in shared if counts[row.country]]
        if len(named) != 1:
            return None
        row = named[0]
        return _area(row.name_en, row.country, row.admin1 or None, "shared_name")

    def _find_hand_written(self, sound: str, evidence: Evidence) -> Location | None:
        row = self._index.hand_written.get(sound)
        if row is None or (row.kind == "home" and not evidence.is_domestic):
            return None
        methods: dict[str, LocationMethod] = {
            "city": "city_name", "building": "building", "home": "home_building"
        }  # fmt: skip
        return _of_city(self._index.by_id[row.geonames_id], methods[row.kind])

    def _find_in_building(self, key: Key, evidence: Evidence) -> Location | None:
        """Return the city that a building's name begins with, if the article names that city as a place."""
        for end in range(min(len(key) - 1, 3), 0, -1):
            sound = sound_of(key[:end])
            if key[end] in _OWNING and sound in evidence.places:
                city = self._find_named(key[:end], sound, -1, evidence)
                return _of_city(city[0], "building_in_city") if city else None
        return None

    def _find_city(self, key: Key, sound: str, sentence_number: int, evidence: Evidence) -> Location | None:
        found = self._find_named(key, sound, sentence_number, evidence)
        return _of_city(*found) if found else None

    def _find_named(
        self, key: Key, sound: str, sentence_number: int, evidence: Evidence
    ) -> tuple[City, LocationMethod] | None:
        row = self._index.hand_written.get(sound)
        if row and row.kind == "city":
            return self._index.by_id[row.geonames_id], "city_name"
        country = self._lexicon.country_of_capital(key)
        capital = self._index.capital_of.get(_alpha2(country)) if country else None
        if capital and self._agrees(capital, sound):
            return capital, "capital"
        cities = self._index.cities_named(sound)
        if cities:
            return _settle(cities, sound, sentence_number, evidence)
        return self._read(key, sound, sentence_number, evidence)

    def _agrees(self, capital: City, sound: str) -> bool:
        """Return whether no other city of the capital's country has the name: the gazetteer lists seats, too."""
        named = [city for city in self._index.cities_named(sound) if city.country == capital.country]
        return not named or capital in named

    def _read(
        self, key: Key, sound: str, sentence_number: int, evidence: Evidence
    ) -> tuple[City, LocationMethod] | None:
        """Return the city that reads like the name, in a country of the sentence, else of the article."""
        near = evidence.in_sentence(sentence_number, without=sound)
        article = evidence.count_countries(without=sound)
        everywhere = set(article) or {INDIA}
        for countries in (near, everywhere):
            readings = [self._index.city_reading(" ".join(key), country) for country in sorted(countries)]
            found = [city for city in readings if city]
            if len(found) == 1:
                return found[0], "transliteration"
            if found:
                return None
        return None


def _settle(
    cities: Sequence[City], sound: str, sentence_number: int, evidence: Evidence
) -> tuple[City, LocationMethod] | None:
    """Choose among cities with one Hindi name: by the sentence, the state, the article's countries, the size."""
    article = evidence.count_countries(without=sound)
    if len(cities) == 1:
        city = cities[0]
        is_meant = city.country in article or city.country == INDIA or city.population >= _LARGE
        return (city, "only_city") if is_meant else None
    in_state = [city for city in cities if city.country == INDIA and city.admin1 in evidence.states]
    if len(in_state) == 1:
        return in_state[0], "article_state"
    for countries in (evidence.in_sentence(sentence_number, without=sound), set(article)):
        fitting = [city for city in cities if city.country in countries]
        if fitting and (chosen := _largest(fitting)):
            return chosen, "article_country"
    largest = _largest(cities)
    return (largest, "population") if largest else None


def _largest(cities: Iterable[City]) -> City | None:
    """Return the city that is `_DOMINANCE` times as large as the next one, or the only one; else None."""
    first, *others = sorted(cities, key=lambda city: -city.population)
    return first if not others or first.population >= _DOMINANCE * others[0].population else None


def _strip(key: Key) -> Key:
    before, after = _AROUND
    while len(key) > 1 and key[0] in before:
        key = key[1:]
    while len(key) > 1 and key[-1] in after:
        key = key[:-1]
    return key


def _alpha2(known: KnownName) -> str:
    return (known.country_id or "").removeprefix(COUNTRY_PREFIX)


def _of_known(known: KnownName) -> Location | None:
    if known.is_state:
        return _area(known.name_en, INDIA, known.name_en, "state")
    return _area(known.name_en, _alpha2(known), None, "country") if known.country_id else None


def _area(name_en: str, country: str, admin1: str | None, method: LocationMethod) -> Location | None:
    code = alpha3(COUNTRY_PREFIX + country)
    if code is None:
        return None
    return Location("state" if admin1 else "country", name_en, code, admin1, None, None, None, method)


def _of_city(city: City, method: LocationMethod) -> Location | None:
    code = alpha3(COUNTRY_PREFIX + city.country)
    if code is None:
        return None
    return Location(
        kind="city",
        name_en=city.name_en,
        country_code=code,
        admin1=city.admin1 or None,
        geonames_id=city.geonames_id,
        latitude=city.latitude,
        longitude=city.longitude,
        method=method,
    )
