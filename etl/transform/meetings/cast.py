"""Casts: who takes part in one meeting, and how."""

from collections.abc import Iterable
from dataclasses import dataclass

from etl.domain.meeting import Role
from etl.transform.meetings.actors import Actor


@dataclass(frozen=True, slots=True)
class Part:
    """One participant of one meeting."""

    actor: Actor
    role: Role
    side: int | None


@dataclass(frozen=True, slots=True)
class Cast:
    """The participants of one meeting, and the rule that found them."""

    parts: tuple[Part, ...]
    rule: str

    @property
    def is_visit(self) -> bool:
        """Whether it is a visitor and the country visited."""
        return self.rule in ("visit_country", "gathering_abroad")


def unique(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Return the actors without those that mean somebody already there."""
    return tuple({actor.entity_id: actor for actor in actors}.values())
