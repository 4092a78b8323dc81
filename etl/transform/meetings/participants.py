"""Participants: who takes part in what a trigger reports, read from case markers."""

from collections.abc import Sequence

from etl.domain.article import Sentence
from etl.domain.hindi import fold_name
from etl.transform.meetings.actors import Actor
from etl.transform.meetings.cast import Cast, Part, unique
from etl.transform.meetings.triggers import TriggerSpan
from etl.transform.meetings.visits import read_hosts, read_visits

_PRONOUNS = frozenset(("उन्होंने", "उन्होने", "उनसे", "उनकी", "उनके", "वे", "वह", "इन्होंने", "उनका", "दोनों"))
_PRONOUNS |= frozenset(("मैंने", "मैं", "मेरी", "हमने", "हमारी"))
_WITH_PRONOUN = frozenset(("उनसे", "इनसे", "उससे"))
_MEDIA = frozenset(("न्यूज", "समाचार", "टीवी", "चैनल", "एजेंसी", "अखबार"))
_REACH = 6
_GENITIVE_REACH = 5
_OWNER_REACH = 3
_SEPARATE = frozenset(("बैठकें", "मुलाकातें", "वार्ताएं", "अलग-अलग", "अलग", "भेंटें"))


def find_casts(
    trigger: TriggerSpan,
    sentence: Sentence,
    actors: Sequence[Actor],
    earlier: Sequence[Actor],
    antecedents: Sequence[Actor],
) -> list[Cast]:
    """Return the meetings that a trigger reports, each with its participants; empty where nobody met anybody.

    Args:
        actors: the sentence's actors.
        earlier: people of the sentence's earlier clauses, whom a clause without a subject goes on about.
        antecedents: people of the sentence before, whom a pronoun may mean; both the likeliest first.
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
    """Find the other side of "X और … Y के बीच", where more than titles stands between the two."""
    before = [other for other in people if other.last_token <= actor.left_token and other.marker == "none"]
    return before[-1:]


def _subjects(
    trigger: TriggerSpan,
    people: Sequence[Actor],
    partners: Sequence[Actor],
    antecedents: Sequence[Actor],
    words: Sequence[str],
) -> tuple[Actor, ...]:
    """Find who met the partners: the ने-marked, else the possessor or the bare name nearest the trigger.

    Where ने marks nobody known, the one who met them has no name and no other takes the place, but for
    "दोनों … ने", which means the two last spoken of.
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
    """A country or body whose meeting it is stands right before it or before the partner, not "X की जेल में"."""
    if actor.kind == "PER" or actor.marker != "genitive":
        return True
    owned = (trigger.first_token, *(partner.left_token for partner in partners))
    return any(0 <= start - actor.marker_token <= _OWNER_REACH for start in owned)


def _groups(trigger: TriggerSpan, people: Sequence[Actor], words: Sequence[str]) -> list[Cast]:
    """Without a से/के साथ partner: several names in one coordination met ("X और Y ने", "X, Y और Z की बैठक").

    They stand before the trigger; after it in a caption ("मुलाकात के दौरान X और Y").
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
    """A partner stands before the trigger; a person may follow it closely ("बैठक में अपने समकक्ष X से")."""
    if trigger.kind == "meet" and partner.kind != "PER":
        return False
    if partner.kind == "PER":
        return partner.marker_token < trigger.last_token + _REACH
    return partner.marker_token < trigger.first_token


def _belongs_to(place: Actor, trigger: TriggerSpan) -> bool:
    """Countries in one coordination met where they did something, or where the meeting is theirs."""
    return place.marker == "ne" or (
        place.marker == "genitive" and 0 < trigger.first_token - place.marker_token <= _GENITIVE_REACH
    )


def _may_act(actor: Actor) -> bool:
    """Countries act, states only where a case says so, other places never; media only ask and report."""
    if actor.kind == "ORG":
        return not _MEDIA & set(actor.resolved.span.key)
    if actor.kind != "LOC" or actor.marker in ("locative", "path"):
        return actor.kind != "LOC"
    gazetteer_id = actor.resolved.entity.gazetteer_id or ""
    is_marked_state = gazetteer_id.startswith("state/") and actor.marker in ("ne", "se", "saath", "beech")
    return gazetteer_id.startswith("country/") or is_marked_state


def _cast(subjects: Sequence[Actor], partners: Sequence[Actor], rule: str) -> Cast:
    first = tuple(Part(actor, "actor", 1 if partners else None) for actor in subjects)
    return Cast((*first, *(Part(actor, "actor", 2) for actor in partners)), rule)
