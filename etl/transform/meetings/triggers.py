"""Find triggers: the words of a sentence that may report a meeting."""

from collections.abc import Iterator
from dataclasses import dataclass

from etl.domain.article import Sentence, Token
from etl.domain.hindi import fold_name
from etl.domain.seeds import TriggerKind
from etl.transform.lexicon import Lexicon, Words, longest_match

_BREAKS = frozenset(("कि", "लेकिन", "मगर", "परंतु", "किंतु", "जबकि", "हालांकि", "क्योंकि", "ताकि", "वहीं", "तो"))
_BREAKS |= frozenset(("जो", "जिसमें", "जिसके", "जहां", ";", ".", "।", "?", "!"))
"""Conjunctions, relative pronouns and end marks that begin or end a clause."""
_OCCASIONS = frozenset((("के", "इतर"), ("से", "इतर"), ("के", "मौके"), ("के", "अवसर")))
"""Hindi for "on the sidelines of", "on the occasion of": the word before is an event, not the reported meeting."""
_HAPPENED = frozenset(("हुई", "की", "रही", "द्विपक्षीय"))
"""Words before "चर्चा में" by which it means "in the talks", not "in the news"."""
_MUTUAL = frozenset(("मिले", "मिलीं", "मिलेंगे", "मिलेंगी"))
"""Plural forms of मिलना that may mean "met each other"."""
_PLAIN_TALK = frozenset(("बात", "बातें"))
"""Hindi for "talk", which is a trigger only with a verb of `_TALK_VERBS`."""
_MOTION = (
    "आ",
    "गए",
    "गई",
    "गय",
    "जा",
    "पहुंच",
    "पहुच",
    "रवाना",
    "है",
    "थ",
    "रह",
    "होंग",
    "होग",
    "निकल",
)
"""Prefixes of words after "यात्रा पर" ("on a visit") that show that a person travels; else "पर" means "about"."""
_TALK_VERBS = ("कर", "की", "किया", "करे", "करें", "हुई", "हो", "रख")
"""Prefixes of "do", "happen", "put" after बात ("had talks")."""


@dataclass(frozen=True, slots=True)
class TriggerSpan:
    """A trigger and the clause around it, as half-open token ranges."""

    kind: TriggerKind
    first_token: int
    last_token: int
    clause_first: int
    clause_last: int


def mentions_trigger(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Return whether a sentence may have a trigger; True for every sentence in which `find_triggers` finds one.

    It needs no tags, so it selects the sentences to tag.
    """
    words = Words.of(sentence).folded
    return any(longest_match(lexicon.triggers, words, start, 3) for start in range(len(words)))


def find_triggers(sentence: Sentence, lexicon: Lexicon) -> Iterator[TriggerSpan]:
    """Yield the triggers in order, without words that mean something else (प्रेस वार्ता "press conference")."""
    words = Words.of(sentence)
    before = lexicon.cues("exclusion")
    start = 0
    while start < len(words.folded):
        match = longest_match(lexicon.triggers, words.folded, start, 3)
        if match is None:
            start += 1
            continue
        end, kind = match
        first, last = words.tokens[start], words.tokens[end - 1] + 1
        if not _is_something_else(words, start, end, kind, before):
            yield TriggerSpan(kind, first, last, *_clause(sentence, first, last))
        start = end


def _is_something_else(
    words: Words, start: int, end: int, kind: TriggerKind, exclusions: dict[str, str]
) -> bool:
    previous = words.folded[start - 1] if start else ""
    following = words.folded[end : end + 2]
    if following in _OCCASIONS:
        return True
    if exclusions.get(previous) == "before":
        return True
    if following[:1] in (("में",), ("का",)) and words.folded[start] == "चर्चा" and previous not in _HAPPENED:
        return True
    if words.folded[start] == "भेंट" and following[:1] and following[0].startswith("चढ"):
        return True
    if words.folded[start] in _PLAIN_TALK:
        return not any(word.startswith(_TALK_VERBS) for word in following)
    if kind == "visit" and following[:1] == ("पर",):
        return not any(word.startswith(_MOTION) for word in words.folded[end + 1 : end + 6])
    return kind == "meet" and not _has_partner(words, start)


def _has_partner(words: Words, start: int) -> bool:
    """Return whether मिल- means "meet", not "get": से is before it, or "X और Y … मिले" ("X and Y met") without को."""
    before = words.folded[:start]
    is_mutual = words.folded[start] in _MUTUAL and {"और", "दोनों"} & set(before) and "को" not in before
    return "से" in before or bool(is_mutual)


def _clause(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    start, end = first, last
    while start > 0 and not _breaks_before(sentence, start):
        start -= 1
    while end < len(sentence.tokens) and not _breaks_before(sentence, end):
        end += 1
    return start, end


def _breaks_before(sentence: Sentence, index: int) -> bool:
    """Return whether a new clause begins at `index`: at a conjunction or stop, or after a verb and "और" or a comma.

    The verb may precede its noun, as in headlines: "बैठक में लेंगे हिस्सा, …" ("will attend the meeting, …").
    """
    if _is_break(sentence, index) or _is_break(sentence, index - 1) or _ends_before(sentence, index):
        return True
    if index < 3 or sentence.tokens[index - 1].text not in ("और", ",", "तथा"):
        return False
    verb, before = sentence.tokens[index - 3], sentence.tokens[index - 2]
    return _is_finite(before) or (
        before.upos == "NOUN" and verb.upos == "VERB" and "Tense=Fut" in (verb.feats or "")
    )


def _ends_before(sentence: Sentence, index: int) -> bool:
    """Return whether "… होने के बाद" ("after …") ends right before `index`, where another event begins."""
    return [token.text for token in sentence.tokens[max(0, index - 3) : index]] == ["होने", "के", "बाद"]


def _is_break(sentence: Sentence, index: int) -> bool:
    """Return whether the token is a conjunction or stop and not part of a name (जो बाइडेन, एस. जयशंकर)."""
    token = sentence.tokens[index]
    is_break = (fold_name(token.text) or token.text) in _BREAKS
    return is_break and not any(m.start_char <= token.start_char < m.end_char for m in sentence.mentions)


def _is_finite(token: Token) -> bool:
    feats = token.feats or ""
    return token.upos in ("VERB", "AUX") and ("Tense=" in feats or "Aspect=Perf" in feats)
