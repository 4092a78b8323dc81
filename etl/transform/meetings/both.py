"""Resolve phrases such as "दोनों नेता" ("both leaders") and "दोनों देशों के बीच" ("between both countries") to actors."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from etl.domain.article import Sentence
from etl.domain.entity import EntityKind
from etl.domain.hindi import fold_name
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.actors import Actor
from etl.transform.meetings.cases import leads_to_bond, read_case

_HOW_MANY = {"दोनों": 2, "दोनो": 2, "तीनों": 3}
"""Hindi for "both" and "all three"."""
_PEOPLE = frozenset(
    (
        "नेता",
        "नेताओं",
        "मंत्री",
        "मंत्रियों",
        "राष्ट्राध्यक्ष",
        "राष्ट्राध्यक्षों",
        "प्रधानमंत्री",
        "प्रधानमंत्रियों",
        "राष्ट्रपति",
        "राष्ट्रपतियों",
    )
)
"""Nouns for persons: leaders, ministers, heads of state, prime ministers, presidents."""
_COUNTRIES = frozenset(("देश", "देशों", "राष्ट्र", "राष्ट्रों"))
"""Hindi for "country", "nation"."""
_BODIES = frozenset(("दल", "दलों", "पार्टियां", "पार्टियों", "संगठनों", "सरकारों"))
"""Hindi for "party", "organisation", "government"."""
_SIDES = frozenset(("पक्ष", "पक्षों"))
"""Hindi for "side": countries if two were named together, else persons."""
_NOUNS = _PEOPLE | _COUNTRIES | _BODIES | _SIDES
_REACH = 2
"""Maximal number of words between number and noun: "दोनों (ही) (शीर्ष) नेता" ("both top leaders")."""


@dataclass(frozen=True, slots=True)
class NamedTogether:
    """The actors that were last named together: in one coordination, or as those who met.

    Attributes:
        people: two or three persons; empty if none were named together.
        countries: two or three countries, or empty.
        bodies: two or three parties, governments or other bodies, or empty.
    """

    people: tuple[Actor, ...] = ()
    countries: tuple[Actor, ...] = ()
    bodies: tuple[Actor, ...] = ()

    def after(self, actors: Sequence[Actor], met: Collection[str]) -> "NamedTogether":
        """Return the actors named together after one more sentence.

        Args:
            actors: the sentence's actors.
            met: entity ids of the participants of its last meeting; empty if it reports none.
        """
        here = [actor for actor in actors if actor.entity_id in met]

        def named(kind: EntityKind, before: tuple[Actor, ...]) -> tuple[Actor, ...]:
            return _together([a for a in here if a.kind == kind]) or _coordinated(actors, kind) or before

        return NamedTogether(
            named("PER", self.people), named("LOC", self.countries), named("ORG", self.bodies)
        )

    def referents(self, noun: str) -> tuple[Actor, ...]:
        """Return the actors that "दोनों <noun>" ("both <noun>") refers to."""
        if noun in _PEOPLE:
            return self.people
        if noun in _COUNTRIES:
            return self.countries
        return self.bodies if noun in _BODIES else self.countries or self.people


def read_both(sentence: Sentence, named: NamedTogether, lexicon: Lexicon) -> list[Actor]:
    """Return the actors that "दोनों नेता" and similar phrases refer to, with position and case of the phrase."""
    words = [fold_name(token.text) or token.text for token in sentence.tokens]
    return [actor for at in range(len(words)) for actor in _read_at(words, at, named, lexicon)]


def _read_at(words: Sequence[str], at: int, named: NamedTogether, lexicon: Lexicon) -> Iterator[Actor]:
    count = _HOW_MANY.get(words[at])
    nouns = range(at + 1, min(at + 2 + _REACH, len(words)))
    noun = next((index for index in nouns if words[index] in _NOUNS), None)
    if count is None or noun is None:
        return
    actors = named.referents(words[noun])
    if len(actors) != count:
        return
    marker, marker_token = read_case(words, noun + 1, lexicon)
    for actor in actors:
        yield replace(
            actor,
            first_token=at,
            last_token=noun + 1,
            left_token=at,
            marker=marker,
            marker_token=marker_token,
            group=-1 - at,
            is_bond=marker == "beech" and leads_to_bond(words, marker_token),
            is_set_apart=False,
            is_modifier=False,
        )


def _together(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    distinct = tuple({actor.entity_id: actor for actor in actors}.values())
    return distinct if len(distinct) in _HOW_MANY.values() else ()


def _coordinated(actors: Sequence[Actor], kind: EntityKind) -> tuple[Actor, ...]:
    """Return the members of the last coordination of two or three actors of a kind; places of events do not count."""
    groups: dict[int, list[Actor]] = {}
    for actor in actors:
        is_party = kind != "LOC" or actor.resolved.country_id is not None
        if (
            actor.kind == kind
            and is_party
            and not actor.is_modifier
            and actor.marker not in ("locative", "path")
        ):
            groups.setdefault(actor.group, []).append(actor)
    return next((found for group in reversed(groups.values()) if (found := _together(group))), ())
