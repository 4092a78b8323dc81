"""Read the time of a meeting from the time expressions of its sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.domain.article import Sentence
from etl.domain.hindi import fold_name
from etl.domain.meeting import DatePrecision
from etl.transform.dates import Tense, TimeExpression, find_time_expressions
from etl.transform.meetings.status import StatusReading, is_future
from etl.transform.meetings.triggers import TriggerSpan


@dataclass(frozen=True, slots=True)
class When:
    """The resolved time of a meeting; without a time expression all dates are None and precision is "none".

    Attributes:
        start_date: first day, inclusive.
        end_date: last day, inclusive.
        precision: unit that the expression names.
        text: the expression, verbatim.
        method: name of the rule that read it.
        is_ahead: it begins after the anchor day (the day of publication).
    """

    start_date: date | None
    end_date: date | None
    precision: DatePrecision
    text: str | None
    method: str
    is_ahead: bool = False


_OTHER_EVENT = re.compile(r"(?: \S+){0,6}? (?:के|से) बाद(?= )|(?! को )(?: \S+){0,6}? (?:के|से) (?:पहले|पूर्व)(?= )")
"""Text after a time that dates another event.

"मई 2020 में सीमा भड़कने के बाद से" ("since the border conflict of May 2020"); not "शुक्रवार को सम्मेलन से पहले" ("on Friday, before
the summit").
"""
_CAME = ("गए", "गई", "गय", "आए", "आई", "आय", "पहुंचे", "पहुंची")
"""Prefixes of "went", "came", "arrived"."""
_NOT_NOW = frozenset(("था", "थे", "थी", "थीं", "तक", "बाद"))
"""Words of background and limits: the day of such a sentence is not the day of the sentences after it."""
_CLOSENESS: tuple[DatePrecision, ...] = ("none", "year", "month", "week", "day")
"""Precisions from coarse to fine."""
NO_TIME = When(None, None, "none", None, "none")


def read_when(trigger: TriggerSpan, sentence: Sentence, status: StatusReading, anchor: date | None) -> When:
    """Return the time expression nearest to the trigger in its clause, else the nearest one before the trigger."""
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
    if chosen is None or _dates_the_main_verb(chosen, trigger, sentence, status, at):
        return NO_TIME
    return _when(chosen, chosen.method, anchor)


def read_day(sentence: Sentence, anchor: date | None) -> When:
    """Return the day of a sentence about the past, the last if it gives several; `NO_TIME` if it gives none."""
    words = {fold_name(token.text) for token in sentence.tokens}
    if words & _NOT_NOW or any(is_future(word) for word in words):
        return NO_TIME
    days = [
        expression
        for expression in find_time_expressions(sentence.text, anchor, "past")
        if expression.precision == "day" and expression.start_date == expression.end_date
    ]
    if not days:
        return NO_TIME
    return _when(days[-1], f"told_before_{days[-1].method}", anchor)


def finer(known: When, new: When) -> When:
    """Return the time with the smaller unit (a day rather than a week or month); of equals `known`."""
    return max(known, new, key=lambda when: _CLOSENESS.index(when.precision))


def _when(expression: TimeExpression, method: str, anchor: date | None) -> When:
    first, last = expression.start_date, expression.end_date
    is_ahead = first is not None and anchor is not None and first > anchor
    return When(first, last, expression.precision, expression.text, method, is_ahead)


def _dates_the_main_verb(
    chosen: TimeExpression, trigger: TriggerSpan, sentence: Sentence, status: StatusReading, at: int
) -> bool:
    """Return whether a time dates the main verb and not the meeting that the sentence mentions.

    There are three cases:
    a future event in the clause before, "आज X जाएंगे, कल Y से मिले थे" ("today X will go, yesterday they met Y");
    an invitation, "पिछले महीने X ने Y से मिलने का न्योता स्वीकार किया" ("last month X accepted an invitation to meet Y");
    another event during a visit, "भारत दौरे पर आए X आज Y से मिलेंगे" ("X, on a visit to India, will meet Y today").
    """
    between = {fold_name(word) for word in sentence.text[chosen.end_char : at].split()}
    if status.status == "held" and any(is_future(word) for word in between):
        return True
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
