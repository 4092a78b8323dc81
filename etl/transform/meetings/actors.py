"""Actors of a sentence: resolved names, each with the case marker that shows its role."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from etl.domain.article import Sentence
from etl.domain.entity import EntityKind
from etl.domain.hindi import fold_name
from etl.transform.entities import ResolvedSpan
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.cases import (
    GENITIVES,
    Marker,
    leads_to_bond,
    read_company,
    read_delegation,
    read_home,
    read_led,
    read_marker,
)

AND = frozenset(("और", "तथा", "एवं", "एवम", "व", ",", "-", "समेत", "सहित"))
"""Words and marks that join two names: "and", "along with", comma, hyphen."""
_STOPS = frozenset(("ने", "से", "को", "में", "पर", "साथ", "बीच", "।"))
"""Case words and the danda: a title between a body and a person contains none of them."""
_TITLE_REACH = 5
"""Maximal number of words between a country or body and the phrase of the person that it describes."""
_TITLE_WORDS = 2
"""Maximal number of title words that are not in the gazetteer: "और खाद्य सचिव X" ("and food secretary X")."""
_ARRIVED = ("पहुंच", "पहुच")
"""Stems of "arrived": a place after this verb is a destination."""
_PUNCTUATION = frozenset((",", "“", '"', ":", "‘"))
"""Marks after a name that set it apart."""
_FILLERS = frozenset(("जी", "भी", "उनके", "अपने", "उनकी", "(", ")"))
"""Words between coordinated names that are skipped: "also", "his", "own", honorific जी, brackets."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One resolved name in its sentence.

    Attributes:
        marker: its own case, or the case of the last name in its coordination ("किन और लावरोव से").
        marker_token: index of the case marker; index of the actor's last token if there is no marker.
        group: number shared by all actors of one coordination.
        is_bond: the marker is के बीच ("between") and belongs to a noun, not to the meeting: "भारत और यूएई के बीच
            मित्रता के …" ("… of friendship between India and the UAE").
        is_set_apart: a comma or quotation mark follows the name.
        is_modifier: the actor only describes the person after it ("चीन के राष्ट्रपति शी", "भाजपा अध्यक्ष शाह").
    """

    resolved: ResolvedSpan
    first_token: int
    last_token: int
    left_token: int
    marker: Marker
    marker_token: int
    group: int
    is_bond: bool
    is_set_apart: bool
    is_modifier: bool

    @property
    def entity_id(self) -> str:
        """Id of the entity."""
        return self.resolved.entity.entity_id

    @property
    def kind(self) -> EntityKind:
        """Kind of the entity."""
        return self.resolved.entity.kind

    @property
    def is_gathering(self) -> bool:
        """Whether it is an intergovernmental organisation or a summit, in which others meet."""
        known = self.resolved.span.known
        return known is not None and known.organisation_kind in ("igo", "summit")


def read_actors(sentence: Sentence, resolved: Sequence[ResolvedSpan], lexicon: Lexicon) -> list[Actor]:
    """Return the actors of a sentence in order.

    Args:
        sentence: the sentence.
        resolved: its resolved names and offices, in order.
        lexicon: the cues.
    """
    words = [fold_name(token.text) or token.text for token in sentence.tokens]
    delegations = lexicon.cues("delegation").keys()
    actors = [_read_actor(words, item, number, delegations) for number, item in enumerate(resolved)]
    actors = [_mark_modifier(actor, actors, words) for actor in actors]
    return _join_coordinations(actors, words)


def _read_actor(words: Sequence[str], item: ResolvedSpan, number: int, delegations: Collection[str]) -> Actor:
    span = item.span
    marker, at = read_company(words, span.last_token, delegations) or read_marker(words, span.last_token)
    if marker == "genitive":
        marker, at = read_home(words, at) or (marker, at)
    if item.entity.kind != "PER" and not item.entity.is_state and marker in ("genitive", "none"):
        marker, at = read_delegation(words, span.last_token, delegations) or (marker, at)
    if item.entity.kind == "PER" and marker == "genitive":
        marker, at = read_led(words, at + 1, delegations) or (marker, at)
    if item.entity.kind == "LOC" and marker == "none" and words[span.left_token - 1].startswith(_ARRIVED):
        marker, at = "path", span.left_token - 1
    apart = span.last_token < len(words) and words[span.last_token] in _PUNCTUATION
    is_bond = marker == "beech" and leads_to_bond(words, at)
    return Actor(
        item, span.first_token, span.last_token, span.left_token, marker, at, number, is_bond, apart, False
    )


def _mark_modifier(actor: Actor, actors: Sequence[Actor], words: Sequence[str]) -> Actor:
    """Set `is_modifier` for a country or organisation inside the phrase of a person."""
    inside = any(
        other is not actor and other.left_token <= actor.first_token < other.first_token for other in actors
    )
    return replace(
        actor, is_modifier=inside or (actor.kind != "PER" and _describes_next(actor, actors, words))
    )


def _describes_next(actor: Actor, actors: Sequence[Actor], words: Sequence[str]) -> bool:
    """Return whether only titles separate a country or organisation from a person after it."""
    stops = _STOPS if actor.marker == "genitive" else _STOPS | AND
    return actor.marker != "path" and any(
        other.kind == "PER"
        and 0 <= other.left_token - actor.last_token <= _TITLE_REACH
        and (other.left_token < other.first_token or actor.marker == "genitive")
        and not stops & set(words[actor.last_token : other.left_token])
        for other in actors
    )


def _join_coordinations(actors: Sequence[Actor], words: Sequence[str]) -> list[Actor]:
    """Give all actors of one coordination the group and the case of its last actor."""
    joined: list[Actor] = []
    following: Actor | None = None
    for actor in reversed(actors):
        if actor.is_modifier:
            joined.append(actor)
            continue
        if following and _is_joined(actor, following, words):
            actor = replace(
                actor,
                marker=following.marker,
                marker_token=following.marker_token,
                group=following.group,
                is_bond=following.is_bond,
            )
        joined.append(actor)
        following = actor
    return joined[::-1]


def _is_joined(actor: Actor, following: Actor, words: Sequence[str]) -> bool:
    """Return whether two names are coordinated: only "और" ("and"), titles or fillers separate them.

    A person and a body are coordinated only if the case marker makes both take part.
    """
    has_part = following.marker in ("ne", "se", "saath", "beech")
    if not has_part and "PER" in (actor.kind, following.kind) and actor.kind != following.kind:
        return False
    between = [word for word in words[actor.last_token : following.left_token] if word not in _FILLERS]
    if actor.marker != "none" or not between:
        return False
    is_titled = following.left_token < following.first_token and between[0] in AND
    is_title = len(between) <= 1 + _TITLE_WORDS and not (_STOPS | GENITIVES) & set(between)
    return set(between) <= AND or (is_titled and is_title)
