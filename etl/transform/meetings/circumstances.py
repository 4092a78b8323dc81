"""Read mode, CAMEO cue, occasion and contexts of a meeting."""

from collections import Counter
from collections.abc import Mapping, Sequence

from etl.domain.article import Sentence
from etl.domain.hindi import fold_name
from etl.domain.meeting import Context, Mode
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.actors import Actor
from etl.transform.meetings.cast import Cast
from etl.transform.meetings.third_parties import is_hosted_by_third
from etl.transform.meetings.triggers import TriggerSpan


def read_mode(
    trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor], lexicon: Lexicon, cast: Cast
) -> Mode | None:
    """Return the mode of a meeting, or None.

    A visit or reception has the mode "visit"; else cues in the clause decide, an intergovernmental organisation or
    summit in it means "multilateral", and a third country that is named as the host means "third-party".
    """
    if cast.is_visit or cast.rule == "host_guest":
        return "visit"
    cues = lexicon.cues("mode")
    first = _after_another_event(trigger, sentence)
    clause = [fold_name(t.text) for t in sentence.tokens[first : trigger.clause_last]]
    found = {cues[word] for word in clause if word in cues}
    frames = [a for a in actors if a.is_gathering and first <= a.first_token < trigger.last_token]
    found |= {"multilateral"} if frames else set()
    if "phone" in found:
        return "phone"
    if "multilateral" in found:
        return "multilateral"
    if is_hosted_by_third(trigger, sentence, actors, cast):
        return "third-party"
    return "visit" if "visit" in found else None


def _after_another_event(trigger: TriggerSpan, sentence: Sentence) -> int:
    """Return the first token of the clause that is about this meeting and not about another event.

    It is after "सम्मेलन से पहले" ("before the summit"), "यात्रा के बाद" ("after the visit") and the like.
    """
    words = [fold_name(token.text) for token in sentence.tokens[: trigger.first_token]]
    ends = [
        index + 2
        for index in range(trigger.clause_first, len(words) - 1)
        if words[index] in ("के", "से") and words[index + 1] in ("पहले", "पूर्व", "बाद")
    ]
    return ends[-1] if ends else trigger.clause_first


def read_cameo_cue(sentence: Sentence, lexicon: Lexicon) -> str | None:
    """Return CAMEO code 045 (mediate) or 046 (negotiate) if the sentence has a cue for it, or None."""
    text = fold_name(sentence.text)
    return next((value for cue, value in lexicon.cues("cameo").items() if cue in text), None)


def read_occasion(trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor]) -> str | None:
    """Return the event at which the meeting takes place, verbatim: the words before "के इतर" ("on the sidelines of")."""
    words = [fold_name(token.text) for token in sentence.tokens]
    for index in range(trigger.clause_first, trigger.clause_last - 1):
        pair = (words[index], words[index + 1])
        if pair in (("के", "इतर"), ("से", "इतर"), ("के", "मौके"), ("के", "दौरान")):
            return _phrase_before(sentence, words, index, actors)
    return None


def _phrase_before(sentence: Sentence, words: list[str], end: int, actors: Sequence[Actor]) -> str | None:
    """Return the noun phrase that ends before token `end`, from its first name on, if it names a gathering."""
    if not {"सम्मेलन", "बैठक", "महासभा", "शिखर", "समिट"} & set(words[max(0, end - 3) : end]):
        return None
    starts = [actor.left_token for actor in actors if 0 < end - actor.last_token <= 5]
    first = min(starts, default=max(0, end - 2))
    head = sentence.tokens[first].start_char - sentence.start_char
    tail = sentence.tokens[end - 1].end_char - sentence.start_char
    return sentence.text[head:tail]


def count_words(article_text: str) -> Counter[str]:
    """Return how often each folded word occurs in an article."""
    return Counter(fold_name(article_text).split())


def read_contexts(sentence: Sentence, counts: Mapping[str, int], lexicon: Lexicon) -> tuple[Context, ...]:
    """Return PLOVER's contexts: those with a cue in the sentence, then those with a cue twice in the article.

    Args:
        sentence: the sentence that reports the meeting.
        counts: see `count_words`.
        lexicon: the cues.
    """
    cues = lexicon.cues("context")
    in_sentence = {cues[word] for token in sentence.tokens if (word := fold_name(token.text)) in cues}
    in_article = {value for cue, value in cues.items() if counts.get(cue, 0) >= 2} - in_sentence
    return (
        *(Context(code, "sentence") for code in sorted(in_sentence)),
        *(Context(code, "article") for code in sorted(in_article)),
    )
