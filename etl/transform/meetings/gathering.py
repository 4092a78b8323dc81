"""Gatherings: a meeting that several sentences describe, and the people who attended it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.domain.article import Sentence
from etl.domain.hindi import fold_name
from etl.transform.meetings.actors import Actor
from etl.transform.meetings.attendance import attends, read_attendance, read_chairs
from etl.transform.meetings.cast import Part
from etl.transform.meetings.draft import Draft, statuses_agree
from etl.transform.meetings.fill import take_circumstances

_REACH = 2
"""Maximal distance, in sentences, from the last sentence about a meeting to one that may continue it."""
_NAMES = ("बैठक", "मीटिंग", "सम्मेलन", "वार्ता", "मुलाकात")
"""Prefixes of words for a meeting that others may attend: meeting, conference, talks."""
_OWNS = frozenset(("का", "की", "के", "वाली", "वाले"))
"""Words before the trigger that show another meeting ("X की बैठक", "X's meeting")."""
_POINTERS = frozenset(("इस", "इसी", "यह", "ये", "उक्त", "उस"))
"""Hindi for "this", "that", "the said"."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """The meeting that the text is currently about.

    Attributes:
        drafts: one, or several of one trigger (X met A and B); without participants if nobody is named yet.
        chairs: the people who preside over it or called it.
        sentence_number: number of the last sentence about it.
    """

    drafts: tuple[Draft, ...]
    chairs: tuple[Part, ...]
    sentence_number: int

    def goes_on_from(self, other: "Gathering") -> bool:
        """Return whether it is the same gathering as `other`, from a later sentence."""
        one, before = self.drafts[0], other.drafts[0]
        return one.sentence is before.sentence and one.trigger == before.trigger


def follow(
    previous: Gathering | None, found: Sequence[Draft], sentence: Sentence, actors: Sequence[Actor]
) -> Gathering | None:
    """Return the gathering that a sentence is about: the previous one, a new one, or None."""
    if previous and sentence.sentence_number - previous.sentence_number > _REACH:
        previous = None
    if not found:
        return previous
    chosen = next((draft for draft in reversed(found) if draft.cast.parts), found[-1])
    last = [draft for draft in found if draft.trigger == chosen.trigger]
    chairs = read_chairs(sentence, actors)
    if previous and not any(draft.cast.parts for draft in last) and _points_back(last[0]):
        drafts = tuple(_add_from_later(draft, last[0]) for draft in previous.drafts)
        return Gathering(drafts, previous.chairs or chairs, sentence.sentence_number)
    if previous and not any(draft.cast.parts for draft in previous.drafts):
        last = [_add_from_earlier(draft, previous.drafts[-1]) for draft in last]
    return Gathering(tuple(last), chairs, sentence.sentence_number)


def _add_from_later(draft: Draft, later: Draft) -> Draft:
    """Add date and place from a later sentence, and its status while the draft has no participants."""
    if not draft.cast.parts:
        return replace(take_circumstances(draft, later), status=later.status)
    return take_circumstances(draft, later) if statuses_agree(draft.status, later.status) else draft


def _add_from_earlier(draft: Draft, before: Draft) -> Draft:
    """Add date and place from an earlier sentence that did not name the participants; from a visit only the place."""
    if draft.trigger.kind == "visit" or before.is_another:
        return draft
    if before.trigger.kind == "visit":
        return take_circumstances(draft, replace(before, when=draft.when))
    return take_circumstances(draft, before) if statuses_agree(draft.status, before.status) else draft


def add_attending(
    gathering: Gathering | None, sentence: Sentence, actors: Sequence[Actor]
) -> Gathering | None:
    """Add the people who attended according to the sentence."""
    if gathering is None or not all(_may_be_attended(draft) for draft in gathering.drafts):
        return gathering
    own = [draft for draft in gathering.drafts if draft.sentence is sentence]
    attending = read_attendance(sentence, actors, _start_of_list(own[-1], sentence) if own else 0)
    if not attending:
        return gathering
    together = (*gathering.chairs, *attending)
    return replace(gathering, drafts=tuple(_with_parts(draft, together) for draft in gathering.drafts))


def _start_of_list(draft: Draft, sentence: Sentence) -> int:
    """Return the index of the token where the list of attendees begins.

    It begins after the trigger; in "X बैठक में शामिल हुए" ("X attended the meeting") it is before the trigger.
    """
    last = draft.trigger.last_token
    words = [fold_name(token.text) for token in sentence.tokens[: last + 3]]
    follows = words[last : last + 1] == ["में"] and last + 1 < len(words) and attends(words, last + 1)
    return draft.trigger.clause_first if follows and not draft.cast.parts else last


def _with_parts(draft: Draft, parts: Sequence[Part]) -> Draft:
    known = {part.actor.entity_id: part for part in (*parts, *draft.cast.parts)}
    order = dict.fromkeys(part.actor.entity_id for part in (*draft.cast.parts, *parts))
    return replace(draft, cast=replace(draft.cast, parts=tuple(known[entity_id] for entity_id in order)))


def _points_back(draft: Draft) -> bool:
    """Return whether a phrase refers to the meeting before.

    "बैठक के दौरान …" ("during the meeting"), "इस बैठक में …" ("in this meeting"), "X ने बैठक में …" ("in the meeting X …").
    """
    first = draft.trigger.first_token
    before = draft.sentence.tokens[first - 1]
    word = fold_name(before.text)
    is_bare = before.upos in ("PART", "PUNCT", "ADP") and word not in _OWNS
    return first == 0 or word in _POINTERS or is_bare


def _may_be_attended(draft: Draft) -> bool:
    """Return whether others may attend: a talk with known parties, or a word such as "बैठक" ("meeting")."""
    if draft.trigger.kind not in ("talk", "host"):
        return False
    tokens = draft.sentence.tokens[draft.trigger.first_token : draft.trigger.last_token]
    return bool(draft.cast.parts) or any(fold_name(token.text).startswith(_NAMES) for token in tokens)
