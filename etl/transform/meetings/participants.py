"""Find the participants of a meeting from the case markers around its trigger."""

from collections.abc import Sequence

from etl.domain.article import Sentence
from etl.domain.hindi import fold_name
from etl.transform.meetings.actors import Actor
from etl.transform.meetings.cast import Cast, CastRule, Part, unique
from etl.transform.meetings.triggers import TriggerSpan
from etl.transform.meetings.visits import read_hosts, read_visits

_PRONOUNS = frozenset(("उन्होंने", "उन्होने", "उनसे", "उनकी", "उनके", "वे", "वह", "इन्होंने", "उनका", "दोनों"))
_PRONOUNS |= frozenset(("मैंने", "मैं", "मेरी", "हमने", "हमारी"))
"""Pronouns that refer to a person named before, in the third and the first person."""
_WITH_PRONOUN = frozenset(("उनसे", "इनसे", "उससे"))
"""Hindi for "with him", "with her", "with them": the partner is a pronoun."""
_MEDIA = frozenset(("न्यूज", "समाचार", "टीवी", "चैनल", "एजेंसी", "अखबार"))
"""Words in names of media, which interview and report but do not meet."""
_REACH = 6
"""Maximal number of words from the trigger to the case marker of a person after it."""
_GENITIVE_REACH = 5
"""Maximal number of words from "X और Y की" ("of X and Y") to the trigger, for countries."""
_OWNER_REACH = 3
"""Maximal number of words from the genitive of a country or body to what it owns."""
_SEPARATE = frozenset(("बैठकें", "मुलाकातें", "वार्ताएं", "अलग-अलग", "अलग", "भेंटें"))
"""Words for several meetings: plural forms, "separately"."""


def find_casts(
    trigger: TriggerSpan,
    sentence: Sentence,
    actors: Sequence[Actor],
    earlier: Sequence[Actor],
    antecedents: Sequence[Actor],
) -> list[Cast]:
    """Return the participants of each meeting that a trigger reports; empty if no two parties are found.

    Args:
        trigger: the trigger.
        sentence: its sentence.
        actors: the actors of the sentence.
        earlier: people in earlier clauses of the sentence, the possible subjects of a clause without a subject.
        antecedents: people in the sentence before, the possible referents of a pronoun. Both lists begin with the
            likeliest person.
    """
    inside = [
        actor
        for actor in actors
        if trigger.clause_first <= actor.first_token < trigger.clause_last and not actor.is_modifier
    ]
    if trigger.kind == "visit":
        return read_visits(trigger, sentence, inside)
    if trigger.kind == "host":
        return read_hosts(trigger, sentence, inside, antecedents)
    words = [fold_name(t.text) for t in sentence.tokens[trigger.clause_first : trigger.clause_last]]
    meant = earlier or (antecedents if _PRONOUNS & set(words) else ())
    return _talks(trigger, inside, meant, words)


def _talks(
    trigger: TriggerSpan, inside: Sequence[Actor], antecedents: Sequence[Actor], words: Sequence[str]
) -> list[Cast]:
    people = [actor for actor in inside if _may_act(actor)]
    between = unique(actor for actor in people if actor.marker == "beech" and not actor.is_bond)
    if len(between) == 1:
        between = unique([*_named_before(between[0], people), *between])
    if len(between) > 1:
        return [_cast(between, (), "between")]
    markers = ("se",) if trigger.kind == "meet" else ("se", "saath")
    partners = unique(a for a in people if a.marker in markers and _is_near(a, trigger))
    if not partners and _WITH_PRONOUN & set(words):
        named = [actor for actor in people if actor.marker == "ne"]
        others = [actor for actor in antecedents if actor.entity_id not in {a.entity_id for a in named}]
        return [_cast(unique(named), others[:1], "pronoun_partner")] if named and others else []
    if not partners:
        mutual = [actor for actor in people if actor.kind == "PER" and actor.marker == "none"]
        return _groups(trigger, mutual if trigger.kind == "meet" else people, words)
    subjects = _subjects(trigger, people, partners, antecedents, words)
    if not subjects:
        return []
    separate = partners[-1].marker == "se" or bool(_SEPARATE & set(words))
    if len(partners) > 1 and separate:
        return [_cast(subjects, (partner,), "separate_partners") for partner in partners]
    return [_cast(subjects, partners, "subject_partner")]


def _named_before(actor: Actor, people: Sequence[Actor]) -> Sequence[Actor]:
    """Find X of "X और … Y के बीच" ("between X and … Y") if more than titles separates the two names."""
    before = [other for other in people if other.last_token <= actor.left_token and other.marker == "none"]
    return before[-1:]


def _subjects(
    trigger: TriggerSpan,
    people: Sequence[Actor],
    partners: Sequence[Actor],
    antecedents: Sequence[Actor],
    words: Sequence[str],
) -> tuple[Actor, ...]:
    """Find who met the partners: the actor with ने, else the possessor or unmarked name nearest to the trigger.

    If ने marks no known actor, the subject has no name and there is no result. The exception is "दोनों … ने" ("both"),
    which refers to the two antecedents.
    """
    taken = {partner.entity_id for partner in partners}
    free = [actor for actor in people if actor.entity_id not in taken]
    for marker in ("ne",) if "ने" in words else ("genitive", "none"):
        marked = [actor for actor in free if actor.marker == marker and _may_own(actor, trigger, partners)]
        found = [actor for actor in marked if actor.kind != "LOC"] or marked
        found = [actor for actor in found if actor.first_token < trigger.first_token] or found
        if found:
            nearest = min(found, key=lambda actor: abs(actor.first_token - trigger.first_token))
            return unique(actor for actor in found if actor.group == nearest.group)
    meant = unique(actor for actor in antecedents if actor.entity_id not in taken)
    if "ने" in words:
        return meant[:2] if "दोनों" in words else ()
    return meant[:1]


def _may_own(actor: Actor, trigger: TriggerSpan, partners: Sequence[Actor]) -> bool:
    """Return whether an actor may be the possessor of the meeting: "X की बैठक" ("X's meeting").

    A country or body must be right before the trigger or a partner; "X की जेल में" ("in X's prison") does not count.
    """
    if actor.kind == "PER" or actor.marker != "genitive":
        return True
    owned = (trigger.first_token, *(partner.left_token for partner in partners))
    return any(0 <= start - actor.marker_token <= _OWNER_REACH for start in owned)


def _groups(trigger: TriggerSpan, people: Sequence[Actor], words: Sequence[str]) -> list[Cast]:
    """Find a coordination of names that met, if there is no partner with से or के साथ ("with").

    "X, Y और Z की बैठक" ("meeting of X, Y and Z"). The coordination is before the trigger; in a caption it may be after
    it: "मुलाकात के दौरान X और Y" ("X and Y during the meeting").
    """
    at = trigger.last_token - trigger.clause_first
    is_caption = list(words[at : at + 2]) == ["के", "दौरान"] and "ने" not in words
    end = trigger.clause_last if is_caption else trigger.last_token
    groups: dict[int, list[Actor]] = {}
    for actor in people:
        if actor.marker in ("ne", "genitive", "none") and actor.first_token < end:
            groups.setdefault(actor.group, []).append(actor)
    for members in reversed(groups.values()):
        if members[-1].kind == "LOC" and not _belongs_to(members[-1], trigger):
            continue
        if (
            members[-1].kind == "ORG"
            and members[-1].marker == "genitive"
            and not _belongs_to(members[-1], trigger)
        ):
            continue
        if members[-1].marker == "none" and members[-1].is_set_apart and not is_caption:
            continue
        if all(member.is_gathering for member in members):
            continue
        parties = unique([member for member in members if member.kind == "PER"] or members)
        if len(parties) > 1:
            return [_cast(parties, (), "coordination")]
    return []


def _is_near(partner: Actor, trigger: TriggerSpan) -> bool:
    """Return whether a partner is before the trigger; a person may also follow it closely.

    "बैठक में अपने समकक्ष X से" ("in a meeting with his counterpart X").
    """
    if trigger.kind == "meet" and partner.kind != "PER":
        return False
    if partner.kind == "PER":
        return partner.marker_token < trigger.last_token + _REACH
    return partner.marker_token < trigger.first_token


def _belongs_to(place: Actor, trigger: TriggerSpan) -> bool:
    """Return whether countries in one coordination met: they have ने, or the meeting is theirs (genitive before it)."""
    return place.marker == "ne" or (
        place.marker == "genitive" and 0 < trigger.first_token - place.marker_token <= _GENITIVE_REACH
    )


def _may_act(actor: Actor) -> bool:
    """Return whether an actor may take part: not media, of places only countries, and states with a case marker."""
    if actor.kind == "ORG":
        return not _MEDIA & set(actor.resolved.span.key)
    if actor.kind != "LOC" or actor.marker in ("locative", "path"):
        return actor.kind != "LOC"
    entity = actor.resolved.entity
    return entity.is_country or (entity.is_state and actor.marker in ("ne", "se", "saath", "beech"))


def _cast(subjects: Sequence[Actor], partners: Sequence[Actor], rule: CastRule) -> Cast:
    first = tuple(Part(actor, "actor", 1 if partners else None) for actor in subjects)
    return Cast((*first, *(Part(actor, "actor", 2) for actor in partners)), rule)
