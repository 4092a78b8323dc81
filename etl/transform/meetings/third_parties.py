"""Read third parties: who mediates between the participants, and a third country that hosts them."""

from collections.abc import Sequence

from etl.domain.article import Sentence
from etl.domain.hindi import fold_name
from etl.transform.meetings.actors import Actor
from etl.transform.meetings.cast import Cast, Part, unique
from etl.transform.meetings.triggers import TriggerSpan

_MEDIATION = "मध्यस्थता"
_HOSTING = "मेजबानी"
_IN_ITS_FRAME = frozenset(("में", "से"))
"""Words after "X की मध्यस्थता" ("mediation of X") by which the meeting takes place through it."""


def read_mediators(trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor]) -> tuple[Part, ...]:
    """Return who mediates: "चीन की मध्यस्थता में X और Y की वार्ता" ("talks of X and Y, mediated by China").

    "X ने मध्यस्थता की पेशकश की" ("X offered to mediate") is not a mediated meeting.
    """
    found = _owners(_MEDIATION, trigger, sentence, actors)
    return tuple(Part(actor, "mediator", None) for actor in unique(found))


def with_mediators(cast: Cast, mediators: Sequence[Part]) -> Cast:
    """Return the cast and those mediators that are not already in it."""
    taking_part = {part.actor.entity_id for part in cast.parts}
    added = tuple(part for part in mediators if part.actor.entity_id not in taking_part)
    return Cast((*cast.parts, *added), cast.rule) if added else cast


def is_hosted_by_third(trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor], cast: Cast) -> bool:
    """Return whether the text names a third country as the host: "कतर की मेजबानी में X और Y की वार्ता".

    The countries of all participants must be known, and the host must not be one of them.
    """
    countries = {part.actor.resolved.country_id for part in cast.parts if part.role != "mediator"}
    hosts = {
        actor.resolved.country_id
        for actor in _owners(_HOSTING, trigger, sentence, actors)
        if actor.kind == "LOC" and actor.resolved.entity.is_country
    }
    return bool(hosts) and bool(countries) and None not in countries and not hosts & countries


def _owners(noun: str, trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor]) -> list[Actor]:
    """Return the actors of the clause in "X की <noun> में"."""
    words = [fold_name(token.text) for token in sentence.tokens]
    return [
        actor
        for actor in actors
        if trigger.clause_first <= actor.first_token < trigger.clause_last
        and actor.marker == "genitive"
        and not actor.is_modifier
        and words[actor.marker_token + 1 : actor.marker_token + 2] == [noun]
        and bool(_IN_ITS_FRAME & set(words[actor.marker_token + 2 : actor.marker_token + 3]))
    ]
