"""Read the case marker after a name, which shows its role in the sentence."""

from collections.abc import Collection, Sequence
from typing import Literal

from etl.transform.dates.words import read_words
from etl.transform.lexicon import Lexicon

Marker = Literal["ne", "se", "saath", "beech", "ko", "genitive", "locative", "path", "other", "none"]
"""Case of an actor.

ne ने; se से; saath के साथ; beech के बीच; ko को; genitive का/की/के; locative में/पर/स्थित; path: a verb of motion (पहुंच-, जा-,
आ-) beside it; other: a marker of an actor that does not take part; none: no marker.
"""
_TIMES = frozenset(("WEEKDAY", "MONTH", "MARCH", "TODAY", "KAL", "YEAR"))
"""Kinds of words before को that are a time, not an object: "के बीच सोमवार को बैठक" ("meeting between … on Monday")."""
_DELEGATION_REACH = 4
"""Number of words after a name that are searched for the noun of a delegation."""
_NOT_WITH = frozenset(
    ("इतर", "पहले", "पूर्व", "लेकर", "जुड़े", "जुड़ी", "संबंधित", "बाहर", "अधिक", "ज्यादा", "लगी", "सटे")
)
"""Words after से by which it does not mark a partner.

"सम्मेलन से इतर" ("on the sidelines of the summit"), "चीन से लगी सीमा" ("border with China").
"""
_SAYING = frozenset(("कहना", "मानना", "दावा"))
"""Words after "X का" that make X the subject, as ने does: "X का कहना है" ("X says")."""
_COMPOUNDS = frozenset(("अलावा", "अतिरिक्त", "खिलाफ", "विरुद्ध", "मुताबिक", "अनुसार", "लिए", "बारे", "प्रति"))
_COMPOUNDS |= frozenset(("कारण", "चलते", "बजाय", "जरिए", "पास"))
"""Words that form a compound postposition with के: the name before it is not an owner."""
_COMPANY = frozenset(("सहित", "समेत", "और", "तथा", "एवं", "व", "जैसे"))
"""Words after a name that add unnamed people: "including", "and", "such as"."""
_OTHERS = frozenset(("अन्य", "कई", "तमाम", "दूसरे", "अनेक", "कुछ", "सभी", "विभिन्न", "वरिष्ठ", "शीर्ष", "बड़े", "बडे"))
_OTHERS |= frozenset(("केंद्रीय", "पार्टी", "सरकारी", "आला", "उच्च", "शामिल", "दलों", "के"))
"""Adjectives of unnamed people: "other", "many", "all", "senior", "central", "government"."""
_COMPANY_REACH = 6
"""Number of words that are searched for the noun of unnamed people."""
_RANKS = frozenset(("विदेश", "रक्षा", "गृह", "वित्त", "वाणिज्य", "उच्च", "शीर्ष", "वरिष्ठ", "मुख्य"))
"""Words before the noun of a delegation: "foreign", "defence", "finance", "trade", "high", "senior", "chief"."""
_LEADING = frozenset(("नेतृत्व", "अगुवाई", "अगुआई"))
"""Hindi for "leadership" in "X के नेतृत्व में" ("led by X")."""
_LED_REACH = 10
"""Number of words after `_LEADING` that are searched for the delegation."""
_LOCATIVES = frozenset(("में", "पर", "स्थित"))
"""Hindi for "in", "at", "located in"."""
_HOMES = frozenset(("घर", "आवास", "निवास", "कार्यालय", "दफ्तर"))
"""Hindi for "house", "residence", "office"."""
_WENT = frozenset(("जाकर", "पहुंचकर", "पहुंच"))
"""Hindi for "having gone", "having arrived"."""
GENITIVES = frozenset(("का", "की", "के"))
"""Forms of the genitive marker ("of", "'s")."""


def leads_to_bond(words: Sequence[str], at: int) -> bool:
    """Return whether के बीच at token `at` belongs to a noun: "के बीच मित्रता के …" ("of friendship between …")."""
    return bool(GENITIVES & set(words[at + 2 : at + 3])) or any(
        words[place] == "को" and read_words(words[place - 1])[0].kind not in _TIMES
        for place in range(at + 2, min(at + 4, len(words)))
    )


def read_case(words: Sequence[str], start: int, lexicon: Lexicon) -> tuple[Marker, int]:
    """Read the case of a phrase that ends before token `start`, or of the people who represent it.

    Returns:
        The case, and the index of the last word of its marker.
    """
    marker, at = read_marker(words, start)
    if marker in ("genitive", "none"):
        return read_delegation(words, start, lexicon.cues("delegation").keys()) or (marker, at)
    return marker, at


def read_delegation(
    words: Sequence[str], start: int, delegations: Collection[str]
) -> tuple[Marker, int] | None:
    """Read the case of the people who represent an organisation or country.

    "ब्रिक्स देशों के नेताओं से" ("with the leaders of the BRICS countries").
    """
    at, reach = start, min(start + _DELEGATION_REACH, len(words))
    while at < reach and (words[at] in delegations or words[at] in GENITIVES or words[at] in _RANKS):
        at += 1
    while at > start and words[at - 1] not in delegations:
        at -= 1
    if at == start:
        return None
    marker, marker_at = read_marker(words, at)
    return (marker, marker_at) if marker in ("ne", "se", "saath", "beech") else None


def read_led(words: Sequence[str], start: int, delegations: Collection[str]) -> tuple[Marker, int] | None:
    """Read the case of a delegation that a person leads.

    "X के नेतृत्व में पार्टी के प्रतिनिधिमंडल ने" ("a delegation of the party led by X").
    """
    if not _LEADING & set(words[start : start + 1]):
        return None
    for at in range(start + 1, min(start + _LED_REACH, len(words))):
        if words[at] in delegations or words[at] in ("मंडल", "दल"):
            marker, marker_at = read_marker(words, at + 1)
            if marker in ("ne", "se", "saath", "beech"):
                return marker, marker_at
    return None


def read_home(words: Sequence[str], genitive: int) -> tuple[Marker, int] | None:
    """Read "X के घर जाकर" ("going to X's home") as से: the visitor met X."""
    goes = words[genitive + 1 : genitive + 2]
    went = words[genitive + 2 : genitive + 4]
    if goes and goes[0] in _HOMES and any(word in _WENT for word in went):
        return "se", genitive
    return None


def read_company(words: Sequence[str], start: int, delegations: Collection[str]) -> tuple[Marker, int] | None:
    """Read the case that a name shares with unnamed people.

    "X सहित अन्य अधिकारियों के साथ" ("with other officials, including X"), "X और कई नेताओं ने" ("X and many leaders").
    """
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
    marker, marker_at = read_marker(words, at + 1)
    return (marker, marker_at) if marker in ("ne", "se", "saath", "beech") else None


def read_marker(words: Sequence[str], start: int) -> tuple[Marker, int]:
    """Read the case marker at token `start`.

    Returns:
        The case, and the index of the last word of its marker; of the token before `start` if there is none.
    """
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
    if here in GENITIVES:
        return "genitive", at
    if here in _LOCATIVES:
        return "locative", at
    if here.startswith(
        ("पहुंच", "पहुच", "गए", "रुके", "रुकी", "गई", "आए", "आई", "आएंग", "आयें", "जाएंग", "जायें", "रवाना")
    ):
        return "path", at
    return "none", max(at - 1, start - 1)
