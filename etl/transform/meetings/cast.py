"""Cast: the participants of one meeting with their roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from etl.domain.meeting import Role
from etl.transform.meetings.actors import Actor

CastRule = Literal[
    "between",
    "subject_partner",
    "separate_partners",
    "host_guest",
    "coordination",
    "pronoun_partner",
    "visit_country",
    "gathering_abroad",
    "attendance",
]
"""The rule that found the participants; stored in `rules` of a report."""


@dataclass(frozen=True, slots=True)
class Part:
    """One participant of one meeting; `side` is 1 or 2, or None if the report has no sides."""

    actor: Actor
    role: Role
    side: int | None


@dataclass(frozen=True, slots=True)
class Cast:
    """The participants of one meeting, and the rule that found them."""

    parts: tuple[Part, ...]
    rule: CastRule

    @property
    def is_visit(self) -> bool:
        """Whether the participants are a visitor and the country visited."""
        return self.rule in ("visit_country", "gathering_abroad")


def unique(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Return one actor for each entity, in order of first appearance."""
    return tuple({actor.entity_id: actor for actor in actors}.values())
