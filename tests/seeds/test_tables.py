"""The human-edited tables are complete, unambiguous, and in Unicode's composed form (NFC)."""

import csv
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from etl.config import REPOSITORY
from etl.domain.hindi import fold_name
from etl.errors import BadSetting
from etl.storage.seed_files import read_seeds

SEEDS = REPOSITORY / "seeds"
TABLES = sorted(file for folder in ("gazetteer", "places", "cues") for file in SEEDS.glob(f"{folder}/*.csv"))
ORGANISATION_KINDS = {"igo", "party", "ministry", "government_body", "company", "army", "summit", "other"}
SHARED_BY_MANY = {"सिंह", "गांधी", "शाह", "कुमार", "शर्मा", "यादव", "खान", "सिंह जी", "पटेल", "मिश्रा", "रेड्डी"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_table_is_regular_and_composed(table: Path) -> None:
    text = table.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    header, *rows = csv.reader(text.splitlines())
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert all(cell == cell.strip() for row in rows for cell in row)
    assert not [row for row, count in Counter(map(tuple, rows)).items() if count > 1]


def test_ids_are_unique() -> None:
    seeds = read_seeds(SEEDS)
    ids = [row.gazetteer_id for row in (*seeds.persons, *seeds.organisations)]
    assert len(ids) == len(set(ids))
    assert all(row.gazetteer_id.startswith("person/") for row in seeds.persons)
    assert {row.kind for row in seeds.organisations} <= ORGANISATION_KINDS
    assert {title.kind for title in seeds.titles} == {"office", "honorific", "descriptor", "prefix"}


def test_no_name_leads_to_two_persons_and_none_is_shared_by_many() -> None:
    names = Counter(
        name
        for person in read_seeds(SEEDS).persons
        for name in {fold_name(form) for form in (person.name_hi, *person.aliases_hi)}
    )
    assert not [name for name, count in names.items() if count > 1]
    assert not names.keys() & {fold_name(name) for name in SHARED_BY_MANY}


def test_every_place_name_leads_to_one_city() -> None:
    seeds = read_seeds(SEEDS)
    cities = {city.geonames_id: city for city in seeds.cities}
    assert len(cities) == len(seeds.cities)
    assert all(row.geonames_id in cities for row in seeds.place_names)
    names = Counter(fold_name(row.name_hi) for row in seeds.place_names)
    assert not [name for name, count in names.items() if count > 1]
    with (SEEDS / "places" / "name.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            city = cities[int(row["geonames_id"])]
            assert (row["name_en"], row["country"]) == (city.name_en, city.country)


def test_every_country_has_its_capital_and_every_indian_state_its_cities() -> None:
    seeds = read_seeds(SEEDS)
    capitals = {city.country for city in seeds.cities if city.is_capital}
    without = {"HK", "IL", "PS", "PW", "TW"}
    assert {country.alpha2 for country in seeds.countries} - capitals <= without
    provinces = {city.admin1 for city in seeds.cities if city.country == "IN"}
    assert {state.name_en for state in seeds.states} <= provinces


def test_missing_table_or_column_is_reported_with_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"person\.csv is missing"):
        read_seeds(tmp_path)
    (tmp_path / "gazetteer").mkdir()
    (tmp_path / "gazetteer" / "person.csv").write_text("gazetteer_id,name_hi\nperson/x,क\n", encoding="utf-8")
    with pytest.raises(BadSetting, match=r"person\.csv:2: column 'name_en' is missing"):
        read_seeds(tmp_path)


def test_version_changes_with_any_row(tmp_path: Path) -> None:
    for table in TABLES:
        copy = tmp_path / table.relative_to(SEEDS)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(table.read_bytes())
    assert read_seeds(tmp_path).version == read_seeds(SEEDS).version
    with (tmp_path / "cues" / "cue.csv").open("a", encoding="utf-8") as cues:
        cues.write("नया,status,planned\n")
    assert read_seeds(tmp_path).version != read_seeds(SEEDS).version
