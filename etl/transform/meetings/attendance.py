"""Read who attended a gathering that has no two sides: "बैठक में X, Y और Z शामिल हुए" ("X, Y and Z attended")."""

from collections.abc import Sequence

from etl.domain.article import Sentence
from etl.domain.hindi import fold_name
from etl.transform.meetings.actors import Actor
from etl.transform.meetings.cast import Cast, Part

_ATTEND = frozenset(("शामिल", "मौजूद", "उपस्थित", "शिरकत"))
"""Words of attending ("included", "present") that need no verb after them."""
_TAKE = frozenset(("हिस्सा", "भाग"))
"""Hindi for "part" in "to take part" (हिस्सा लेना, भाग लेना)."""
_TAKEN = ("ल", "लि", "ले")
"""Prefixes of forms of लेना ("take")."""
_NOT = frozenset(("नहीं", "न"))
"""Negations."""
_CHAIR = frozenset(("अध्यक्षता", "नेतृत्व", "अगुवाई", "मौजूदगी", "उपस्थिति"))
"""Nouns after "X की": "chairmanship", "leadership", "presence"."""
_CHAIR_REACH = 3
"""Number of words after a name that are searched for one of `_CHAIR`."""
_CALLED = ("बुला",)
"""Stem of "called" (a meeting)."""
_BESIDE = frozenset(("अलावा", "अतिरिक्त", "साथ", "सहित", "समेत"))
"""Words after a name in the genitive: "besides", "with", "including". The name is an attendee."""
_TO_ATTEND = frozenset(("भी", "बैठक", "सम्मेलन", "इस", "इसमें", "में"))
"""Words allowed between के after a name and the verb: "X के भी बैठक में शामिल होने की उम्मीद"
("X is also expected to attend the meeting").
"""
_LED = "किया"
"""Verb of "नेतृत्व किया" ("led")."""


def read_attendance(sentence: Sentence, actors: Sequence[Actor], start: int) -> tuple[Part, ...]:
    """Return the people who attended according to the sentence, and those who presided.

    Args:
        sentence: the sentence.
        actors: its actors.
        start: index of the first token of the list of attendees.

    Returns:
        Parts without duplicates; empty if the sentence has no verb of attending or names no attendee.
    """
    words = _words(sentence)
    verbs = [place for place in range(start, len(words)) if attends(words, place)]
    if not verbs:
        return ()
    people = [actor for actor in actors if actor.kind == "PER" and not actor.is_modifier]
    chairs = read_chairs(sentence, actors)
    presiding = {part.actor.first_token for part in chairs}
    attending = [
        actor
        for actor in people
        if (start <= actor.first_token < verbs[-1] and _is_listed(actor, words)) or _leads(actor, words)
        if actor.first_token not in presiding
    ]
    if not attending:
        return ()
    parts = [*chairs, *(Part(actor, "attendee", None) for actor in attending)]
    return tuple({part.actor.entity_id: part for part in reversed(parts)}.values())[::-1]


def read_chairs(sentence: Sentence, actors: Sequence[Actor]) -> tuple[Part, ...]:
    """Return the people who preside or called the meeting.

    "X की अध्यक्षता में" ("under the chairmanship of X"), "X ने बैठक बुलाई" ("X called a meeting").
    """
    words = _words(sentence)
    people = [actor for actor in actors if actor.kind == "PER" and not actor.is_modifier]
    return tuple(Part(actor, "host", None) for actor in people if _presides(actor, words))


def attendance_cast(parts: Sequence[Part]) -> Cast:
    """Return the cast of a gathering."""
    return Cast(tuple(parts), "attendance")


def _words(sentence: Sentence) -> list[str]:
    return [fold_name(token.text) or token.text for token in sentence.tokens]


def attends(words: Sequence[str], place: int) -> bool:
    """Return whether the word at index `place` is a verb of attending that is not negated."""
    following = words[place + 1 : place + 3]
    if _NOT & set(following):
        return False
    if words[place] in _TAKE:
        return any(word.startswith(_TAKEN) for word in following)
    return words[place] in _ATTEND or _is_lead(words, place)


def _is_lead(words: Sequence[str], place: int) -> bool:
    """Return whether the word at index `place` is "leadership" in "प्रतिनिधिमंडल का नेतृत्व" ("leads a delegation")."""
    return words[place] == "नेतृत्व" and words[place - 1] == "का"


def _leads(actor: Actor, words: Sequence[str]) -> bool:
    """Return whether the actor leads a delegation.

    "प्रतिनिधिमंडल का नेतृत्व X और Y ने किया" ("X and Y led the delegation").
    """
    led = words[actor.marker_token + 1 : actor.marker_token + 2]
    before = range(1, actor.first_token)
    return actor.marker == "ne" and _LED in led and any(_is_lead(words, place) for place in before)


def _presides(actor: Actor, words: Sequence[str]) -> bool:
    following = words[actor.last_token : actor.last_token + _CHAIR_REACH]
    if actor.marker == "ne":
        return any(word.startswith(_CALLED) for word in words[actor.marker_token :])
    return actor.marker == "genitive" and bool(_CHAIR & set(following))


def _is_listed(actor: Actor, words: Sequence[str]) -> bool:
    """Return whether a name is an attendee: unmarked, or with ने or के साथ.

    So is a name before "के अलावा" ("besides") or a verb of attending. A name in the genitive
    that owns an office or a house is not an attendee.
    """
    if actor.marker in ("ne", "none", "saath"):
        return True
    if actor.marker not in ("genitive", "other"):
        return False
    following = words[actor.marker_token : actor.marker_token + 2]
    after = range(actor.marker_token + 1, len(words))
    verb = next((place for place in after if words[place] not in _TO_ATTEND), len(words))
    return bool(_BESIDE & set(following)) or (verb < len(words) and attends(words, verb))
