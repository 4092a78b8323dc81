"""Entities: the persons, bodies and places that mentions mean."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

EntityKind = Literal["PER", "ORG", "LOC"]

COUNTRY_PREFIX = "country/"
"""Begins the gazetteer id of a country: `country/<ISO 3166-1 alpha-2>`."""
STATE_PREFIX = "state/"
"""Begins the gazetteer id of an Indian state or union territory: `state/<slug of its English name>`."""
INDIA_ID = "country/IN"
"""Gazetteer id of India."""


@dataclass(frozen=True, slots=True)
class EntityAttribute:
    """A fact of the gazetteer about an entity.

    Attributes:
        attribute: office.
        value_hi: in Hindi, such as विदेश मंत्री.
        value_code: as a code, such as foreign_minister.
        territory_id: the country or state it is an office of (`country/RU`, `state/goa`).
        valid_from: first day, inclusive; None where not known.
        valid_to: last day, inclusive; None where not known or still so.
    """

    attribute: str
    value_hi: str
    value_code: str
    territory_id: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Entity:
    """The thing that mentions mean.

    Attributes:
        entity_id: see `make_entity_id`.
        name_hi: canonical Hindi name without titles.
        name_latin: ASCII reading of the name, for people who do not read Devanagari ("narendra modi").
        gazetteer_id: row of the gazetteer that knows it; None for an entity discovered in the text.
        name_iso15919: ISO 15919 transliteration of `name_hi` ("narēṁdra mōdī").
        name_en: usual English name ("Narendra Modi"); None where the gazetteer does not know it.
        country_code: ISO 3166-1 alpha-3 of the country it is or belongs to, as the gazetteer or an office beside
            the name says ("RUS"); None where nothing does.
        attributes: what the gazetteer says of it.
    """

    entity_id: str
    kind: EntityKind
    name_hi: str
    name_latin: str
    gazetteer_id: str | None
    name_iso15919: str
    name_en: str | None
    country_code: str | None = None
    attributes: tuple[EntityAttribute, ...] = ()

    @property
    def is_country(self) -> bool:
        """Whether the gazetteer knows it as a country."""
        return self.gazetteer_id is not None and self.gazetteer_id.startswith(COUNTRY_PREFIX)

    @property
    def is_state(self) -> bool:
        """Whether the gazetteer knows it as an Indian state or union territory."""
        return self.gazetteer_id is not None and self.gazetteer_id.startswith(STATE_PREFIX)


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A mention resolved to an entity. `text` carries no title; `method` names the rule that linked it."""

    entity_id: str
    sentence_number: int
    start_char: int
    end_char: int
    text: str
    method: str
