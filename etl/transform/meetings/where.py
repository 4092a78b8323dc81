"""Read the place of a meeting: a building, a place with a case marker, or the destination of a journey."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.domain.article import Sentence
from etl.domain.hindi import fold_name
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.actors import Actor
from etl.transform.meetings.cast import Cast
from etl.transform.meetings.triggers import TriggerSpan


@dataclass(frozen=True, slots=True)
class Where:
    """The place, verbatim, its entity (None for a building), and the rule that found it."""

    place_hi: str | None
    entity_id: str | None
    method: str


_ELSEWHERE = frozenset((("के", "बाद"), ("के", "लिए"), ("के", "चलते"), ("को", "लेकर"), ("के", "कारण")))
"""Hindi for "after", "for", "because of", "about": the place before belongs to a cause or purpose."""
_ENVOYS = frozenset(("राजदूत", "उच्चायुक्त", "उपउच्चायुक्त", "महावाणिज्यदूत", "दूत"))
"""Hindi for "ambassador", "high commissioner", "consul general", "envoy"."""
_ENVOY_REACH = 4
"""Number of words after a country that are searched for the title of an envoy.

"अफगानिस्तान में भारतीय राजदूत" ("the Indian ambassador in Afghanistan").
"""
_OF_BUILDINGS = frozenset(("सरकारी", "राजकीय", "आधिकारिक", "निजी", "पैतृक", "प्रदेश", "राष्ट्रीय", "नए", "पुराने"))
"""Adjectives of buildings: "government", "official", "private", "state", "national", "new", "old"."""
_OWNERS = frozenset(("उनके", "अपने", "उनकी", "अपनी"))
"""Hindi for "his", "her", "their", "own"."""
_NO_NAMES = frozenset(("इस", "उस", "एक", "इसी", "उसी", "अन्य", "कई", "ने", "को", "से", "में", "पर", "और", "बाद"))
"""Words before a building that are not part of its name: "this", "a", "other", case words."""
NO_PLACE = Where(None, None, "none")


def read_where(
    trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor], lexicon: Lexicon, cast: Cast
) -> Where:
    """Return the place of a meeting, or `NO_PLACE`.

    It is a building, else the place with में, पर or a verb of motion that is nearest to the trigger, else the host
    country of a visit. A building that only a pronoun owns comes last.
    """
    building = _read_building(trigger, sentence, actors, lexicon)
    if building and not cast.is_visit and not _is_owned_by_pronoun(building):
        return building
    taken = {part.actor.entity_id for part in cast.parts}
    people = min((part.actor.first_token for part in cast.parts), default=trigger.first_token)
    host = next(
        (part.actor for part in cast.parts if part.role == "recipient" and part.actor.kind == "LOC"), None
    )
    scenes = [
        actor
        for actor in actors
        if actor.kind == "LOC"
        and trigger.clause_first <= actor.first_token < trigger.clause_last
        and actor.marker in ("locative", "path")
        and not actor.is_modifier
        and actor.entity_id not in taken
        and (actor.first_token > people or _is_scene(actor, trigger, sentence, actors))
    ]
    scene = min(scenes, key=lambda actor: abs(actor.first_token - trigger.first_token), default=host)
    if scene is None:
        return building or NO_PLACE
    return _name_scene(sentence, scene, "host" if scene is host else f"case_{scene.marker}")


def _is_owned_by_pronoun(building: Where) -> bool:
    """Return whether a pronoun is the owner of the building: a city is more precise than "उनके आवास" ("their house")."""
    return (building.place_hi or "").startswith(tuple(_OWNERS))


def read_whereabouts(sentence: Sentence, actors: Sequence[Actor]) -> dict[str, Where]:
    """Return entity id → place to which the person went according to the sentence.

    "विदेश मंत्री X कोलंबो पहुंचीं" ("foreign minister X arrived in Colombo").

    Countries are skipped: they are too large to be the place where two people met.
    """
    travellers = [
        actor
        for actor in actors
        if actor.kind == "PER" and not actor.is_modifier and actor.marker in ("ne", "none")
    ]
    goals = [
        actor
        for actor in actors
        if actor.kind == "LOC"
        and actor.marker == "path"
        and not actor.is_modifier
        and not actor.resolved.entity.is_country
    ]
    if not goals or not travellers:
        return {}
    goal = _name_scene(sentence, goals[-1], "whereabouts")
    nearest = min(travellers, key=lambda actor: abs(actor.first_token - goals[-1].first_token))
    return {actor.entity_id: goal for actor in travellers if actor.group == nearest.group}


def narrower(known: Where, new: Where) -> Where:
    """Return the more precise place: a building rather than another place; of equals `known`."""
    return max(known, new, key=_closeness)


def _closeness(where: Where) -> int:
    if where is NO_PLACE:
        return 0
    return 2 if where.method == "building" else 1


def _name_scene(sentence: Sentence, scene: Actor, method: str) -> Where:
    head = sentence.tokens[scene.first_token].start_char - sentence.start_char
    tail = sentence.tokens[scene.last_token - 1].end_char - sentence.start_char
    return Where(sentence.text[head:tail], scene.entity_id, method)


def _read_building(
    trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor], lexicon: Lexicon
) -> Where | None:
    """Read a building with its owner or name.

    "राजनाथ सिंह के आवास पर" ("at the house of Rajnath Singh"), "राष्ट्रपति भवन में" ("in Rashtrapati Bhavan").
    """
    words = [fold_name(token.text) for token in sentence.tokens]
    buildings = lexicon.cues("place")
    found = [
        index
        for index in range(trigger.clause_first, trigger.clause_last - 1)
        if words[index] in buildings and words[index + 1] in ("में", "पर", "स्थान")
    ]
    if not found:
        return None
    index = min(found, key=lambda place: abs(place - trigger.first_token))
    first = _start_of_building(words, index, actors)
    if first is None:
        return None
    last = index + 1 if words[index + 1] == "स्थान" else index
    head, tail = sentence.tokens[first].start_char, sentence.tokens[last].end_char
    return Where(sentence.text[head - sentence.start_char : tail - sentence.start_char], None, "building")


def _start_of_building(words: Sequence[str], index: int, actors: Sequence[Actor]) -> int | None:
    owned = index - 1
    while owned > 0 and words[owned] in _OF_BUILDINGS:
        owned -= 1
    if words[owned] in _OWNERS:
        return owned
    if words[owned] in ("के", "की", "का"):
        return next((actor.first_token for actor in actors if actor.last_token == owned), None)
    return owned if owned == index - 1 and words[owned] and words[owned] not in _NO_NAMES else None


def _leads_elsewhere(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether a place belongs to the cause or purpose of the meeting.

    "हिमाचल में … की हार के बाद" ("after the defeat of … in Himachal").
    """
    words = [fold_name(token.text) for token in sentence.tokens[start:end]]
    return any(pair in _ELSEWHERE for pair in pairwise(words))


def _is_scene(place: Actor, trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor]) -> bool:
    """Return whether a place at the start of the sentence is the place of the meeting.

    It is if a time, an actor or the trigger follows it; else it is the place of another event.
    """
    following = place.marker_token + 1
    if _leads_elsewhere(sentence, following, trigger.first_token):
        return False
    if _ENVOYS & {fold_name(t.text) for t in sentence.tokens[following : following + _ENVOY_REACH]}:
        return False
    starts = [actor.left_token for actor in actors] + [trigger.first_token - 1, trigger.first_token - 2]
    if place.marker == "path" or any(following <= start <= following + 1 for start in starts):
        return True
    at = sentence.tokens[min(following, len(sentence.tokens) - 1)].start_char
    return any(m.label == "DATE" and m.start_char <= at < m.end_char for m in sentence.mentions)
