"""Resolve the names and offices of one article to entities (persons, organisations, places)."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from etl.domain.article import Article, Sentence
from etl.domain.entity import INDIA_ID, Entity, EntityKind, EntityMention
from etl.domain.ids import make_entity_id
from etl.transform.emoji import without_emoji
from etl.transform.lexicon import KnownName, Lexicon, alpha3
from etl.transform.name_groups import NameGroup, collect_members, group_names
from etl.transform.names import NameSpan, Office
from etl.transform.romanize import romanize, to_iso15919

LinkMethod = Literal[
    "gazetteer", "full_name", "short_form", "office", "office_on_date", "office_of_territory", "capital"
]
"""The rule that linked a span to its entity; stored as the method of the mention.

gazetteer: the span is a name in the gazetteer. full_name: a name that the gazetteer does not have. short_form: a short
or differently spelt form of another name of the article. office: the article names the holder of the office.
office_on_date: the gazetteer knows the holder on the day of the article. office_of_territory: the holder is unknown,
so the office means its country or state. capital: a capital that means its country (only for places of meetings).
"""

_HEADS = frozenset(("head_of_state", "head_of_government", "monarch", "counterpart"))
"""Offices whose unnamed holder is resolved to the country or state; ministers of all kinds are, too."""


@dataclass(frozen=True, slots=True)
class ResolvedSpan:
    """A span and the entity it means.

    Attributes:
        country_id: `country/<alpha-2>` of the country that the entity is or belongs to, from the gazetteer or from
            an office in the article ("रूस के राष्ट्रपति"); None if neither gives one.
    """

    span: NameSpan
    entity: Entity
    method: LinkMethod
    country_id: str | None


def resolve_names(
    article: Article, sentences: Sequence[Sentence], spans: Sequence[NameSpan], lexicon: Lexicon
) -> list[ResolvedSpan]:
    """Resolve every span to its entity.

    An office without a name is resolved to its holder in the article, else to its holder on the article's day
    according to the gazetteer, else to its country or state. An office for which none of these is known is dropped.

    Args:
        article: the article.
        sentences: its sentences, by number.
        spans: all names and offices in text order.

    Returns:
        The resolved spans in text order.
    """
    named = [span for span in spans if not span.is_role]
    groups = group_names(named)
    members = collect_members(named, groups)
    countries = {group: _country(group, own, lexicon) for group, own in members.items()}
    entities = {
        group: _make_entity(group, own, countries[group], article, sentences)
        for group, own in members.items()
    }
    resolved = [ResolvedSpan(s, entities[g], _method(s, g), countries[g]) for s, g in groups.items()]
    return sorted(
        [*resolved, *_resolve_roles(spans, resolved, lexicon, article.anchor_date)],
        key=lambda r: (r.span.sentence_number, r.span.first_token),
    )


def to_mention(resolved: ResolvedSpan, sentence: Sentence, article: Article) -> EntityMention:
    """Convert a resolved span into the record that is stored."""
    span = resolved.span
    start = sentence.tokens[span.first_token].start_char
    end = sentence.tokens[span.last_token - 1].end_char
    return EntityMention(
        entity_id=resolved.entity.entity_id,
        sentence_number=span.sentence_number,
        start_char=start,
        end_char=end,
        text=article.text[start:end],
        method=resolved.method,
    )


def fullest_forms(
    resolved: Iterable[ResolvedSpan], sentences: Sequence[Sentence], article: Article
) -> dict[str, str]:
    """Return entity id → its fullest form in this article, verbatim: the name with most words, the first of equals.

    An entity that appears only by its office has the words of the office.
    """
    forms: dict[str, tuple[int, str]] = {}
    for item in resolved:
        size = len(item.span.key)
        if size > forms.get(item.entity.entity_id, (-1, ""))[0]:
            mention = to_mention(item, sentences[item.span.sentence_number], article)
            forms[item.entity.entity_id] = (size, mention.text)
    return {entity_id: text for entity_id, (_, text) in forms.items()}


def _country(group: NameGroup, members: Sequence[NameSpan], lexicon: Lexicon) -> str | None:
    """Return the country from the gazetteer, of a capital its country, else that of an office beside the name."""
    if group.known:
        return group.known.country_id
    if group.kind == "LOC" and (country := lexicon.country_of_capital(group.key)):
        return country.country_id
    territories = (office.territory for span in members for office in span.offices)
    return next((known.country_id for known in territories if known and known.country_id), None)


def _make_entity(
    group: NameGroup,
    members: Sequence[NameSpan],
    country_id: str | None,
    article: Article,
    sentences: Sequence[Sentence],
) -> Entity:
    if group.known:
        return known_entity(group.known, group.kind)
    fullest = max(members, key=lambda span: len(span.key))
    tokens = sentences[fullest.sentence_number].tokens
    first_char, end_char = tokens[fullest.first_token].start_char, tokens[fullest.last_token - 1].end_char
    name_hi, _ = without_emoji(article.text[first_char:end_char], first_char)
    entity_id = make_entity_id(group.kind, name_hi, None)
    iso15919, country_code = to_iso15919(name_hi), alpha3(country_id)
    return Entity(entity_id, group.kind, name_hi, romanize(name_hi), None, iso15919, None, country_code)


def known_entity(known: KnownName, kind: EntityKind) -> Entity:
    """Return the entity of a gazetteer row."""
    entity_id = make_entity_id(kind, known.name_hi, known.gazetteer_id)
    latin, iso15919 = known.name_en.lower(), to_iso15919(known.name_hi)
    home = INDIA_ID if known.is_state else known.country_id
    return Entity(
        entity_id,
        kind,
        known.name_hi,
        latin,
        known.gazetteer_id,
        iso15919,
        known.name_en,
        alpha3(home),
        known.attributes,
    )


def _method(span: NameSpan, group: NameGroup) -> LinkMethod:
    if group.key != span.key:
        return "short_form"
    return "gazetteer" if span.known else "full_name"


def _resolve_roles(
    spans: Sequence[NameSpan], resolved: Sequence[ResolvedSpan], lexicon: Lexicon, day: date | None
) -> Iterable[ResolvedSpan]:
    holders = _Holders(resolved)
    for span in spans:
        if span.is_role and span.offices:
            office = span.offices[0]
            holder = holders.of(span, office)
            if holder:
                yield ResolvedSpan(span, holder.entity, "office", holder.country_id)
            elif known := _holder_on_day(office, lexicon, day):
                yield ResolvedSpan(span, known_entity(known, "PER"), "office_on_date", known.country_id)
            elif office.territory and _speaks_for(office) and office.territory.kind == "LOC":
                entity = known_entity(office.territory, "LOC")
                yield ResolvedSpan(span, entity, "office_of_territory", office.territory.country_id)


def _speaks_for(office: Office) -> bool:
    return office.office in _HEADS or office.office.endswith("_minister")


class _Holders:
    """The named holders of offices in an article.

    Args:
        resolved: its resolved names, in text order.
    """

    def __init__(self, resolved: Sequence[ResolvedSpan]) -> None:
        self._fitting: dict[Office, list[ResolvedSpan]] = {}
        self._by_office: defaultdict[str, list[tuple[ResolvedSpan, Office]]] = defaultdict(list)
        for item in resolved:
            for held in item.span.offices:
                self._by_office[held.office].append((item, held))

    def of(self, span: NameSpan, office: Office) -> ResolvedSpan | None:
        """Return the named holder of the office: the nearest before the span, else the first after it."""
        if office not in self._fitting:
            self._fitting[office] = self._find(office)
        fitting = self._fitting[office]
        following = bisect_left(fitting, _place(span), key=lambda item: _place(item.span))
        return fitting[max(0, following - 1)] if fitting else None

    def _find(self, office: Office) -> list[ResolvedSpan]:
        fitting = [
            item
            for item, held in self._by_office[office.office]
            if _same_territory(held, item, office.territory)
        ]
        if office.territory is None:
            fitting = [item for item in fitting if item.country_id == INDIA_ID] or fitting
        return fitting


def _place(span: NameSpan) -> tuple[int, int]:
    return span.sentence_number, span.first_token


def _holder_on_day(office: Office, lexicon: Lexicon, day: date | None) -> KnownName | None:
    """Return the holder of an office on a day, or None; an office without country or state has no known holder."""
    if office.territory is None or day is None:
        return None
    return lexicon.holder(office.office, office.territory.gazetteer_id, day)


def _same_territory(held: Office, item: ResolvedSpan, wanted: KnownName | None) -> bool:
    if wanted is None:
        return held.territory is None or held.territory.gazetteer_id == INDIA_ID
    if held.territory is not None:
        return held.territory.gazetteer_id == wanted.gazetteer_id
    return bool(item.span.known and item.span.known.country_id == wanted.gazetteer_id)
