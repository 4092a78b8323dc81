"""Filling in: a day or place that the sentence of a meeting leaves out, from what is told around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.domain.hindi import fold_name
from etl.transform.meetings.draft import Draft, phase_of
from etl.transform.meetings.status import MENTIONED, StatusReading
from etl.transform.meetings.when import NO_TIME, When
from etl.transform.meetings.where import NO_PLACE, Where

_ECHO_REACH = 3
_TOLD_REACH = 3
_GOES_ON = frozenset(("इसके", "इस", "इसी", "यहां", "वहां", "बाद"))
"""How a sentence begins that goes on with what was told some sentences before ("इसके बाद", "इस दौरान")."""
_BACKGROUND = frozenset(("था", "थे", "थी", "थीं"))


@dataclass(frozen=True, slots=True)
class Echo:
    """Another sentence that speaks of a meeting, whether or not it says who met whom.

    Attributes:
        named_ids: everybody whom the sentence names.
        party_ids: those of whom it says that they met; empty where it does not say who.
    """

    sentence_number: int
    named_ids: frozenset[str]
    party_ids: frozenset[str]
    status: StatusReading
    when: When


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that tells a day, and those whom it tells about."""

    sentence_number: int
    subject_ids: frozenset[str]
    when: When


def fill_from_before(draft: Draft, told: Sequence[Told]) -> Draft:
    """Take the day of a meeting from what was told just before of one of its people ("शुक्रवार को X लौटे। X ने Y से …")."""
    if draft.when is not NO_TIME or draft.status.is_historical or draft.status.status != "held":
        return draft
    if draft.status.rule == MENTIONED or draft.cast.is_visit:
        return draft
    words = [fold_name(token.text) for token in draft.sentence.tokens]
    if _BACKGROUND & set(words[draft.trigger.last_token : draft.trigger.clause_last]):
        return draft
    number = draft.sentence.sentence_number
    reach = _TOLD_REACH if words[0] in _GOES_ON else 1
    near = [item for item in told if 0 < number - item.sentence_number <= reach]
    fitting = [item.when for item in near if item.subject_ids & draft.entity_ids]
    return replace(draft, when=fitting[-1]) if fitting else draft


def fill_from_echoes(draft: Draft, echoes: Sequence[Echo]) -> Draft:
    """Take a day that the meeting's own sentence leaves out from the nearest sentence that echoes it.

    An echo speaks of a meeting of the past and of one of the people, at most three sentences away, and does not
    say that others met.
    """
    if draft.status.is_historical or draft.cast.is_visit or phase_of(draft.status) != "held":
        return draft
    near = sorted(
        (
            echo
            for echo in echoes
            if abs(echo.sentence_number - draft.sentence.sentence_number) <= _ECHO_REACH
            and phase_of(echo.status) == phase_of(draft.status)
            and not echo.status.is_historical
            and echo.named_ids & draft.entity_ids
            and (not echo.party_ids or len(echo.party_ids & draft.entity_ids) > 1)
        ),
        key=lambda echo: abs(echo.sentence_number - draft.sentence.sentence_number),
    )
    when = next((echo.when for echo in near if echo.when.precision == "day"), NO_TIME)
    return replace(draft, when=_day_for(draft, when))


def place_by_whereabouts(draft: Draft, whereabouts: Mapping[str, Where]) -> Draft:
    """Give a meeting without a place the one where a participant was last said to be."""
    if draft.where is not NO_PLACE or draft.mode == "phone" or draft.status.is_historical:
        return draft
    places = [whereabouts[p.actor.entity_id] for p in draft.cast.parts if p.actor.entity_id in whereabouts]
    host = {part.actor.entity_id for part in draft.cast.parts}
    fitting = [place for place in places if place.entity_id not in host]
    return replace(draft, where=fitting[0]) if fitting else draft


def take_circumstances(draft: Draft, other: Draft) -> Draft:
    """Take from another sentence about the same meeting the day and place that its own leaves out."""
    return replace(
        draft,
        when=_day_for(draft, other.when),
        where=other.where if draft.where is NO_PLACE else draft.where,
    )


def _day_for(draft: Draft, when: When) -> When:
    """Return the draft's own time, else one told elsewhere, which is not still ahead where the meeting is over."""
    is_over = draft.status.status == "held"
    return draft.when if draft.when is not NO_TIME or (is_over and when.is_ahead) else when
