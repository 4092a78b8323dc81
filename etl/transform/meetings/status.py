"""Read the status of a meeting (held, ongoing, planned, …) from the verb after the trigger."""

from dataclasses import dataclass
from itertools import pairwise
from typing import get_args

from etl.domain.article import Sentence
from etl.domain.hindi import fold_name
from etl.domain.meeting import Status
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.triggers import TriggerSpan

_STATUSES: dict[str, Status] = {status: status for status in get_args(Status)}
_FUTURE_ENDINGS = ("ूंगा", "ूंगी", "ेगा", "ेगी", "ेंगे", "ेंगी", "एगा", "एगी", "एंगे", "एंगी", "ोगा", "ोगी", "ोंगे", "ोंगी")
"""Endings of the future tense, all persons, genders and numbers."""
_NOT_FUTURE = frozenset(("आगे", "लगे", "मांगे", "जगे", "टांगे"))
"""Words with a future ending that are not future forms."""
_REACH = 8
"""Number of words after the trigger that are searched for its verb and auxiliaries."""
_INVERTED_REACH = 3
"""Number of words before the trigger that are searched for the verb of a headline.

"X से करेंगे द्विपक्षीय वार्ता" ("will hold bilateral talks with X").
"""
_CAME = ("गए", "गई", "आए", "आई", "पहुंच", "पहुच")
"""Prefixes of "went", "came", "arrived"."""
_PROGRESSIVE = frozenset(("रहा", "रहे", "रही"))
"""Auxiliary of the progressive ("-ing")."""
_PARTS = frozenset(("दिन", "चरण", "दौर", "सप्ताह", "हफ्ते", "पड़ाव", "पडाव", "भाग", "सत्र", "ही"))
"""Words before which "के पहले" means "the first … of", not "before".

"यात्रा के पहले चरण में" ("in the first stage of the visit").
"""
_PAST = frozenset(("था", "थे", "थी", "थीं"))
"""Hindi for "was", "were"."""
_PRESENT = frozenset(("है", "हैं"))
"""Hindi for "is", "are"."""
MENTIONED = "only_mentioned"
"""Rule of a status that is only a default: another report of the same meeting overrides it."""
_AFTER_IT = frozenset(("बाद", "दौरान", "साथ", "बीच", "पहले", "पूर्व", "लिए", "इतर", "वक्त", "समय"))
"""Words after "मुलाकात के": "after", "during", "before", "for". With them the phrase gives a time or a purpose."""
_LIGHT_VERBS = frozenset(
    ("दी", "दिया", "दिए", "दे", "देंगे", "ली", "लिया", "लिए", "ले", "लेंगे", "पाए", "पाया", "पाई")
)
"""Words after कर by which it is the stem of the main verb, not a converb ("having done")."""
_INTENDED = frozenset(("वाला", "वाले", "वाली"))
"""वाला after an infinitive: "about to"."""
_INTENDED_REACH = 4
"""Number of words before and after the trigger that are searched for वाला."""


@dataclass(frozen=True, slots=True)
class StatusReading:
    """The status and the rule that gave it; `is_historical` for a meeting reported as background."""

    status: Status
    rule: str
    is_historical: bool


def read_status(trigger: TriggerSpan, sentence: Sentence, lexicon: Lexicon) -> StatusReading | None:
    """Return the status of what a trigger reports; None if it is denied, wished for or only a condition."""
    words = [fold_name(token.text) for token in sentence.tokens]
    clause = words[trigger.clause_first : trigger.clause_last]
    verb = trigger.first_token if trigger.kind == "meet" else trigger.last_token
    after = words[verb : trigger.clause_last]
    exclusions = lexicon.cues("exclusion")
    if any(exclusions.get(word) == "clause" for word in clause):
        return None
    historical = bool(_PAST & set(after[:_REACH])) and any(
        word in lexicon.cues("historical") for word in clause
    )
    if _is_converb(after):
        status: Status = "planned" if any(is_future(word) for word in after) else "held"
        return StatusReading(status, "done_before", historical)
    cue = _cue(after[:_REACH], clause, lexicon.cues("status"))
    if cue and cue != "planned":
        return StatusReading(cue, f"cue_{cue}", historical)
    if any(exclusions.get(word) == "after" for word in after[:6]):
        return None
    if _is_only_mentioned(trigger, after):
        is_ahead = trigger.kind == "visit" and any(is_future(word) for word in after)
        return StatusReading("planned" if is_ahead else "held", MENTIONED, historical)
    inverted = words[max(trigger.clause_first, trigger.first_token - _INVERTED_REACH) : trigger.first_token]
    if any(is_future(word) for word in (*after[:_REACH], *inverted)):
        return StatusReading("planned", "future_tense", False)
    if cue == "planned" or _is_intended(words, trigger):
        return StatusReading("planned", "cue_planned", False)
    if _is_ahead(trigger, after):
        return StatusReading("planned", "still_ahead", False)
    is_present = bool(_PRESENT & set(after[:_REACH])) and not _PAST & set(after[:_REACH])
    if _PROGRESSIVE & set(after[:_REACH]) and is_present:
        return StatusReading("ongoing", "progressive", False)
    if trigger.kind == "visit" and ((after[:1] == ["पर"] and is_present) or _is_under_way(after)):
        return StatusReading("ongoing", "on_visit", False)
    return StatusReading("held", "past_or_default", historical)


def _is_under_way(after: list[str]) -> bool:
    """Return whether a visit is in progress; with था/थे ("was", "had") it is over.

    "यात्रा पर गए X" ("X, who is on a visit"), "यात्रा के चौथे दिन" ("on the fourth day of the visit").
    """
    if _PAST & set(after[:_REACH]):
        return False
    came = after[:1] == ["पर"] and any(word.startswith(_CAME) for word in after[1:4])
    return came or (after[:1] == ["के"] and after[2:3] == ["दिन"])


def _is_only_mentioned(trigger: TriggerSpan, after: list[str]) -> bool:
    """Return whether the meeting is only mentioned, so that the verb does not show its status.

    "मुलाकात के मायने" ("the meaning of the meeting"), "यात्रा के दौरान" ("during the visit"), "(यह पहली) यात्रा है" ("this
    is the first visit").
    """
    if trigger.kind == "visit":
        return after[:2] == ["के", "दौरान"] or after[:1] == ["है"]
    is_bare = not _AFTER_IT & set(after[1:3]) and not any(word.endswith("ने") for word in after[1:3])
    return after[:1] in (["के"], ["का"]) and is_bare


def _is_converb(after: list[str]) -> bool:
    """Return whether the meeting precedes the main verb, as a converb.

    "मुलाकात कर अपना पक्ष रखा" ("met … and stated his position"); not "मुलाकात कर रहे" ("are meeting").
    """
    if after[:1] not in (["कर"], ["करके"]) or len(after) < 2:
        return after[:1] == ["मिलकर"]
    return after[1] not in _LIGHT_VERBS and not after[1].startswith(("रह", "चुक", "सक"))


def _is_intended(words: list[str], trigger: TriggerSpan) -> bool:
    """Return whether वाला means "about to".

    "होने वाली (अहम) बैठक" ("upcoming meeting"), "मिलने वाले हैं" ("are about to meet"); not "काम करने वाले छात्रों से मुलाकात"
    ("meeting with students who work").
    """
    before = pairwise(words[max(0, trigger.first_token - _INTENDED_REACH) : trigger.first_token])
    after = pairwise(words[trigger.last_token : trigger.last_token + _INTENDED_REACH])
    return any(verb.startswith("हो") and word in _INTENDED for verb, word in before) or any(
        word in _INTENDED and verb in _PRESENT for word, verb in after
    )


def _is_ahead(trigger: TriggerSpan, after: list[str]) -> bool:
    """Return whether the meeting is in the future.

    "मुलाकात से ठीक पहले" ("just before the meeting"), "बैठक हो सकती है" ("a meeting is possible"), "यात्रा पर रवाना" ("left
    for a visit").
    """
    following = [word for word in after[:4] if word != "ठीक"]
    before_it = following[:2] in (["से", "पहले"], ["के", "पहले"]) and not _PARTS & set(following[2:3])
    may_be = any(word.startswith("सकत") for word in after[:_REACH]) and not _PAST & set(after[:_REACH])
    return before_it or may_be or (trigger.kind == "visit" and "रवाना" in after[:_REACH])


def _cue(after: list[str], clause: list[str], cues: dict[str, str]) -> Status | None:
    for word in after:
        if word in cues:
            return _STATUSES[cues[word]]
    return "planned" if any(cues.get(word) == "planned" for word in clause) else None


def is_future(word: str) -> bool:
    """Return whether a verb form has a future ending."""
    return word.endswith(_FUTURE_ENDINGS) and word not in _NOT_FUTURE
