"""Read gatherings abroad as visits: a person who attends a gathering in another country visits that country."""

from collections.abc import Sequence
from dataclasses import replace

from etl.domain.article import Sentence
from etl.domain.hindi import fold_name
from etl.transform.entities import known_entity
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.actors import Actor
from etl.transform.meetings.attendance import attends
from etl.transform.meetings.cast import Cast, Part, unique
from etl.transform.meetings.triggers import TriggerSpan


def read_trip(
    trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor], lexicon: Lexicon
) -> list[Cast]:
    """Read "X मॉस्को में बैठक में हिस्सा लेंगे" ("X will attend a meeting in Moscow") as a visit to the country.

    Return an empty list if the place is in X's own country.
    """
    words = [fold_name(token.text) or token.text for token in sentence.tokens]
    clause = range(trigger.clause_first, trigger.clause_last)
    inside = [actor for actor in actors if actor.first_token in clause and not actor.is_modifier]
    scenes = [actor for actor in inside if actor.kind == "LOC" and actor.marker in ("locative", "path")]
    people = [actor for actor in inside if actor.kind == "PER" and actor.marker in ("ne", "none")]
    if trigger.kind != "talk" or not any(attends(words, place) for place in clause):
        return []
    abroad = [
        (person, country)
        for person in people
        for scene in scenes
        if (home := person.resolved.country_id) and (country := _country(scene, lexicon)) is not None
        if country.resolved.country_id != home
    ]
    if not abroad:
        return []
    country = abroad[-1][1]
    visitors = unique(person for person, _ in abroad)
    parts = [*(Part(person, "actor", 1) for person in visitors), Part(country, "recipient", 2)]
    return [Cast(tuple(parts), "gathering_abroad")]


def _country(scene: Actor, lexicon: Lexicon) -> Actor | None:
    """Return the country that a place is or is the capital of, as an actor, or None."""
    if scene.resolved.entity.is_country:
        return scene
    known = lexicon.country_of_capital(scene.resolved.span.key)
    if known is None:
        return None
    country = replace(
        scene.resolved, entity=known_entity(known, "LOC"), method="capital", country_id=known.country_id
    )
    return replace(scene, resolved=country)
