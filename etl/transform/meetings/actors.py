"""Actors of a sentence: resolved names with the case marker that tells their part."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from etl.models import Sentence, fold_name
from etl.transform.dates.words import read_words
from etl.transform.entities import Resolved
from etl.transform.lexicon import Lexicon

Marker = Literal["ne", "se", "saath", "beech", "ko", "genitive", "locative", "path", "other", "none"]
"""Case of an actor: ने, से, के साथ, के बीच, को, का/की/के, में/पर/स्थित, पहुंच-/जा-/आ- beside it,
something that makes it no party, nothing."""

AND = frozenset(("और", "तथा", "एवं", "एवम", "व", ",", "-", "समेत", "सहित"))
_STOPS = frozenset(("ने", "से", "को", "में", "पर", "साथ", "बीच", "।"))
_TIMES = frozenset(("WEEKDAY", "MONTH", "MARCH", "TODAY", "KAL", "YEAR"))
"""Kinds of words before को that tell a time: "के बीच सोमवार को बैठक"."""
_TITLE_REACH = 5
_DELEGATION_REACH = 4
_TITLE_WORDS = 2
"""How many words of a title that no list has may stand before its head: "और खाद्य सचिव X"."""
_NOT_WITH = frozenset(
    ("इतर", "पहले", "पूर्व", "लेकर", "जुड़े", "जुड़ी", "संबंधित", "बाहर", "अधिक", "ज्यादा", "लगी", "सटे")
)
"""Words after से that make it no companion: "सम्मेलन से इतर", "चीन से लगी सीमा"."""
_SAYING = frozenset(("कहना", "मानना", "दावा"))
"""After "X का" they make X the one who speaks, as ने does."""
_COMPOUNDS = frozenset(("अलावा", "अतिरिक्त", "खिलाफ", "विरुद्ध", "मुताबिक", "अनुसार", "लिए", "बारे", "प्रति"))
_COMPOUNDS |= frozenset(("कारण", "चलते", "बजाय", "जरिए", "पास"))
"""Words that make of के a postposition of its own: who stands before is no owner."""
_GENITIVES = frozenset(("का", "की", "के"))
_COMPANY = frozenset(("सहित", "समेत", "और", "तथा", "एवं", "व", "जैसे"))
_OTHERS = frozenset(("अन्य", "कई", "तमाम", "दूसरे", "अनेक", "कुछ", "सभी", "विभिन्न", "वरिष्ठ", "शीर्ष", "बड़े", "बडे"))
_OTHERS |= frozenset(("केंद्रीय", "पार्टी", "सरकारी", "आला", "उच्च", "शामिल", "दलों", "के"))
_COMPANY_REACH = 6
_RANKS = frozenset(("विदेश", "रक्षा", "गृह", "वित्त", "वाणिज्य", "उच्च", "शीर्ष", "वरिष्ठ", "मुख्य"))
_ARRIVED = ("पहुंच", "पहुच")
_LEADING = frozenset(("नेतृत्व", "अगुवाई", "अगुआई"))
_LED_REACH = 10
_LOCATIVES = frozenset(("में", "पर", "स्थित"))
_HOMES = frozenset(("घर", "आवास", "निवास", "कार्यालय", "दफ्तर"))
_WENT = frozenset(("जाकर", "पहुंचकर", "पहुंच"))
_PUNCTUATION = frozenset((",", "“", '"', ":", "‘"))
_FILLERS = frozenset(("जी", "भी", "उनके", "अपने", "उनकी", "(", ")"))


@dataclass(frozen=True, slots=True)
class Actor:
    """One resolved name in its sentence.

    Attributes:
        marker: its own case, or that of the last in its coordination ("किन और लावरोव से").
        marker_token: index of the marking word; the actor's last token where there is none.
        group: number shared by all in one coordination.
        is_bond: the marker के बीच belongs to a noun of its own ("भारत और यूएई के बीच मित्रता के …").
        is_set_apart: a comma or quotation mark follows it.
        is_modifier: only describes the person that follows ("चीन के राष्ट्रपति शी", "भाजपा अध्यक्ष शाह").
    """

    resolved: Resolved
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
        """The entity it means."""
        return self.resolved.entity.entity_id

    @property
    def kind(self) -> str:
        """PER, ORG or LOC."""
        return self.resolved.entity.kind

    @property
    def is_gathering(self) -> bool:
        """Whether it is an IGO or a summit: a frame in which others meet."""
        known = self.resolved.span.known
        return known is not None and known.organisation_kind in ("igo", "summit")


def read_actors(sentence: Sentence, resolved: Sequence[Resolved], lexicon: Lexicon) -> list[Actor]:
    """Return the actors of a sentence in order; `resolved` are its names and offices."""
    words = [fold_name(token.text) or token.text for token in sentence.tokens]
    delegations = lexicon.cues("delegation").keys()
    actors = [_read_actor(words, item, number, delegations) for number, item in enumerate(resolved)]
    actors = [_mark_modifier(actor, actors, words) for actor in actors]
    return _join_coordinations(actors, words)


def _read_actor(words: Sequence[str], item: Resolved, number: int, delegations: Collection[str]) -> Actor:
    span = item.span
    marker, at = _read_company(words, span.last_token, delegations) or _read_marker(words, span.last_token)
    if marker == "genitive":
        marker, at = _read_home(words, at) or (marker, at)
    if item.entity.kind != "PER" and marker in ("genitive", "none"):
        marker, at = _read_delegation(words, span.last_token, delegations) or (marker, at)
    if item.entity.kind == "PER" and marker == "genitive":
        marker, at = _read_led(words, at + 1, delegations) or (marker, at)
    if item.entity.kind == "LOC" and marker == "none" and words[span.left_token - 1].startswith(_ARRIVED):
        marker, at = "path", span.left_token - 1
    apart = span.last_token < len(words) and words[span.last_token] in _PUNCTUATION
    is_bond = marker == "beech" and leads_to_bond(words, at)
    return Actor(
        item, span.first_token, span.last_token, span.left_token, marker, at, number, is_bond, apart, False
    )


def leads_to_bond(words: Sequence[str], at: int) -> bool:
    """Whether के बीच at token `at` belongs to a noun of its own: "के बीच मित्रता के …", "के बीच रक्षा सहयोग को …"."""
    return bool(_GENITIVES & set(words[at + 2 : at + 3])) or any(
        words[place] == "को" and read_words(words[place - 1])[0].kind not in _TIMES
        for place in range(at + 2, min(at + 4, len(words)))
    )


def read_case(words: Sequence[str], start: int, lexicon: Lexicon) -> tuple[Marker, int]:
    """Read the case of a phrase that ends before token `start`, or of the people who stand for it."""
    marker, at = _read_marker(words, start)
    if marker in ("genitive", "none"):
        return _read_delegation(words, start, lexicon.cues("delegation").keys()) or (marker, at)
    return marker, at


def _read_delegation(
    words: Sequence[str], start: int, delegations: Collection[str]
) -> tuple[Marker, int] | None:
    """Read the case of the people who stand for an organisation or country: "ब्रिक्स देशों के नेताओं से"."""
    at, reach = start, min(start + _DELEGATION_REACH, len(words))
    while at < reach and (words[at] in delegations or words[at] in _GENITIVES or words[at] in _RANKS):
        at += 1
    while at > start and words[at - 1] not in delegations:
        at -= 1
    if at == start:
        return None
    marker, marker_at = _read_marker(words, at)
    return (marker, marker_at) if marker in ("ne", "se", "saath", "beech") else None


def _read_led(words: Sequence[str], start: int, delegations: Collection[str]) -> tuple[Marker, int] | None:
    """Read the case of those whom somebody leads: "X के नेतृत्व में पार्टी के प्रतिनिधिमंडल ने"."""
    if not _LEADING & set(words[start : start + 1]):
        return None
    for at in range(start + 1, min(start + _LED_REACH, len(words))):
        if words[at] in delegations or words[at] in ("मंडल", "दल"):
            marker, marker_at = _read_marker(words, at + 1)
            if marker in ("ne", "se", "saath", "beech"):
                return marker, marker_at
    return None


def _read_home(words: Sequence[str], genitive: int) -> tuple[Marker, int] | None:
    """Read "X के घर जाकर": whoever went there to meet met X."""
    goes = words[genitive + 1 : genitive + 2]
    went = words[genitive + 2 : genitive + 4]
    if goes and goes[0] in _HOMES and any(word in _WENT for word in went):
        return "se", genitive
    return None


def _read_company(
    words: Sequence[str], start: int, delegations: Collection[str]
) -> tuple[Marker, int] | None:
    """Read the case that a name shares with nameless others: "X सहित अन्य अधिकारियों के साथ", "X और कई नेताओं ने"."""
    at = start
    if at >= len(words) or words[at] not in _COMPANY:
        return None
    at += 1
    reach = min(at + _COMPANY_REACH, len(words))
    while at < reach and words[at] not in delegations and words[at] != "लोगों":
        if words[at] not in _OTHERS:
            return None
        at += 1
    if at >= reach:
        return None
    marker, marker_at = _read_marker(words, at + 1)
    return (marker, marker_at) if marker in ("ne", "se", "saath", "beech") else None


def _read_marker(words: Sequence[str], start: int) -> tuple[Marker, int]:
    at = start
    while at < len(words) and words[at] in ("जी", "भी", "ही", ")", "’", "”", '"', "'"):
        at += 1
    here = words[at] if at < len(words) else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    simple: dict[str, Marker] = {"ने": "ne", "से": "se", "को": "ko", "संग": "saath"}
    is_apart = after == "अलग" and not {"अलग", "-"} & set(words[at + 2 : at + 3])
    if here == "से" and (after in _NOT_WITH or is_apart):
        return "other", at
    if here == "का" and after in _SAYING:
        return "ne", at
    if here in simple:
        return simple[here], at
    if here == "के" and after in ("साथ", "संग"):
        return "saath", at + 1
    if here == "के" and after in ("बीच", "मध्य"):
        return "beech", at + 1
    if here == "के" and after in _COMPOUNDS:
        return "other", at
    if here in _GENITIVES:
        return "genitive", at
    if here in _LOCATIVES:
        return "locative", at
    if here.startswith(
        ("पहुंच", "पहुच", "गए", "रुके", "रुकी", "गई", "आए", "आई", "आएंग", "आयें", "जाएंग", "जायें", "रवाना")
    ):
        return "path", at
    return "none", max(at - 1, start - 1)


def _mark_modifier(actor: Actor, actors: Sequence[Actor], words: Sequence[str]) -> Actor:
    """A country or organisation inside a person's phrase is no actor of its own."""
    inside = any(
        other is not actor and other.left_token <= actor.first_token < other.first_token for other in actors
    )
    return replace(
        actor, is_modifier=inside or (actor.kind != "PER" and _describes_next(actor, actors, words))
    )


def _describes_next(actor: Actor, actors: Sequence[Actor], words: Sequence[str]) -> bool:
    """Whether only titles stand between a country or organisation and the person that they belong to."""
    stops = _STOPS if actor.marker == "genitive" else _STOPS | AND
    return actor.marker != "path" and any(
        other.kind == "PER"
        and 0 <= other.left_token - actor.last_token <= _TITLE_REACH
        and (other.left_token < other.first_token or actor.marker == "genitive")
        and not stops & set(words[actor.last_token : other.left_token])
        for other in actors
    )


def _join_coordinations(actors: Sequence[Actor], words: Sequence[str]) -> list[Actor]:
    """Give all names of one coordination the group and the case of the last."""
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
    """Whether only "और", titles and the like part two names; a person and a body pair only where both act."""
    has_part = following.marker in ("ne", "se", "saath", "beech")
    if not has_part and "PER" in (actor.kind, following.kind) and actor.kind != following.kind:
        return False
    between = [word for word in words[actor.last_token : following.left_token] if word not in _FILLERS]
    if actor.marker != "none" or not between:
        return False
    is_titled = following.left_token < following.first_token and between[0] in AND
    is_title = len(between) <= 1 + _TITLE_WORDS and not (_STOPS | _GENITIVES) & set(between)
    return set(between) <= AND or (is_titled and is_title)
