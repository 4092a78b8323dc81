"""Attendance: who is told to have been at a gathering ("बैठक में X, Y और Z शामिल हुए"), which names no two sides."""

from collections.abc import Sequence

from etl.models import Sentence, fold_name
from etl.transform.meetings.actors import Actor
from etl.transform.meetings.participants import Cast, Part

_ATTEND = frozenset(("शामिल", "मौजूद", "उपस्थित", "शिरकत"))
_TAKE = frozenset(("हिस्सा", "भाग"))
_TAKEN = ("ल", "लि", "ले")
_CHAIR = frozenset(("अध्यक्षता", "नेतृत्व", "अगुवाई", "मौजूदगी", "उपस्थिति"))
_CHAIR_REACH = 3
_BESIDE = frozenset(("अलावा", "अतिरिक्त", "साथ", "सहित", "समेत"))


def read_attendance(sentence: Sentence, actors: Sequence[Actor], start: int) -> tuple[Part, ...]:
    """Return the people from token `start` on of whom the sentence says that they attended, and who presided.

    Nobody is returned where no verb of attending stands, or where it says what was discussed.
    """
    words = [fold_name(token.text) or token.text for token in sentence.tokens]
    verb = next((place for place in range(start, len(words)) if _attends(words, place)), None)
    if verb is None:
        return ()
    people = [actor for actor in actors if actor.kind == "PER" and not actor.is_modifier]
    chairs = [actor for actor in people if _presides(actor, words)]
    attending = [
        actor for actor in people if start <= actor.first_token < verb and _is_listed(actor, words, chairs)
    ]
    if not attending:
        return ()
    parts = [Part(actor, "host", None) for actor in chairs] + [Part(a, "attendee", None) for a in attending]
    return tuple({part.actor.entity_id: part for part in reversed(parts)}.values())[::-1]


def attendance_cast(parts: Sequence[Part]) -> Cast:
    """Make a cast of people who attended."""
    return Cast(tuple(parts), "attendance")


def _attends(words: Sequence[str], place: int) -> bool:
    if words[place] in _TAKE:
        return any(word.startswith(_TAKEN) for word in words[place + 1 : place + 3])
    return words[place] in _ATTEND


def _presides(actor: Actor, words: Sequence[str]) -> bool:
    following = words[actor.last_token : actor.last_token + _CHAIR_REACH]
    return actor.marker == "genitive" and bool(_CHAIR & set(following))


def _is_listed(actor: Actor, words: Sequence[str], chairs: Sequence[Actor]) -> bool:
    """A bare name, one marked ने, or one beside others ("के अलावा"); not somebody's office, house or opinion."""
    if actor in chairs:
        return False
    if actor.marker in ("ne", "none", "saath"):
        return True
    following = words[actor.marker_token : actor.marker_token + 2]
    return actor.marker == "genitive" and bool(_BESIDE & set(following))
