"""Draft of a meeting report, and the merging of drafts that report one meeting in one article."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.domain.article import Sentence
from etl.domain.entity import EntityKind
from etl.domain.hindi import fold_name
from etl.domain.meeting import Mode
from etl.transform.meetings.actors import Actor
from etl.transform.meetings.cast import Cast
from etl.transform.meetings.status import MENTIONED, StatusReading
from etl.transform.meetings.triggers import TriggerSpan
from etl.transform.meetings.when import When, finer
from etl.transform.meetings.where import NO_PLACE, Where, narrower

_ANOTHER = frozenset(("अन्य", "दूसरी", "दूसरे", "अलग"))
"""Hindi for "other", "second", "separate"."""
_ANOTHER_REACH = 3
"""Number of words before the trigger that are searched for one of `_ANOTHER`."""
_MIN_OVERLAP = 0.5
"""Smallest share of common participants among all participants of two drafts of one meeting."""
_PartyKey = str | tuple[str, EntityKind]
"""A participant's entity id, or the country and kind of a participant."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One meeting as one trigger reports it."""

    sentence: Sentence
    trigger: TriggerSpan
    cast: Cast
    status: StatusReading
    mode: Mode | None
    when: When
    where: Where
    occasion_hi: str | None
    cameo_cue: str | None

    @property
    def entity_ids(self) -> frozenset[str]:
        """Entity ids of the participants."""
        return frozenset(part.actor.entity_id for part in self.cast.parts)

    @property
    def is_another(self) -> bool:
        """Whether the sentence says that this is another meeting: "एक अन्य बैठक में" ("in another meeting")."""
        first = self.trigger.first_token
        before = self.sentence.tokens[max(0, first - _ANOTHER_REACH) : first]
        return bool(_ANOTHER & {fold_name(token.text) for token in before})


def merge_drafts(drafts: Sequence[Draft]) -> list[Draft]:
    """Merge drafts that report one meeting (as in headline and body), in text order.

    Two drafts are one meeting if they share at least two participants and half of all their participants, their
    statuses agree, both or neither are background, and their dates do not contradict each other.
    """
    merged: list[Draft] = []
    positions: defaultdict[_PartyKey, list[int]] = defaultdict(list)
    for draft in drafts:
        shared = Counter(at for key in _sought_keys(draft) for at in positions.get(key, ()))
        candidates = sorted(at for at, count in shared.items() if count > 1)
        position = next((at for at in candidates if _is_same(merged[at], draft)), len(merged))
        combined = _combine(merged[position], draft) if position < len(merged) else draft
        if combined is draft or combined.cast is not merged[position].cast:
            for key in _party_keys(combined):
                positions[key].append(position)
        if position < len(merged):
            merged[position] = combined
        else:
            merged.append(combined)
    return merged


def _party_keys(draft: Draft) -> list[_PartyKey]:
    """Return what other drafts may share with this one: its participants, and their countries by kind."""
    actors = [part.actor for part in draft.cast.parts]
    return [
        *draft.entity_ids,
        *((actor.resolved.country_id, actor.kind) for actor in actors if actor.resolved.country_id),
    ]


def _sought_keys(draft: Draft) -> set[_PartyKey]:
    """Return the keys of drafts that share a participant: a country stands for its persons, and a person for it."""
    swapped: dict[EntityKind, EntityKind] = {"PER": "LOC", "LOC": "PER"}
    return {
        (key[0], swapped.get(key[1], key[1])) if isinstance(key, tuple) else key for key in _party_keys(draft)
    }


def spread_visits(drafts: Sequence[Draft]) -> list[Draft]:
    """Mark the meetings of a visitor as part of the visit that the same article reports.

    A president on a visit meets people there. Such meetings get the mode `visit`, and those without a place get the
    visited country as their place.
    """
    visits = [draft for draft in drafts if draft.cast.is_visit]
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, visit in enumerate(visits):
        for visitor in _visitors(visit):
            numbers[visitor].append(number)
    return [_as_part_of_visit(draft, visits, numbers) for draft in drafts]


def _as_part_of_visit(draft: Draft, visits: Sequence[Draft], numbers: Mapping[str, Sequence[int]]) -> Draft:
    """Mark one draft; `numbers` gives the indices of each visitor's `visits`."""
    if draft.cast.is_visit or draft.cast.rule == "host_guest" or draft.status.is_historical:
        return draft
    if draft.mode not in (None, "visit") or len(draft.cast.parts) > 3:
        return draft
    own = [
        visits[number]
        for number in sorted({number for visitor in draft.entity_ids for number in numbers.get(visitor, ())})
    ]
    if not own:
        return draft
    countries = {part.actor.resolved.country_id for part in draft.cast.parts}
    there = [visit for visit in own if _hosts(visit) & countries] or own
    is_one = len({place for visit in there for place in _hosts(visit)}) == 1
    where = there[0].where if is_one and draft.where is NO_PLACE else draft.where
    return replace(draft, mode="visit", where=where)


def _visitors(visit: Draft) -> set[str]:
    return {part.actor.entity_id for part in visit.cast.parts if part.role == "actor"}


def _hosts(visit: Draft) -> set[str | None]:
    return {part.actor.resolved.country_id for part in visit.cast.parts if part.role == "recipient"}


def _is_same(known: Draft, draft: Draft) -> bool:
    if known.sentence is draft.sentence and known.trigger == draft.trigger:
        return False
    shared = _count_shared(known, draft)
    all_of_them = len(known.entity_ids) + len(draft.entity_ids) - shared
    if shared < 2 or shared / all_of_them < _MIN_OVERLAP:
        return False
    if (
        not statuses_agree(known.status, draft.status)
        or known.status.is_historical != draft.status.is_historical
    ):
        return False
    is_same_visit = known.cast.is_visit and MENTIONED in (known.status.rule, draft.status.rule)
    return is_same_visit or not _dates_differ(known.when, draft.when)


def _count_shared(known: Draft, draft: Draft) -> int:
    """Count the participants that two drafts share; a country equals a person of that country, except in visits."""
    shared = known.entity_ids & draft.entity_ids
    if known.cast.is_visit or draft.cast.is_visit:
        return len(shared)
    ours = [part.actor for part in known.cast.parts if part.actor.entity_id not in shared]
    theirs = [part.actor for part in draft.cast.parts if part.actor.entity_id not in shared]
    spoken_for = sum(any(_is_spoken_for(one, other) for other in theirs) for one in ours)
    return len(shared) + spoken_for


def _is_spoken_for(one: Actor, other: Actor) -> bool:
    country = one.resolved.country_id
    return (
        country is not None
        and country == other.resolved.country_id
        and {one.kind, other.kind} == {"PER", "LOC"}
    )


def _count_people(draft: Draft) -> int:
    return sum(part.actor.kind == "PER" for part in draft.cast.parts)


def phase_of(status: StatusReading) -> str:
    """Return the status, with "held" for "ongoing"."""
    return "held" if status.status == "ongoing" else status.status


def statuses_agree(one: StatusReading, other: StatusReading) -> bool:
    """Return whether two statuses fit one meeting: ongoing fits held, a mere mention fits every status."""
    return MENTIONED in (one.rule, other.rule) or phase_of(one) == phase_of(other)


def _dates_differ(known: When, new: When) -> bool:
    if not (known.start_date and known.end_date and new.start_date and new.end_date):
        return False
    return known.end_date < new.start_date or new.end_date < known.start_date


def _combine(known: Draft, new: Draft) -> Draft:
    """Merge two drafts: keep the first, fill its gaps from the other, take the larger cast, of equals more persons."""
    larger = max((known, new), key=lambda draft: (len(draft.entity_ids), _count_people(draft)))
    return replace(
        known,
        status=new.status if known.status.rule == MENTIONED else known.status,
        cast=larger.cast,
        mode=known.mode or new.mode,
        when=finer(known.when, new.when),
        where=narrower(known.where, new.where),
        occasion_hi=known.occasion_hi or new.occasion_hi,
        cameo_cue=known.cameo_cue or new.cameo_cue,
    )
