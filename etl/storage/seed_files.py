"""Read the tables in `seeds/` into records."""

import csv
import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from etl.domain.seeds import (
    City,
    Country,
    Cue,
    Organisation,
    Person,
    PlaceName,
    Seeds,
    SharedName,
    State,
    Tenure,
    Title,
    Trigger,
)
from etl.errors import BadSetting

Row = TypeVar("Row")


def read_seeds(seeds_dir: Path) -> Seeds:
    """Read all tables.

    Raises:
        BadSetting: a table is missing, or a row lacks a column; the message names file and line.
    """
    gazetteer, places, cues = seeds_dir / "gazetteer", seeds_dir / "places", seeds_dir / "cues"
    files = sorted(file for folder in (gazetteer, places, cues) for file in folder.glob("*.csv"))
    return Seeds(
        persons=_read(gazetteer / "person.csv", _person),
        organisations=_read(gazetteer / "organisation.csv", _organisation),
        countries=_read(gazetteer / "country.csv", _country),
        states=_read(gazetteer / "state.csv", _state),
        cities=_read(places / "city.csv", _city),
        place_names=_read(places / "name.csv", _place_name),
        shared_names=_read(
            places / "shared.csv", lambda r: SharedName(r["name_hi"], r["country"], r["name_en"], r["admin1"])
        ),
        titles=_read(gazetteer / "titles.csv", lambda r: Title(r["title_hi"], r["office"], r["kind"])),
        tenures=_read(gazetteer / "office.csv", _tenure),
        triggers=_read(cues / "trigger.csv", _trigger),
        cues=_read(cues / "cue.csv", lambda r: Cue(r["cue_hi"], r["tells"], r["value"])),
        version=hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12],
    )


def _read(path: Path, build: Callable[[dict[str, str]], Row]) -> tuple[Row, ...]:
    if not path.exists():
        raise BadSetting(f"{path} is missing: restore seeds/ from git, or set MULAQAT_SEEDS to a copy")
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for fields in reader:
            try:
                rows.append(build(fields))
            except (KeyError, AttributeError) as error:
                raise BadSetting(f"{path}:{reader.line_num}: column {error} is missing") from error
    return tuple(rows)


def _split(joined: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in joined.split("|") if part.strip())


def _person(row: dict[str, str]) -> Person:
    return Person(
        row["gazetteer_id"], row["name_hi"], row["name_en"], _split(row["aliases_hi"]), row["country"]
    )


def _organisation(row: dict[str, str]) -> Organisation:
    aliases = _split(row["aliases_hi"])
    return Organisation(row["gazetteer_id"], row["name_hi"], row["name_en"], aliases, row["kind"])


def _country(row: dict[str, str]) -> Country:
    return Country(
        row["alpha2"], _split(row["demonym_hi"]), _split(row["aliases_hi"]), _split(row["capital_hi"])
    )


def _state(row: dict[str, str]) -> State:
    return State(row["name_hi"], row["name_en"], _split(row["aliases_hi"]))


def _city(row: dict[str, str]) -> City:
    return City(
        int(row["geonames_id"]),
        row["name_en"],
        row["country"],
        row["admin1"],
        float(row["latitude"]),
        float(row["longitude"]),
        int(row["population"]),
        bool(row["is_capital"]),
        _split(row["names_hi"]),
    )


def _place_name(row: dict[str, str]) -> PlaceName:
    kind = row["kind"]
    if kind not in ("city", "building", "home"):
        raise KeyError(f"kind={kind}")
    return PlaceName(row["name_hi"], int(row["geonames_id"]), kind)  # type: ignore[arg-type]


def _tenure(row: dict[str, str]) -> Tenure:
    first, last = (date.fromisoformat(day) if day else None for day in (row["valid_from"], row["valid_to"]))
    return Tenure(row["gazetteer_id"], row["office"], row["territory"], row["title_hi"], first, last)


def _trigger(row: dict[str, str]) -> Trigger:
    kind = row["kind"]
    if kind not in ("talk", "visit", "host", "meet"):
        raise KeyError(f"kind={kind}")
    return Trigger(row["cue_hi"], (row["cue_hi"], *_split(row["forms_hi"])), kind)  # type: ignore[arg-type]
