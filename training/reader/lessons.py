"""Lessons: short texts of our own in manners of writing that the gold hardly has, with other names each time.

A line of `lists/lessons.tsv` has a status (a meeting) or a kind of near miss, who takes part, the mode, and the text:

- `<A>`, `<B>`, `<D>` people, `<C>` and beside it `<D>` countries, `<O>`, `<P>` organisations, `<M>` media,
  `<L>` a city;
- `[word]` the head word, `«word»` the time that dates the meeting, `‹<L>›` its place, `{one/other}` alternatives;
- the cast `A|B` has two sides, `A+B|C` two on the first, `A B` none, `A>B,C` is one meeting with each.
"""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from etl.domain.entity import EntityKind
from etl.domain.ids import make_entity_id
from etl.transform.dates import find_time_expressions
from training.reader.align import Head, Place, Targets
from training.reader.model.network import FORMATS, KINDS, MODES, STATUSES
from training.reader.model.page import Actor, Days, Naming, Page, Time, Word

LESSONS = Path(__file__).with_name("lists") / "lessons.tsv"
_CHOICE = re.compile(r"\{([^{}]*)\}")
_TOKEN = re.compile(r"<[A-Z]>|[\[\]«»‹›]|[^\s<>\[\]«»‹›।,.!?;:()\"'-]+|[।,.!?;:()\"'-]")
_ENDS = frozenset("।?!")
_CAST = re.compile(r"[A-Z]")
_MOST_BEFORE = 10
_MEDIA = (
    "बीबीसी",
    "बीबीसी हिंदी",
    "एनडीटीवी",
    "आजतक",
    "एबीपी न्यूज़",
    "रॉयटर्स",
    "पीटीआई",
    "एएनआई",
    "द हिंदू",
    "सीएनएन",
    "डीडी न्यूज़",
    "एएफपी",
    "आईएएनएस",
    "दैनिक जागरण",
    "इंडिया टुडे",
    "न्यूयॉर्क टाइम्स",
)


@dataclass(frozen=True)
class Lesson:
    """One line of the list."""

    kind: str
    cast: str
    mode: str | None
    text: str


def read_lessons(path: Path = LESSONS) -> list[Lesson]:
    """Read the list."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [Lesson(kind, cast, None if mode == "-" else mode, text) for kind, cast, mode, text in rows]


class Namer:
    """Names for the letters of lessons, taken from the pages of the training set."""

    def __init__(self, pages: Sequence[Page]) -> None:
        actors = [actor for page in pages for actor in page.actors]
        self._whole = _forms(a for a in actors if a.kind == "PER" and len(a.form.split()) == 2)
        self._firsts, self._lasts = zip(*self._whole, strict=True)
        self._bodies = _forms(a for a in actors if a.kind == "ORG")
        self._countries = _forms(a for a in actors if (a.gazetteer_id or "").startswith("country/"))
        self._cities = _forms(a for a in actors if a.kind == "LOC" and not a.gazetteer_id)

    def name(self, letter: str, is_country: bool, chance: random.Random) -> tuple[EntityKind, list[str]]:
        """Return the kind and words of a letter's new name."""
        if letter == "M":
            return "ORG", chance.choice(_MEDIA).split()
        if letter in "OP":
            return "ORG", chance.choice(self._bodies)
        if letter == "L":
            return "LOC", chance.choice(self._cities)
        if letter == "C" or (letter == "D" and is_country):
            return "LOC", chance.choice(self._countries)
        if chance.random() < 0.3:
            return "PER", chance.choice(self._whole)
        return "PER", [chance.choice(self._firsts), chance.choice(self._lasts)]


def _forms(actors: Iterable[Actor]) -> list[list[str]]:
    return [form.split() for form in sorted({actor.form for actor in actors})]


def make_lesson(lesson: Lesson, namer: Namer, chance: random.Random) -> tuple[Page, Targets]:
    """Return a lesson with names, as a page and its targets."""
    text = lesson.text
    while choice := _CHOICE.search(text):
        text = text[: choice.start()] + chance.choice(choice[1].split("/")) + text[choice.end() :]
    tokens = _TOKEN.findall(text)
    has_countries = "<C>" in tokens
    actors: dict[str, int] = {}
    found: list[Actor] = []
    sentences: list[list[Word]] = [[]]
    namings: list[Naming] = []
    marks: dict[str, list[Place]] = {"[": [], "«": [], "‹": []}
    openers = {"]": "[", "»": "«", "›": "‹"}
    inside = ""
    at = 0
    for token in tokens:
        if token in marks:
            inside += token
            continue
        if token in openers:
            inside = inside.replace(openers[token], "")
            continue
        if sentences[-1] and sentences[-1][-1].text in _ENDS:
            sentences.append([])
        words = [token]
        if token[0] == "<":
            letter = token[1]
            if letter not in actors:
                kind, words = namer.name(letter, has_countries, chance)
                while " ".join(words) in {actor.form for actor in found}:
                    kind, words = namer.name(letter, has_countries, chance)
                form = " ".join(words)
                actors[letter] = len(found)
                found.append(Actor(make_entity_id(kind, form, None), kind, form, form, None, None))
            words = found[actors[letter]].form.split()
            first = len(sentences[-1])
            namings.append(
                Naming(actors[letter], len(sentences) - 1, first, first + len(words), first, False)
            )
        for word in words:
            for mark in inside:
                marks[mark].append((len(sentences) - 1, len(sentences[-1])))
            glued = word in "।,.!?;:)-"
            sentences[-1].append(Word(word, at, at + len(word), glued))
            at += len(word) + 1
    page = Page(
        article_id="lesson",
        anchor=None,
        text="",
        sentences=tuple(map(tuple, sentences)),
        actors=tuple(found),
        namings=tuple(namings),
        times=tuple(time for n, words in enumerate(sentences) for time in _times(n, words)),
    )
    return page, _targets(lesson, page, actors, marks)


def _times(number: int, words: Sequence[Word]) -> Iterator[Time]:
    text, starts = "", []
    for word in words:
        text += " " if text else ""
        starts.append(len(text))
        text += word.text
    for found in find_time_expressions(text, date(2020, 1, 1), "past"):
        inside = [n for n, start in enumerate(starts) if found.start_char <= start < found.end_char]
        if inside:
            days = Days(found.start_date, found.end_date, found.precision, found.method)
            yield Time(number, inside[0], inside[-1] + 1, found.text, days, days)


def _targets(lesson: Lesson, page: Page, actors: dict[str, int], marks: dict[str, list[Place]]) -> Targets:
    targets, head = Targets(), marks["["][0]
    if lesson.kind not in STATUSES:
        targets.kinds[head] = KINDS.index(lesson.kind)
        return targets
    parts = [0] * len(page.actors)
    halves = re.split(r"[|>]", lesson.cast)
    for side, half in enumerate(halves, 1):
        for letter in _CAST.findall(half):
            parts[actors[letter]] = side if len(halves) > 1 else 3
    time = -1
    if marks["«"]:
        time = next((n for n, t in enumerate(page.times) if t.sentence == marks["«"][0][0]), -1)
    place = (marks["‹"][0], marks["‹"][-1]) if marks["‹"] else None
    targets.kinds[head] = KINDS.index("meeting")
    is_many = lesson.cast.count(" ") > 1 or lesson.mode == "multilateral"
    targets.heads.append(
        Head(
            at=head,
            status=STATUSES.index(lesson.kind),
            mode=MODES.index(lesson.mode),
            format=FORMATS.index("multilateral" if is_many else "bilateral"),
            separate=int(">" in lesson.cast),
            parts=parts,
            time=time,
            place=place,
            knows_place=True,
        )
    )
    return targets


def append(
    page: Page, targets: Targets, lesson: Page, taught: Targets, chance: random.Random
) -> tuple[Page, Targets]:
    """Let a lesson stand after the beginning of an article."""
    size = chance.randint(1, min(_MOST_BEFORE, len(page.sentences)))
    shift, more = len(page.actors), [0] * len(lesson.actors)
    times = [time for time in page.times if time.sentence < size]
    both = Page(
        article_id=page.article_id,
        anchor=page.anchor,
        text="",
        sentences=(*page.sentences[:size], *lesson.sentences),
        actors=(*page.actors, *lesson.actors),
        namings=(
            *(naming for naming in page.namings if naming.sentence < size),
            *(replace(n, actor=n.actor + shift, sentence=n.sentence + size) for n in lesson.namings),
        ),
        times=(*times, *(replace(time, sentence=time.sentence + size) for time in lesson.times)),
    )
    heads = [
        replace(
            head,
            parts=[*head.parts, *more],
            time=head.time if head.time < len(times) else -100,
            knows_place=head.knows_place and (head.place is None or head.place[0][0] < size),
        )
        for head in targets.heads
        if head.at[0] < size
    ]
    for head in taught.heads:
        place = tuple((s + size, w) for s, w in head.place) if head.place else None
        heads.append(
            replace(
                head,
                at=(head.at[0] + size, head.at[1]),
                parts=[0] * shift + head.parts,
                time=head.time + len(times) if head.time >= 0 else head.time,
                place=place,  # type: ignore[arg-type]
            )
        )
    kinds = {at: kind for at, kind in targets.kinds.items() if at[0] < size}
    kinds |= {(s + size, w): kind for (s, w), kind in taught.kinds.items()}
    doubtful = {place for place in targets.doubtful if place[0] < size}
    unknown = {sentence for sentence in targets.unknown if sentence < size}
    return both, Targets(heads, kinds, doubtful, unknown)
