"""Calendar arithmetic: days, weeks, months and years around an anchor day."""

from collections.abc import Callable
from datetime import date, timedelta
from math import floor
from typing import Literal, NamedTuple

from etl.domain.meeting import DatePrecision

Tense = Literal["past", "future", "unknown"]

_DAY = timedelta(days=1)
_YEARS_TO_LOOK_AROUND = 8  # 29 February may be eight years away (1896, 1904)


class Period(NamedTuple):
    """Whole days from `start` to `end`, both inclusive, and the unit that the text named."""

    start: date
    end: date
    precision: DatePrecision


def one_day(day: date) -> Period:
    """Return a period of a single day."""
    return Period(day, day, "day")


def week_of(day: date) -> Period:
    """Return the week of a day, Monday to Sunday."""
    monday = day - day.weekday() * _DAY
    return Period(monday, monday + 6 * _DAY, "week")


def month_of(year: int, month: int) -> Period:
    """Return a calendar month; a `month` outside 1 to 12 counts into the years before or after."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    in_next_month = first + 31 * _DAY
    return Period(first, in_next_month.replace(day=1) - _DAY, "month")


def years(first: int, last: int) -> Period:
    """Return the calendar years from `first` to `last`."""
    return Period(date(first, 1, 1), date(last, 12, 31), "year")


def fiscal_year(first: int) -> Period:
    """Return India's fiscal year that begins in April of `first`."""
    return Period(date(first, 4, 1), date(first + 1, 3, 31), "year")


def span(first: Period, last: Period) -> Period | None:
    """Return the period from `first` to `last`, None if they are in the wrong order."""
    return Period(first.start, last.end, last.precision) if first.start <= last.end else None


def shift_months(anchor: date, months: float) -> Period:
    """Return the month at a distance of `months` from the anchor; halves count from the day within its month."""
    return month_of(1, 1 + floor(_months_since_year_one(anchor) + months))


def shift_years(anchor: date, count: float) -> Period:
    """Return the calendar year at a distance of `count` years from the anchor."""
    year = 1 + floor(_months_since_year_one(anchor) / 12 + count)
    return years(year, year)


def weekday_before(anchor: date, weekday: int) -> date:
    """Return the last day on or before the anchor with this weekday (Monday = 0)."""
    return anchor - (anchor.weekday() - weekday) % 7 * _DAY


def weekday_after(anchor: date, weekday: int) -> date:
    """Return the first day on or after the anchor with this weekday (Monday = 0)."""
    return anchor + (weekday - anchor.weekday()) % 7 * _DAY


def nearest_year(in_year: Callable[[int], Period], anchor: date, tense: Tense) -> Period | None:
    """Return the period in the year for which it is nearest to the anchor.

    The distance of a period on the wrong side of the anchor counts twice. So the tense decides if both candidates
    are months away ("in December", said in May), and a near date wins whatever the tense.

    Args:
        in_year: returns the period in a given year; raises ValueError if that year has no such day.
        anchor: the anchor day.
        tense: decides which side of the anchor is wrong; "unknown" has no wrong side.
    """
    candidates = []
    for year in range(anchor.year - _YEARS_TO_LOOK_AROUND, anchor.year + _YEARS_TO_LOOK_AROUND + 1):
        try:
            candidates.append(in_year(year))
        except ValueError:
            continue
    return min(candidates, key=lambda period: _distance(period, anchor, tense), default=None)


def _distance(period: Period, anchor: date, tense: Tense) -> int:
    ahead, behind = (period.start - anchor).days, (anchor - period.end).days
    if ahead > 0:
        return ahead * 2 if tense == "past" else ahead
    return max(0, behind * 2 if tense == "future" else behind)


def _months_since_year_one(day: date) -> float:
    return (day.year - 1) * 12 + day.month - 1 + (day.day - 1) / 31
