"""Look-up tables over the seeds (gazetteer and cues), keyed by folded words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from babel import Locale
from babel.core import get_global
from slugify import slugify

from etl.domain.article import Sentence
from etl.domain.entity import COUNTRY_PREFIX, STATE_PREFIX, EntityAttribute, EntityKind
from etl.domain.hindi import fold_name
from etl.domain.seeds import Country, Seeds, Title, TriggerKind
from etl.transform.sound import fold_sound, sound_of

Value = TypeVar("Value")
_FORMER_ALPHA3 = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}
"""Codes of former states, which CLDR maps to their successors."""
_CONSONANTS = frozenset(chr(code) for code in range(ord("क"), ord("ह") + 1))
# CLDR lists alpha-3 codes as aliases of alpha-2 codes.
_ALPHA3: dict[str, str] = {
    codes[0]: alias
    for alias, codes in get_global("territory_aliases").items()
    if len(alias) == 3 and alias.isalpha() and len(codes) == 1 and alias not in _FORMER_ALPHA3
}
"""ISO 3166-1 alpha-2 → alpha-3."""
Key = tuple[str, ...]
"""A name or phrase as a tuple of folded words."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """A row of the gazetteer, or a country of CLDR.

    Attributes:
        gazetteer_id: `person/…`, `organisation/…`, `country/<alpha-2>` or `state/<slug>`.
        country_id: `country/<alpha-2>` of a person's country or of the country itself; None for organisations and
            states.
        organisation_kind: as in the gazetteer's README; empty for persons and places.
    """

    gazetteer_id: str
    kind: EntityKind
    name_hi: str
    name_en: str
    country_id: str | None = None
    organisation_kind: str = ""
    attributes: tuple[EntityAttribute, ...] = ()

    @property
    def is_state(self) -> bool:
        """Whether it is an Indian state or union territory."""
        return self.gazetteer_id.startswith(STATE_PREFIX)


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a sentence without punctuation, and the index of the token of each word."""

    folded: Key
    tokens: tuple[int, ...]

    @classmethod
    def of(cls, sentence: Sentence) -> "Words":
        """Fold the tokens of a sentence."""
        pairs = [(fold_name(token.text).strip("-–—"), index) for index, token in enumerate(sentence.tokens)]
        kept = [(word, index) for word, index in pairs if word]
        return cls(tuple(word for word, _ in kept), tuple(index for _, index in kept))


@dataclass(frozen=True)
class Lexicon:
    """All look-up tables; each is built on first use."""

    seeds: Seeds

    @cached_property
    def names(self) -> dict[Key, KnownName]:
        """Names and aliases of the gazetteer and of CLDR's countries → row; the first row that has a name wins."""
        table: dict[Key, KnownName] = {}
        for forms, known in [*self._persons(), *self._countries(), *self._states(), *self._organisations()]:
            for form in forms:
                table.setdefault(make_key(form), known)
        return table

    @cached_property
    def _people_by_sound(self) -> dict[str, KnownName | None]:
        """Sound of a person's name of several words → the person; None if two persons share it."""
        table: dict[str, KnownName | None] = {}
        for key, known in self.names.items():
            if known.kind == "PER" and len(key) > 1:
                other = table.setdefault(sound_of(key), known)
                if other != known:
                    table[sound_of(key)] = None
        return table

    def person_sounding_like(self, key: Key) -> KnownName | None:
        """Return the person whose full name sounds like this key (व्लादिमिर पुतिन, व्लादीमीर पुतिन), or None."""
        return self._people_by_sound.get(sound_of(key)) if len(key) > 1 else None

    @cached_property
    def demonyms(self) -> dict[str, KnownName]:
        """Sound of a country's adjective (रूसी) → the country; regular adjectives in -ी are derived, not listed."""
        table = {}
        for country in self.seeds.countries:
            known = self.names.get(make_key(_cldr_name(country.alpha2)))
            if known:
                table.update({fold_sound(demonym): known for demonym in country.demonyms_hi})
        for key, known in self.names.items():
            if known.country_id and known.kind == "LOC" and len(key) == 1 and key[0][-1] in _CONSONANTS:
                table.setdefault(fold_sound(key[0] + "ी"), known)
        return table

    @cached_property
    def _capitals(self) -> dict[Key, KnownName]:
        table = {}
        for country in self.seeds.countries:
            if known := self.names.get(make_key(_cldr_name(country.alpha2))):
                table.update({make_key(capital): known for capital in country.capitals_hi})
        return table

    def country_of_capital(self, key: Key) -> KnownName | None:
        """Return the country that has this capital, or None."""
        return self._capitals.get(key)

    def country_of_adjective(self, adjective: str) -> KnownName | None:
        """Return the country that an adjective belongs to in any spelling that sounds alike (रूसी, रुसी), or None."""
        return self.demonyms.get(fold_sound(adjective))

    @cached_property
    def titles(self) -> dict[Key, Title]:
        """Title words (विदेश मंत्री) → the title."""
        return {make_key(title.title_hi): title for title in self.seeds.titles}

    @cached_property
    def triggers(self) -> dict[Key, TriggerKind]:
        """Forms of trigger words (मुलाकात) → kind of trigger."""
        return {make_key(form): trigger.kind for trigger in self.seeds.triggers for form in trigger.forms_hi}

    def holder(self, office: str, territory_id: str, day: date) -> KnownName | None:
        """Return the person who held an office on a day; None if the gazetteer knows nobody or several persons."""
        holders = {
            known.gazetteer_id: known
            for first, last, known in self._tenures.get((office, territory_id), ())
            if first <= day <= last
        }
        return next(iter(holders.values())) if len(holders) == 1 else None

    @cached_property
    def _tenures(self) -> dict[tuple[str, str], list[tuple[date, date, KnownName]]]:
        known = {name.gazetteer_id: name for _, name in self._persons()}
        tenures: dict[tuple[str, str], list[tuple[date, date, KnownName]]] = {}
        for row in self.seeds.tenures:
            span = (row.valid_from or date.min, row.valid_to or date.max, known[row.gazetteer_id])
            tenures.setdefault((row.office, row.territory_id), []).append(span)
        return tenures

    def cues(self, attribute: str) -> dict[str, str]:
        """Return folded cue word → value for one attribute of a meeting (status, mode, exclusion, …)."""
        return self._cue_tables.get(attribute, {})

    @cached_property
    def _cue_tables(self) -> dict[str, dict[str, str]]:
        tables: dict[str, dict[str, str]] = {}
        for cue in self.seeds.cues:
            tables.setdefault(cue.tells, {})[fold_name(cue.cue_hi)] = cue.value
        return tables

    def _persons(self) -> list[tuple[tuple[str, ...], KnownName]]:
        return [
            (
                (p.name_hi, *p.aliases_hi),
                KnownName(
                    p.gazetteer_id,
                    "PER",
                    p.name_hi,
                    p.name_en,
                    f"{COUNTRY_PREFIX}{p.country}",
                    attributes=tuple(self._offices.get(p.gazetteer_id, ())),
                ),
            )
            for p in self.seeds.persons
        ]

    @cached_property
    def _offices(self) -> dict[str, list[EntityAttribute]]:
        offices: dict[str, list[EntityAttribute]] = {}
        for row in self.seeds.tenures:
            held = EntityAttribute(
                "office", row.title_hi, row.office, row.territory_id, row.valid_from, row.valid_to
            )
            offices.setdefault(row.gazetteer_id, []).append(held)
        return offices

    def _organisations(self) -> list[tuple[tuple[str, ...], KnownName]]:
        return [
            ((o.name_hi, *o.aliases_hi), KnownName(o.gazetteer_id, "ORG", o.name_hi, o.name_en, None, o.kind))
            for o in self.seeds.organisations
        ]

    def _states(self) -> list[tuple[tuple[str, ...], KnownName]]:
        return [
            (
                (s.name_hi, *s.aliases_hi),
                KnownName(f"{STATE_PREFIX}{slugify(s.name_en)}", "LOC", s.name_hi, s.name_en),
            )
            for s in self.seeds.states
        ]

    def _countries(self) -> list[tuple[tuple[str, ...], KnownName]]:
        curated = {country.alpha2: country for country in self.seeds.countries}
        rows = []
        for alpha2, name_hi in Locale("hi").territories.items():
            if len(alpha2) == 2 and alpha2.isalpha():
                country = curated.get(alpha2, Country(alpha2, (), ()))
                name_en = Locale("en").territories[alpha2]
                country_id = COUNTRY_PREFIX + alpha2
                known = KnownName(country_id, "LOC", name_hi, name_en, country_id)
                rows.append(((name_hi, *country.aliases_hi), known))
        return rows


def make_key(text: str) -> Key:
    """Split a phrase into folded words; brackets are words of their own."""
    return tuple(fold_name(text.replace("(", " ( ").replace(")", " ) ")).split())


def longest_match(
    table: Mapping[Key, Value], words: Key, start: int, max_words: int = 7
) -> tuple[int, Value] | None:
    """Return (end, value) of the longest entry that begins at word `start`, end exclusive, or None."""
    for end in range(min(len(words), start + max_words), start, -1):
        if (value := table.get(words[start:end])) is not None:
            return end, value
    return None


def alpha3(country_id: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of `country/<alpha-2>`; None for None and for codes without alpha-3."""
    return _ALPHA3.get((country_id or "").removeprefix(COUNTRY_PREFIX))


def _cldr_name(alpha2: str) -> str:
    return str(Locale("hi").territories.get(alpha2, ""))
