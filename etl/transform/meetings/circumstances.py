"""When, where and on what occasion: what the reporting sentence says around a meeting."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from etl.models import Context, DatePrecision, Mode, Sentence, fold_name
from etl.transform.dates import Tense, TimeExpression, find_time_expressions
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.actors import Actor
from etl.transform.meetings.participants import Cast
from etl.transform.meetings.status import StatusReading
from etl.transform.meetings.triggers import TriggerSpan


@dataclass(frozen=True, slots=True)
class When:
    """The resolved time of a meeting; all None, `none` where the sentence gives no expression."""

    start_date: date | None
    end_date: date | None
    precision: DatePrecision
    text: str | None
    method: str


@dataclass(frozen=True, slots=True)
class Where:
    """The scene, verbatim, and the entity it names."""

    place_hi: str | None
    entity_id: str | None
    method: str


_OTHER_EVENT = re.compile(r"(?: \S+){0,6}? (?:के|से) बाद(?= )|(?! को )(?: \S+){0,6}? (?:के|से) (?:पहले|पूर्व)(?= )")
"""What follows a time that dates something else: "मई 2020 में सीमा भड़कने के बाद से", not "शुक्रवार को सम्मेलन से पहले"."""
_CAME = ("गए", "गई", "गय", "आए", "आई", "आय", "पहुंचे", "पहुंची")
_ELSEWHERE = frozenset((("के", "बाद"), ("के", "लिए"), ("के", "चलते"), ("को", "लेकर"), ("के", "कारण")))
_OF_BUILDINGS = frozenset(("सरकारी", "राजकीय", "आधिकारिक", "निजी", "पैतृक", "प्रदेश", "राष्ट्रीय", "नए", "पुराने"))
_OWNERS = frozenset(("उनके", "अपने", "उनकी", "अपनी"))
_NO_NAMES = frozenset(("इस", "उस", "एक", "इसी", "उसी", "अन्य", "कई", "ने", "को", "से", "में", "पर", "और", "बाद"))
NO_TIME = When(None, None, "none", None, "none")
NO_PLACE = Where(None, None, "none")


def read_when(trigger: TriggerSpan, sentence: Sentence, status: StatusReading, anchor: date | None) -> When:
    """Take the time expression nearest to the trigger in its clause, else the sentence's only one before it."""
    tense: Tense = "future" if status.status in ("planned", "requested", "postponed") else "past"
    at = sentence.tokens[trigger.first_token].start_char - sentence.start_char
    expressions = [
        expression
        for expression in find_time_expressions(sentence.text, anchor, tense)
        if not _OTHER_EVENT.match(sentence.text, expression.end_char, at)
    ]
    first = sentence.tokens[trigger.clause_first].start_char - sentence.start_char
    last = sentence.tokens[trigger.clause_last - 1].end_char - sentence.start_char
    inside = [e for e in expressions if first <= e.start_char < last]
    chosen = _nearest(inside, at) or _nearest([e for e in expressions if e.end_char <= at], at)
    if chosen is None or _dates_the_telling(chosen, trigger, sentence, status, at):
        return NO_TIME
    return When(chosen.start_date, chosen.end_date, chosen.precision, chosen.text, chosen.method)


def _dates_the_telling(
    chosen: TimeExpression, trigger: TriggerSpan, sentence: Sentence, status: StatusReading, at: int
) -> bool:
    """Whether a time belongs to the main verb and not to the meeting that its sentence mentions in passing.

    So with an invitation ("पिछले महीने X ने Y से मिलने का न्योता स्वीकार किया") and with a visit on which something
    else is done ("भारत दौरे पर आए X आज Y से मिलेंगे").
    """
    between = {fold_name(word) for word in sentence.text[chosen.end_char : at].split()}
    if status.rule == "cue_planned" and chosen.end_char <= at and "ने" in between:
        return True
    if trigger.kind != "visit":
        return False
    words = [fold_name(t.text) for t in sentence.tokens[trigger.last_token : trigger.last_token + 3]]
    return (
        chosen.start_char > at and words[:1] == ["पर"] and any(word.startswith(_CAME) for word in words[1:])
    )


def _nearest(expressions: Sequence[TimeExpression], at: int) -> TimeExpression | None:
    dated = [expression for expression in expressions if expression.start_date] or list(expressions)
    return min(dated, key=lambda e: (e.start_char > at, abs(e.start_char - at)), default=None)


def read_where(
    trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor], lexicon: Lexicon, cast: Cast
) -> Where:
    """Take the building, else the place marked में or पर (or reached) nearest to the trigger; of a visit, the host."""
    building = _read_building(trigger, sentence, actors, lexicon)
    if building and cast.rule != "visit_country":
        return building
    taken = {part.actor.entity_id for part in cast.parts}
    people = min((part.actor.first_token for part in cast.parts), default=trigger.first_token)
    host = next(
        (part.actor for part in cast.parts if part.role == "recipient" and part.actor.kind == "LOC"), None
    )
    scenes = [
        actor
        for actor in actors
        if actor.kind == "LOC"
        and trigger.clause_first <= actor.first_token < trigger.clause_last
        and actor.marker in ("locative", "path")
        and not actor.is_modifier
        and actor.entity_id not in taken
        and (actor.first_token > people or _is_scene(actor, trigger, sentence, actors))
    ]
    scene = min(scenes, key=lambda actor: abs(actor.first_token - trigger.first_token), default=host)
    if scene is None:
        return NO_PLACE
    return _name_scene(sentence, scene, "host" if scene is host else f"case_{scene.marker}")


def read_whereabouts(sentence: Sentence, actors: Sequence[Actor]) -> dict[str, Where]:
    """Return where the sentence says that people went, by entity id ("विदेश मंत्री X कोलंबो पहुंचीं").

    A country is too wide to be where two people met.
    """
    travellers = [
        actor
        for actor in actors
        if actor.kind == "PER" and not actor.is_modifier and actor.marker in ("ne", "none")
    ]
    goals = [
        actor
        for actor in actors
        if actor.kind == "LOC" and actor.marker == "path" and not actor.is_modifier and not _is_country(actor)
    ]
    if not goals or not travellers:
        return {}
    goal = _name_scene(sentence, goals[-1], "whereabouts")
    nearest = min(travellers, key=lambda actor: abs(actor.first_token - goals[-1].first_token))
    return {actor.entity_id: goal for actor in travellers if actor.group == nearest.group}


def _is_country(actor: Actor) -> bool:
    return (actor.resolved.entity.gazetteer_id or "").startswith("country/")


def _name_scene(sentence: Sentence, scene: Actor, method: str) -> Where:
    head = sentence.tokens[scene.first_token].start_char - sentence.start_char
    tail = sentence.tokens[scene.last_token - 1].end_char - sentence.start_char
    return Where(sentence.text[head:tail], scene.entity_id, method)


def _read_building(
    trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor], lexicon: Lexicon
) -> Where | None:
    """Read "राजनाथ सिंह के आवास पर", "राष्ट्रपति भवन में": whose house it is, or what its name is, comes along."""
    words = [fold_name(token.text) for token in sentence.tokens]
    buildings = lexicon.cues("place")
    found = [
        index
        for index in range(trigger.clause_first, trigger.clause_last - 1)
        if words[index] in buildings and words[index + 1] in ("में", "पर")
    ]
    if not found:
        return None
    index = min(found, key=lambda place: abs(place - trigger.first_token))
    first = _start_of_building(words, index, actors)
    if first is None:
        return None
    head, tail = sentence.tokens[first].start_char, sentence.tokens[index].end_char
    return Where(sentence.text[head - sentence.start_char : tail - sentence.start_char], None, "building")


def _start_of_building(words: Sequence[str], index: int, actors: Sequence[Actor]) -> int | None:
    owned = index - 1
    while owned > 0 and words[owned] in _OF_BUILDINGS:
        owned -= 1
    if words[owned] in _OWNERS:
        return owned
    if words[owned] in ("के", "की", "का"):
        return next((actor.first_token for actor in actors if actor.last_token == owned), None)
    return owned if owned == index - 1 and words[owned] and words[owned] not in _NO_NAMES else None


def _leads_elsewhere(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a place belongs to what the meeting comes after or serves: "हिमाचल में … की हार के बाद"."""
    words = [fold_name(token.text) for token in sentence.tokens[start:end]]
    return any(pair in _ELSEWHERE for pair in pairwise(words))


def _is_scene(place: Actor, trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor]) -> bool:
    """Whether a time, somebody, or the trigger follows a sentence's first place; else it is another thing's scene."""
    following = place.marker_token + 1
    if _leads_elsewhere(sentence, following, trigger.first_token):
        return False
    starts = [actor.left_token for actor in actors] + [trigger.first_token - 1, trigger.first_token - 2]
    if place.marker == "path" or any(following <= start <= following + 1 for start in starts):
        return True
    at = sentence.tokens[min(following, len(sentence.tokens) - 1)].start_char
    return any(m.label == "DATE" and m.start_char <= at < m.end_char for m in sentence.mentions)


def read_mode(
    trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor], lexicon: Lexicon, cast: Cast
) -> Mode | None:
    """Read the mode from cues in the clause, or an IGO that holds the meeting; a cast found as a visit is one."""
    if cast.rule in ("visit_country", "host_guest"):
        return "visit"
    cues = lexicon.cues("mode")
    clause = [fold_name(t.text) for t in sentence.tokens[trigger.clause_first : trigger.clause_last]]
    found = {cues[word] for word in clause if word in cues}
    frames = [
        a for a in actors if a.is_gathering and trigger.clause_first <= a.first_token < trigger.last_token
    ]
    found |= {"multilateral"} if frames else set()
    for mode in ("phone", "multilateral", "visit"):
        if mode in found:
            return mode
    return None


def read_cameo_cue(sentence: Sentence, lexicon: Lexicon) -> str | None:
    """Return 045 or 046 where the sentence speaks of mediation or negotiation."""
    text = fold_name(sentence.text)
    return next((value for cue, value in lexicon.cues("cameo").items() if cue in text), None)


def read_occasion(trigger: TriggerSpan, sentence: Sentence, actors: Sequence[Actor]) -> str | None:
    """Return the summit or event on whose sidelines the meeting is: the words before "के इतर" and the like."""
    words = [fold_name(token.text) for token in sentence.tokens]
    for index in range(trigger.clause_first, trigger.clause_last - 1):
        pair = (words[index], words[index + 1])
        if pair in (("के", "इतर"), ("से", "इतर"), ("के", "मौके"), ("के", "दौरान")):
            return _phrase_before(sentence, words, index, actors)
    return None


def _phrase_before(sentence: Sentence, words: list[str], end: int, actors: Sequence[Actor]) -> str | None:
    """Return the noun phrase that ends before token `end` if it names a gathering, from its first name on."""
    if not {"सम्मेलन", "बैठक", "महासभा", "शिखर", "समिट"} & set(words[max(0, end - 3) : end]):
        return None
    starts = [actor.left_token for actor in actors if 0 < end - actor.last_token <= 5]
    first = min(starts, default=max(0, end - 2))
    head = sentence.tokens[first].start_char - sentence.start_char
    tail = sentence.tokens[end - 1].end_char - sentence.start_char
    return sentence.text[head:tail]


def read_contexts(sentence: Sentence, article_text: str, lexicon: Lexicon) -> tuple[Context, ...]:
    """Return PLOVER's contexts by cue words: of the sentence, then those the whole article repeats."""
    cues = lexicon.cues("context")
    in_sentence = {cues[word] for token in sentence.tokens if (word := fold_name(token.text)) in cues}
    folded = fold_name(article_text).split()
    in_article = {value for cue, value in cues.items() if folded.count(cue) >= 2} - in_sentence
    return (
        *(Context(code, "sentence") for code in sorted(in_sentence)),
        *(Context(code, "article") for code in sorted(in_article)),
    )
