"""Where a meeting took place: a city, a state or a country, with the facts of GeoNames."""

from dataclasses import dataclass
from typing import Literal

LocationKind = Literal["city", "state", "country"]
LocationMethod = Literal[
    "country",
    "state",
    "shared_name",
    "city_name",
    "building",
    "home_building",
    "building_in_city",
    "capital",
    "only_city",
    "article_country",
    "article_state",
    "population",
    "transliteration",
]
"""The rule that located a place.

country, state: the gazetteer's country or Indian state of this name. shared_name: a name of several countries, settled
by the other names of the article. city_name, building: the hand-written list seeds/places/name.csv. home_building: a
building of that list that many countries have; the article is about India. building_in_city: the city that the
building's name begins with. capital: a capital in the gazetteer. only_city: one city of GeoNames has this Hindi name.
article_country, article_state, population: several have it; the article names the country or state of one, or one is
much larger than the others. transliteration: a city, in a country that the article names, whose English name reads
like the Hindi one.
"""


@dataclass(frozen=True, slots=True)
class Location:
    """A located place.

    Attributes:
        name_en: English name of the city, state or country; of a building's city.
        country_code: ISO 3166-1 alpha-3.
        admin1: English name of the state or province; None for a country, and where it is not known.
        geonames_id: GeoNames id of the city; None for states and countries.
        latitude: of the city, degrees north, WGS 84; None for states and countries.
        longitude: of the city, degrees east, WGS 84; None for states and countries.
        method: the rule that located it.
    """

    kind: LocationKind
    name_en: str
    country_code: str
    admin1: str | None
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    method: LocationMethod
