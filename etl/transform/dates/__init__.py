"""Find Hindi time expressions in text and resolve them to calendar days.

words       text → words with their kinds (DAY, MONTH, …)
rules       patterns of kinds of words that are time expressions
grammar     matches the rules against a text
rule_match  one match, as the meanings read it
meanings    match → days
periods     calendar arithmetic

All functions are pure: the anchor day is an argument.
"""

from dataclasses import dataclass
from datetime import date

from etl.domain.meeting import DatePrecision
from etl.transform.dates.grammar import Reading, read_expressions
from etl.transform.dates.periods import Tense
from etl.transform.dates.words import Word, read_words

__all__ = ["Tense", "TimeExpression", "find_time_expressions"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time expression of a text.

    Attributes:
        start_char: code points, half-open with `end_char`, into the text that was searched.
        text: the expression, verbatim, without postpositions (को, में, तक).
        start_date: first day, inclusive; None if the expression is relative and no anchor is known, or if the days
            are outside the years 1900 to 2100.
        end_date: last day, inclusive; equal to `start_date` for one day.
        precision: unit that the expression names: days, a week, months or years; "none" without dates.
        method: name of the rule that matched, stable, in snake_case.
    """

    start_char: int
    end_char: int
    text: str
    start_date: date | None
    end_date: date | None
    precision: DatePrecision
    method: str


def find_time_expressions(text: str, anchor: date | None, tense: Tense) -> tuple[TimeExpression, ...]:
    """Return the time expressions of a text in order, the longest match at each place, without overlaps.

    Durations ("two days' visit"), clock times, recurring days and vague times ("recently", "these days") are not
    dates and are skipped. Weeks run Monday to Sunday. A weekday alone is the last one on or before the anchor; with
    future tense it is the next one on or after the anchor. A day or month without a year is in the year nearest to
    the anchor; if both candidates are months away, the tense decides.

    Args:
        text: a sentence, or any other text.
        anchor: day from which relative expressions are counted; None if it is not known.
        tense: of the statement that the expressions date; "unknown" reads कल and weekdays as past.
    """
    words = read_words(text)
    return tuple(_make_expression(text, words, reading) for reading in read_expressions(words, anchor, tense))


def _make_expression(text: str, words: list[Word], reading: Reading) -> TimeExpression:
    start_char, end_char = words[reading.first].start_char, words[reading.end - 1].end_char
    quote = text[start_char:end_char]
    if reading.period is None:
        return TimeExpression(start_char, end_char, quote, None, None, "none", reading.method)
    return TimeExpression(start_char, end_char, quote, *reading.period, reading.method)
