"""Read visits (who travels to which country) and receptions (who receives which guest)."""

from collections.abc import Sequence

from etl.domain.article import Sentence
from etl.domain.hindi import fold_name
from etl.transform.meetings.actors import Actor
from etl.transform.meetings.cast import Cast, Part, unique
from etl.transform.meetings.triggers import TriggerSpan

_REACH = 6
"""Maximal number of words from the case marker of a country to the trigger."""
_GOAL_REACH = 2
"""Maximal number of words from the trigger to a destination after it."""
_POSSESSED = frozenset(("उनकी", "उनका", "उनके", "इनका", "इनकी"))
"""Hindi for "his", "her", "their": the guest is a pronoun."""


def read_visits(trigger: TriggerSpan, sentence: Sentence, inside: Sequence[Actor]) -> list[Cast]:
    """Read a visit: a person and a country not their own, one cast for each country visited.

    "X भारत का दौरा करेंगे" ("X will visit India"), "X भारत के दौरे पर" ("X on a visit to India"), "X दौरे पर भारत पहुंचे" ("X
    arrived in India on a visit"). In "भारत के दौरे पर आए X" ("X, who came on a visit to India") the visitor is the person
    after the trigger, even if others are named before it.
    """
    hosts = [
        actor
        for actor in inside
        if actor.kind == "LOC"
        and actor.resolved.entity.is_country
        and (
            (
                0 <= trigger.first_token - actor.marker_token <= _REACH
                and actor.marker in ("genitive", "none", "locative")
            )
            or (actor.marker == "path" and 0 < actor.first_token - trigger.last_token <= _GOAL_REACH)
        )
    ]
    persons = [actor for actor in inside if actor.kind == "PER"]
    came = [actor for actor in persons if _came(actor, trigger, sentence)]
    visitors = came or [actor for actor in persons if actor.marker in ("ne", "genitive", "none")]
    if not hosts or not visitors:
        return []
    visitor = min(visitors, key=lambda actor: abs(actor.first_token - trigger.first_token))
    members = unique(actor for actor in visitors if actor.group == visitor.group)
    parts = tuple(Part(actor, "actor", 1) for actor in members)
    visited = unique(
        host
        for host in hosts
        if host.group == hosts[-1].group and host.resolved.country_id != visitor.resolved.country_id
    )
    return [Cast((*parts, Part(host, "recipient", 2)), "visit_country") for host in visited]


def _came(actor: Actor, trigger: TriggerSpan, sentence: Sentence) -> bool:
    """Return whether only "पर आए" ("came on") or "पर गए" ("went on") separates the trigger from this person."""
    between = [fold_name(token.text) for token in sentence.tokens[trigger.last_token : actor.left_token]]
    return (
        between[:1] == ["पर"] and len(between) == 2 and between[1].startswith(("आ", "गए", "गई", "गय", "पहुंच"))
    )


def read_hosts(
    trigger: TriggerSpan, sentence: Sentence, inside: Sequence[Actor], antecedents: Sequence[Actor]
) -> list[Cast]:
    """Read "X ने Y की अगवानी की" ("X received Y") and "उनकी अगवानी X ने की" ("X received them").

    A guest who is only a pronoun is the likeliest antecedent.
    """
    people = [actor for actor in inside if actor.kind == "PER" and actor.first_token < trigger.first_token]
    hosts = unique(actor for actor in inside if actor.marker == "ne")
    hosts = hosts or unique(actor for actor in people[-1:] if actor.marker == "none")
    receiving = {host.entity_id for host in hosts}
    guests = unique(
        actor
        for actor in inside
        if actor.marker == "genitive"
        and actor.kind == "PER"
        and actor.marker_token < trigger.first_token
        and actor.entity_id not in receiving
    )
    before = {fold_name(t.text) for t in sentence.tokens[trigger.clause_first : trigger.first_token]}
    if not guests and _POSSESSED & before:
        guests = tuple(actor for actor in antecedents if actor.entity_id not in receiving)[:1]
    if not hosts or not guests:
        return []
    parts = [Part(actor, "host", 2) for actor in hosts] + [Part(actor, "actor", 1) for actor in guests]
    return [Cast(tuple(parts), "host_guest")]
