"""The records of the human-edited tables in `seeds/`: gazetteer, places and cues."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

TriggerKind = Literal["talk", "visit", "host", "meet"]
PlaceNameKind = Literal["city", "building", "home"]


@dataclass(frozen=True, slots=True)
class Person:
    """A public person. Each alias is unambiguous on its own: no bare family name that many people share."""

    gazetteer_id: str
    name_hi: str
    name_en: str
    aliases_hi: tuple[str, ...]
    country: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, party, body or summit with its abbreviations; `kind` as in the gazetteer's README."""

    gazetteer_id: str
    name_hi: str
    name_en: str
    aliases_hi: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Country:
    """Hindi names of a country besides its CLDR name."""

    alpha2: str
    demonyms_hi: tuple[str, ...]
    aliases_hi: tuple[str, ...]
    capitals_hi: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """An Indian state or union territory."""

    name_hi: str
    name_en: str
    aliases_hi: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class City:
    """A city of GeoNames.

    Attributes:
        country: ISO 3166-1 alpha-2.
        admin1: English name of the state or province; empty if not known.
        latitude: degrees north, WGS 84.
        longitude: degrees east, WGS 84.
        population: inhabitants, as GeoNames has it.
        is_capital: whether it is the capital of its country.
        names_hi: GeoNames' names in Devanagari, of any language that is written in it.
    """

    geonames_id: int
    name_en: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    is_capital: bool
    names_hi: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A hand-written Hindi name of a place, and the city that it is or is in.

    Attributes:
        kind: city; building (the name is unambiguous: हैदराबाद हाउस); home (many countries have such a building, and
            Indian news mean their own: संसद).
    """

    name_hi: str
    geonames_id: int
    kind: PlaceNameKind


@dataclass(frozen=True, slots=True)
class SharedName:
    """A Hindi name that means one of several countries, or a part of one (जॉर्जिया).

    Attributes:
        country: ISO 3166-1 alpha-2.
        name_en: English name of what the name means in this country.
        admin1: English name of the state if the name means a state of the country; empty for the country itself.
    """

    name_hi: str
    country: str
    name_en: str
    admin1: str


@dataclass(frozen=True, slots=True)
class Title:
    """A word beside a name.

    Attributes:
        office: code of the office, the same for all its names (पीएम, प्रधानमंत्री); empty for other titles.
        kind: office (can refer to the person without a name), honorific, descriptor, prefix.
    """

    title_hi: str
    office: str
    kind: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person's term in an office; days are inclusive, None if unknown or ongoing."""

    gazetteer_id: str
    office: str
    territory_id: str
    title_hi: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that can report a meeting, with its inflected forms.

    Attributes:
        kind: talk (मुलाकात, बैठक), visit (दौरा), host (अगवानी), meet (the verb मिलना).
    """

    cue_hi: str
    forms_hi: tuple[str, ...]
    kind: TriggerKind


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that sets an attribute of a meeting: `tells` names the attribute (status, mode, exclusion …)."""

    cue_hi: str
    tells: str
    value: str


@dataclass(frozen=True, slots=True)
class Seeds:
    """All tables, with a `version` that is a hash of their files."""

    persons: tuple[Person, ...]
    organisations: tuple[Organisation, ...]
    countries: tuple[Country, ...]
    states: tuple[State, ...]
    cities: tuple[City, ...]
    place_names: tuple[PlaceName, ...]
    shared_names: tuple[SharedName, ...]
    titles: tuple[Title, ...]
    tenures: tuple[Tenure, ...]
    triggers: tuple[Trigger, ...]
    cues: tuple[Cue, ...]
    version: str
