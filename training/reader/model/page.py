"""Pages: an article as the reader sees it, words with the names, offices and times that it may choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.domain.article import Article, Sentence
from etl.domain.entity import EntityKind
from etl.domain.meeting import DatePrecision
from etl.transform.dates import TimeExpression, find_time_expressions
from etl.transform.entities import ResolvedSpan, fullest_forms


@dataclass(frozen=True, slots=True)
class Word:
    """One token.

    Attributes:
        is_glued: no space stands before it.
    """

    text: str
    start_char: int
    end_char: int
    is_glued: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """An entity of the article.

    Attributes:
        form: its fullest form in the article, verbatim.
    """

    entity_id: str
    kind: EntityKind
    name_hi: str
    form: str
    country_id: str | None
    gazetteer_id: str | None


@dataclass(frozen=True, slots=True)
class Naming:
    """Where an actor is named: words `first` to `last` (half-open) of a sentence, titles from `left` on."""

    actor: int
    sentence: int
    first: int
    last: int
    left: int
    is_role: bool


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a time expression means in one tense."""

    start_date: date | None
    end_date: date | None
    precision: DatePrecision
    method: str


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: words `first` to `last` (half-open) of a sentence, and what it means by tense."""

    sentence: int
    first: int
    last: int
    text: str
    past: Days
    future: Days


@dataclass(frozen=True, slots=True)
class Page:
    """All that the reader knows of one article; actors, namings and times in text order."""

    article_id: str
    anchor: date | None
    text: str
    sentences: tuple[tuple[Word, ...], ...]
    actors: tuple[Actor, ...]
    namings: tuple[Naming, ...]
    times: tuple[Time, ...]


def make_page(article: Article, sentences: Sequence[Sentence], resolved: Sequence[ResolvedSpan]) -> Page:
    """Return the page of an article from its sentences (by number) and the entities that its names mean."""
    forms = fullest_forms(resolved, sentences, article)
    numbers: dict[str, int] = {}
    actors: list[Actor] = []
    namings: list[Naming] = []
    for item in sorted(resolved, key=lambda r: (r.span.sentence_number, r.span.first_token)):
        entity, span = item.entity, item.span
        if entity.entity_id not in numbers:
            numbers[entity.entity_id] = len(actors)
            form = forms.get(entity.entity_id, entity.name_hi)
            home, row = item.country_id, entity.gazetteer_id
            actors.append(Actor(entity.entity_id, entity.kind, entity.name_hi, form, home, row))
        number, place = numbers[entity.entity_id], span.sentence_number
        namings.append(
            Naming(number, place, span.first_token, span.last_token, span.left_token, span.is_role)
        )
    return Page(
        article_id=article.article_id,
        anchor=article.anchor_date,
        text=article.text,
        sentences=tuple(_words(sentence) for sentence in sentences),
        actors=tuple(actors),
        namings=tuple(namings),
        times=tuple(time for sentence in sentences for time in _times(sentence, article.anchor_date)),
    )


def _words(sentence: Sentence) -> tuple[Word, ...]:
    words, end = [], -1
    for token in sentence.tokens:
        words.append(Word(token.text, token.start_char, token.end_char, token.start_char == end))
        end = token.end_char
    return tuple(words)


def _times(sentence: Sentence, anchor: date | None) -> list[Time]:
    future = {e.start_char: e for e in find_time_expressions(sentence.text, anchor, "future")}
    times = []
    for past in find_time_expressions(sentence.text, anchor, "past"):
        start, end = past.start_char + sentence.start_char, past.end_char + sentence.start_char
        inside = [n for n, t in enumerate(sentence.tokens) if t.start_char < end and t.end_char > start]
        if inside:
            ahead = future.get(past.start_char, past)
            span = (sentence.sentence_number, inside[0], inside[-1] + 1)
            times.append(Time(*span, past.text, _days(past), _days(ahead)))
    return times


def _days(expression: TimeExpression) -> Days:
    first, last = expression.start_date, expression.end_date
    return Days(first, last, expression.precision, expression.method)
