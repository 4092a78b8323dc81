"""Calendar arithmetic: from an anchor day to the days, weeks, months and years around it."""

from collections.abc import Callable
from datetime import date, timedelta
from math import floor
from typing import Literal, NamedTuple

from etl.domain.meeting import DatePrecision

Tense = Literal["past", "future", "unknown"]

_DAY = timedelta(days=1)
_YEARS_TO_LOOK_AROUND = 8  # 29 February may be eight years away (1896, 1904)


class Period(NamedTuple):
    """Whole days from `start` to `end`, both inclusive, and how exactly the text named them."""

    start: date
    end: date
    precision: DatePrecision


def one_day(day: date) -> Period:
    """Return a period of a single day."""
    return Period(day, day, "day")


def week_of(day: date) -> Period:
    """Return the week that holds the day, Monday to Sunday."""
    monday = day - day.weekday() * _DAY
    return Period(monday, monday + 6 * _DAY, "week")


def month_of(year: int, month: int) -> Period:
    """Return a calendar month; `month` may run past 1..12 into the neighbouring years."""
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
    """Return everything from `first` to `last`, None where they stand in the wrong order."""
    return Period(first.start, last.end, last.precision) if first.start <= last.end else None


def shift_months(anchor: date, months: float) -> Period:
    """Return the month that lies so many months away; halves count from the day within the month."""
    return month_of(1, 1 + floor(_months_since_year_one(anchor) + months))


def shift_years(anchor: date, count: float) -> Period:
    """Return the calendar year that lies so many years away."""
    year = 1 + floor(_months_since_year_one(anchor) / 12 + count)
    return years(year, year)


def weekday_before(anchor: date, weekday: int) -> date:
    """Return the last such weekday (Monday = 0) on or before the anchor."""
    return anchor - (anchor.weekday() - weekday) % 7 * _DAY


def weekday_after(anchor: date, weekday: int) -> date:
    """Return the next such weekday (Monday = 0) on or after the anchor."""
    return anchor + (weekday - anchor.weekday()) % 7 * _DAY


def nearest_year(in_year: Callable[[int], Period], anchor: date, tense: Tense) -> Period | None:
    """Return the period of the year that lies nearest to the anchor.

    A period on the wrong side of the anchor counts as twice as far away, so that the tense decides where
    both neighbours are months away ("in December", said in May), and a near date wins whatever the tense.

    Args:
        in_year: gives the period in a given year, or raises ValueError where that year has no such day.
        anchor: the day to be near to.
        tense: tells the wrong side of the anchor; "unknown" has none.
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
