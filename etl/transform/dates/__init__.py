"""Hindi time expressions in running text, resolved to calendar days.

`words` reads a text as a row of words, `rules` lists the rows that name a time, `grammar` finds them,
`meanings` says which days they mean, `periods` does the arithmetic. Pure: the anchor day is given.
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
        start_date: first day, inclusive; None for an expression that needs an anchor where none is known.
        end_date: last day, inclusive; equal to `start_date` for one day.
        precision: what the expression names: a day or days, a week, months, years; "none" without dates.
        method: the rule that read it, a stable snake_case name.
    """

    start_char: int
    end_char: int
    text: str
    start_date: date | None
    end_date: date | None
    precision: DatePrecision
    method: str


def find_time_expressions(text: str, anchor: date | None, tense: Tense) -> tuple[TimeExpression, ...]:
    """Find every time expression of a sentence, in order, the longest reading of each, none over another.

    Durations ("two days' visit"), clock times, recurring days and vague times ("recently", "these days") are
    no dates and are left out. Weeks run Monday to Sunday. A bare weekday is the last one on or before the
    anchor, with future tense the next one on or after it. A day or month without year lies in the year
    nearest to the anchor; where both neighbours are months away the tense decides.

    Args:
        text: a sentence, or any other text.
        anchor: the day relative expressions are counted from; None where nobody knows it.
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
