"""Decoding: from what the network says about head words to the meetings of an article."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from etl.domain.meeting import Mode, Status
from training.reader.model.network import FORMATS, MODES, PARTS, STATUSES
from training.reader.model.page import Days, Page

AHEAD: frozenset[Status] = frozenset(("planned", "requested", "postponed"))
"""Statuses whose time expressions look forward."""
_SAME_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on something is told.

    Attributes:
        head: that a word reports a meeting.
        part: that an actor takes part.
        time: odds of the best time expression against none; with `place` of a place, 1 is even.
    """

    head: float = 0.5
    part: float = 0.5
    time: float = 1.0
    place: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What one head word says, as probabilities.

    Attributes:
        sentence: where the head word stands, with `word`.
        parts: for each actor of the page that the chunk names, the probabilities of PARTS.
        times: (number of the page's time or -1, probability).
        place: (first, last) of the place's words in `sentence`, probability of it, probability of none.
    """

    sentence: int
    word: int
    probability: float
    statuses: tuple[float, ...]
    modes: tuple[float, ...]
    formats: tuple[float, ...]
    separate: float
    parts: dict[int, tuple[float, ...]]
    times: tuple[tuple[int, float], ...]
    place: tuple[int, int, int] | None
    place_odds: float


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as the article tells it.

    Attributes:
        cast: (actor, side) of each participant; side None where all meet alike.
        heads: (sentence, word) of every head word that reports it, the likeliest first.
        time: number of the page's time expression.
        place: sentence, first and last word (half-open).
    """

    probability: float
    cast: tuple[tuple[int, int | None], ...]
    status: Status
    mode: Mode | None
    format: str
    heads: tuple[tuple[int, int], ...]
    time: int | None
    place: tuple[int, int, int] | None

    @property
    def actors(self) -> frozenset[int]:
        """Who takes part."""
        return frozenset(actor for actor, _ in self.cast)


def decode(page: Page, readings: Iterable[Reading], least: Thresholds) -> list[Meeting]:
    """Return the meetings of an article in text order, each told once."""
    told = [
        meeting
        for reading in readings
        if reading.probability >= least.head
        for meeting in _meetings(reading, least)
    ]
    return merge(page, sorted(told, key=lambda meeting: meeting.heads[0]))


def _meetings(reading: Reading, least: Thresholds) -> list[Meeting]:
    sides: dict[int, int] = {}
    for actor, chances in reading.parts.items():
        if 1 - chances[0] >= least.part:
            sides[actor] = max(range(1, len(PARTS)), key=lambda part: chances[part])
    if len(sides) < 2:
        return []
    casts = _split(sides, reading.separate >= 0.5)
    return [_meeting(reading, cast, least) for cast in casts]


def _split(sides: dict[int, int], is_separate: bool) -> list[tuple[tuple[int, int | None], ...]]:
    firsts = [actor for actor, side in sides.items() if side == 1]
    seconds = [actor for actor, side in sides.items() if side == 2]
    has_sides = bool(firsts and seconds)
    whole = tuple((actor, side if has_sides and side < 3 else None) for actor, side in sides.items())
    if not is_separate or not has_sides or len(sides) < 3:
        return [whole]
    if len(seconds) == 1:
        firsts, seconds = seconds, firsts
    hub = tuple((actor, 1) for actor in firsts)
    return [(*hub, (actor, 2)) for actor in seconds]


def _meeting(reading: Reading, cast: tuple[tuple[int, int | None], ...], least: Thresholds) -> Meeting:
    time, chance = max(reading.times[1:], key=lambda pair: pair[1], default=(-1, 0.0))
    has_time = time >= 0 and chance >= least.time * reading.times[0][1]
    certainty = [1 - reading.parts[actor][0] for actor, _ in cast]
    return Meeting(
        probability=reading.probability * sum(certainty) / len(certainty),
        cast=cast,
        status=_best(STATUSES, reading.statuses),
        mode=_best(MODES, reading.modes),
        format=_best(FORMATS, reading.formats),
        heads=((reading.sentence, reading.word),),
        time=time if has_time else None,
        place=reading.place if reading.place_odds >= least.place else None,
    )


def _best(names: Sequence[Any], chances: Sequence[float]) -> Any:
    return names[max(range(len(names)), key=lambda n: chances[n])]


def days_of(page: Page, meeting: Meeting) -> Days | None:
    """Return the days of a meeting's time expression, read by the tense of its status."""
    if meeting.time is None:
        return None
    time = page.times[meeting.time]
    return time.future if meeting.status in AHEAD else time.past


def merge(page: Page, told: Sequence[Meeting]) -> list[Meeting]:
    """Merge what head words say of one meeting: nearly the same cast, a status that agrees, no other day."""
    merged: list[Meeting] = []
    for meeting in told:
        place = next((n for n, known in enumerate(merged) if _is_same(page, known, meeting)), None)
        if place is None:
            merged.append(meeting)
        else:
            merged[place] = _combine(merged[place], meeting)
    return merged


def _is_same(page: Page, one: Meeting, other: Meeting) -> bool:
    both = one.actors & other.actors
    if len(both) < 2:
        return False
    is_alike = len(both) / len(one.actors | other.actors) >= _SAME_OVERLAP
    if not is_alike and both not in (one.actors, other.actors):
        return False
    if one.status != other.status and {one.status, other.status} != {"held", "ongoing"}:
        return False
    first, second = days_of(page, one), days_of(page, other)
    if first is None or second is None or first.start_date is None or second.start_date is None:
        return True
    ends = (first.end_date or first.start_date, second.end_date or second.start_date)
    return first.start_date <= ends[1] and second.start_date <= ends[0]


def _combine(one: Meeting, other: Meeting) -> Meeting:
    """Keep the likelier report, fill what it lacks from the other."""
    better, worse = (one, other) if one.probability >= other.probability else (other, one)
    return replace(
        better,
        mode=better.mode or worse.mode,
        heads=(*better.heads, *worse.heads),
        time=better.time if better.time is not None else worse.time,
        place=better.place or worse.place,
    )
