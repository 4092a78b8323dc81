"""The seeds' tables, indexed by folded words for look-up in sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from babel import Locale
from babel.core import get_global
from slugify import slugify

from etl.domain.article import Sentence
from etl.domain.entity import EntityAttribute, EntityKind
from etl.domain.hindi import fold_name
from etl.domain.seeds import Country, Seeds, Title, TriggerKind
from etl.transform.text import fold_sound

Value = TypeVar("Value")
_FORMER_ALPHA3 = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}
# CLDR lists alpha-3 codes as aliases of alpha-2 ones.
_CONSONANTS = frozenset(chr(code) for code in range(ord("क"), ord("ह") + 1))
_ALPHA3: dict[str, str] = {
    codes[0]: alias
    for alias, codes in get_global("territory_aliases").items()
    if len(alias) == 3 and alias.isalpha() and len(codes) == 1 and alias not in _FORMER_ALPHA3
}
Key = tuple[str, ...]
"""A name or phrase as its folded words."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """A gazetteer row that a name leads to; `organisation_kind` is empty for persons and places."""

    gazetteer_id: str
    kind: EntityKind
    name_hi: str
    name_en: str
    country_id: str | None = None
    organisation_kind: str = ""
    attributes: tuple[EntityAttribute, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a sentence that are more than punctuation, with the index of each one's token."""

    folded: Key
    tokens: tuple[int, ...]

    @classmethod
    def of(cls, sentence: Sentence) -> "Words":
        """Fold a sentence's tokens."""
        pairs = [(fold_name(token.text).strip("-–—"), index) for index, token in enumerate(sentence.tokens)]
        kept = [(word, index) for word, index in pairs if word]
        return cls(tuple(word for word, _ in kept), tuple(index for _, index in kept))


@dataclass(frozen=True)
class Lexicon:
    """All look-up tables."""

    seeds: Seeds

    @cached_property
    def names(self) -> dict[Key, KnownName]:
        """Every name and alias of the gazetteer and of CLDR's countries; the first row to claim a name has it."""
        table: dict[Key, KnownName] = {}
        for forms, known in [*self._persons(), *self._countries(), *self._states(), *self._organisations()]:
            for form in forms:
                table.setdefault(make_key(form), known)
        return table

    @cached_property
    def _people_by_sound(self) -> dict[str, KnownName | None]:
        """How a person's name of several words sounds → the person; None where it may be either of two."""
        table: dict[str, KnownName | None] = {}
        for key, known in self.names.items():
            if known.kind == "PER" and len(key) > 1:
                other = table.setdefault(sound_of(key), known)
                if other != known:
                    table[sound_of(key)] = None
        return table

    def person_sounding_like(self, key: Key) -> KnownName | None:
        """Return the person whose full name this is in another spelling (व्लादिमिर पुतिन, व्लादीमीर पुतिन)."""
        return self._people_by_sound.get(sound_of(key)) if len(key) > 1 else None

    @cached_property
    def demonyms(self) -> dict[str, KnownName]:
        """Adjective of a country as it sounds (रूसी) → the country; regular ones in -ी need no row."""
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
        """Return the country whose capital a name is."""
        return self._capitals.get(key)

    def country_of(self, adjective: str) -> KnownName | None:
        """Return the country that an adjective tells, however it is spelt (रूसी, रुसी)."""
        return self.demonyms.get(fold_sound(adjective))

    @cached_property
    def titles(self) -> dict[Key, Title]:
        """Title words (विदेश मंत्री) → the title."""
        return {make_key(title.title_hi): title for title in self.seeds.titles}

    @cached_property
    def triggers(self) -> dict[Key, TriggerKind]:
        """Every form of every trigger."""
        return {make_key(form): trigger.kind for trigger in self.seeds.triggers for form in trigger.forms_hi}

    def holder(self, office: str, territory_id: str, day: date) -> KnownName | None:
        """Return who held an office on a day; None where the gazetteer does not know, or knows of several."""
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

    def cues(self, tells: str) -> dict[str, str]:
        """Return cue word → value for one attribute."""
        return self._cue_tables.get(tells, {})

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
                    f"country/{p.country}",
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
                KnownName(f"state/{slugify(s.name_en)}", "LOC", s.name_hi, s.name_en),
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
                known = KnownName(f"country/{alpha2}", "LOC", name_hi, name_en, f"country/{alpha2}")
                rows.append(((name_hi, *country.aliases_hi), known))
        return rows


def make_key(text: str) -> Key:
    """Fold a phrase into its words."""
    return tuple(fold_name(text.replace("(", " ( ").replace(")", " ) ")).split())


def sound_of(key: Key) -> str:
    """Return how a name sounds, whether or not its parts are written apart (राम नाथ, रामनाथ)."""
    return "".join(map(fold_sound, key))


def longest_match(
    table: Mapping[Key, Value], words: Key, start: int, max_words: int = 7
) -> tuple[int, Value] | None:
    """Return (end, value) of the longest entry that begins at word `start`, or None."""
    for end in range(min(len(words), start + max_words), start, -1):
        if (value := table.get(words[start:end])) is not None:
            return end, value
    return None


def alpha3(country_id: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of `country/<alpha-2>`; None for None and codes that have none."""
    return _ALPHA3.get((country_id or "").removeprefix("country/"))


def _cldr_name(alpha2: str) -> str:
    return str(Locale("hi").territories.get(alpha2, ""))
