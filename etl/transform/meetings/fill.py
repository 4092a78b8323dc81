"""Fill a missing date or place of a meeting from neighbouring sentences."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from etl.domain.hindi import fold_name
from etl.transform.meetings.draft import Draft, phase_of
from etl.transform.meetings.status import MENTIONED, StatusReading
from etl.transform.meetings.when import NO_TIME, When
from etl.transform.meetings.where import NO_PLACE, Where

_ECHO_REACH = 3
"""Maximal distance of an echo, in sentences."""
_DATED_REACH = 3
"""Maximal distance of a dated sentence before a sentence that begins with one of `_GOES_ON`; else it is 1."""
_GOES_ON = frozenset(("इसके", "इस", "इसी", "यहां", "वहां", "बाद"))
"""First words of sentences that continue earlier ones: "इसके बाद" ("after this"), "इस दौरान" ("meanwhile")."""
_BACKGROUND = frozenset(("था", "थे", "थी", "थीं"))
"""Forms of "was": a verb with one of them reports background."""


@dataclass(frozen=True, slots=True)
class Echo:
    """Another sentence about a meeting, whether or not it says who met whom.

    Attributes:
        named_ids: ids of all entities in the sentence.
        party_ids: ids of those who met; empty if the sentence does not say.
    """

    sentence_number: int
    named_ids: frozenset[str]
    party_ids: frozenset[str]
    status: StatusReading
    when: When


@dataclass(frozen=True, slots=True)
class DatedSentence:
    """A sentence without a meeting that gives a day, and the ids of its subjects."""

    sentence_number: int
    subject_ids: frozenset[str]
    when: When


_Numbered = TypeVar("_Numbered", Echo, DatedSentence)


def fill_from_before(draft: Draft, dated: Sequence[DatedSentence]) -> Draft:
    """Take the day from an earlier sentence about a participant.

    "शुक्रवार को X लौटे। X ने Y से मुलाकात की।" ("On Friday X returned. X met Y.")
    """
    if draft.when is not NO_TIME or draft.status.is_historical or draft.status.status != "held":
        return draft
    if draft.status.rule == MENTIONED or draft.cast.is_visit:
        return draft
    words = [fold_name(token.text) for token in draft.sentence.tokens]
    if _BACKGROUND & set(words[draft.trigger.last_token : draft.trigger.clause_last]):
        return draft
    number = draft.sentence.sentence_number
    reach = _DATED_REACH if words[0] in _GOES_ON else 1
    near = _between(dated, number - reach, number - 1)
    fitting = [item.when for item in near if item.subject_ids & draft.entity_ids]
    return replace(draft, when=fitting[-1]) if fitting else draft


def fill_from_echoes(draft: Draft, echoes: Sequence[Echo]) -> Draft:
    """Take a missing day from the nearest echo of the meeting.

    The echo is at most three sentences away, is about a meeting in the past, names a participant, and does not say
    that others met.
    """
    if draft.status.is_historical or draft.cast.is_visit or phase_of(draft.status) != "held":
        return draft
    number = draft.sentence.sentence_number
    near = sorted(
        (
            echo
            for echo in _between(echoes, number - _ECHO_REACH, number + _ECHO_REACH)
            if phase_of(echo.status) == phase_of(draft.status)
            and not echo.status.is_historical
            and echo.named_ids & draft.entity_ids
            and (not echo.party_ids or len(echo.party_ids & draft.entity_ids) > 1)
        ),
        key=lambda echo: abs(echo.sentence_number - number),
    )
    when = next((echo.when for echo in near if echo.when.precision == "day"), NO_TIME)
    return replace(draft, when=_day_for(draft, when))


def _between(items: Sequence[_Numbered], first: int, last: int) -> Sequence[_Numbered]:
    """Return the items of sentences `first` to `last`; `items` are in text order."""
    start = bisect_left(items, first, key=lambda item: item.sentence_number)
    return items[start : bisect_right(items, last, key=lambda item: item.sentence_number)]


def place_by_whereabouts(draft: Draft, whereabouts: Mapping[str, Where]) -> Draft:
    """Give a meeting without a place the place where a participant was last reported to be."""
    if draft.where is not NO_PLACE or draft.mode == "phone" or draft.status.is_historical:
        return draft
    places = [whereabouts[p.actor.entity_id] for p in draft.cast.parts if p.actor.entity_id in whereabouts]
    host = {part.actor.entity_id for part in draft.cast.parts}
    fitting = [place for place in places if place.entity_id not in host]
    return replace(draft, where=fitting[0]) if fitting else draft


def take_circumstances(draft: Draft, other: Draft) -> Draft:
    """Take the missing day and place from a draft of another sentence about the same meeting."""
    return replace(
        draft,
        when=_day_for(draft, other.when),
        where=other.where if draft.where is NO_PLACE else draft.where,
    )


def _day_for(draft: Draft, when: When) -> When:
    """Return the draft's own time, else `when`, unless `when` is in the future and the meeting was held."""
    is_over = draft.status.status == "held"
    return draft.when if draft.when is not NO_TIME or (is_over and when.is_ahead) else when
