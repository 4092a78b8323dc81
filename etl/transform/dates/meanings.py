"""Meanings of the rules: functions from a rule match to a period, None if the match names no period."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from etl.transform.dates.periods import (
    Period,
    fiscal_year,
    month_of,
    nearest_year,
    one_day,
    shift_months,
    shift_years,
    span,
    week_of,
    weekday_after,
    weekday_before,
    years,
)
from etl.transform.dates.rule_match import RuleMatch
from etl.transform.dates.words import LAST_WEEK

_DAY = timedelta(days=1)

_MOST_YEARS = 1_000
"""A larger distance in years ("5,000 years ago") is read as this one, which no calendar of the news reaches either."""

Meaning = Callable[[RuleMatch], Period | None]


def _in_year(found: RuleMatch, in_year: Callable[[int], Period]) -> Period | None:
    """Return the day or month in the named year, in "last year" or "next year", else in the nearest year."""
    if found.has("year"):
        return in_year(found.number("year"))
    if found.has("that_year"):
        return in_year(found.anchor.year + found.sign("that_year"))
    if found.sign() < 0:
        candidates = [in_year(found.anchor.year - back) for back in (0, 1)]
        return next((period for period in candidates if period.end <= found.anchor), None)
    if found.sign() > 0:
        candidates = [in_year(found.anchor.year + ahead) for ahead in (0, 1)]
        return next((period for period in candidates if period.start >= found.anchor), None)
    return nearest_year(in_year, found.anchor, found.tense)


def month_day(found: RuleMatch) -> Period | None:
    """4 जुलाई."""
    return _in_year(found, lambda year: one_day(date(year, found.number("month"), found.number("day"))))


def month(found: RuleMatch) -> Period | None:
    """जुलाई में, पिछले साल दिसंबर में."""
    return _in_year(found, lambda year: month_of(year, found.number("month")))


def days_of_month(found: RuleMatch) -> Period | None:
    """20-21 अप्रैल; a list is one period only if its days are consecutive (5 और 20 मई are not)."""
    days = found.numbers("days")
    if found.has("listed") and any(later != earlier + 1 for earlier, later in pairwise(days)):
        return None
    last = _in_year(found, lambda year: one_day(date(year, found.number("month"), days[-1])))
    return last and span(one_day(last.start.replace(day=days[0])), last)


def day_to_day(found: RuleMatch) -> Period | None:
    """29 अप्रैल से 3 मई, with a year after the first, the second, both or neither."""

    def from_year(year: int) -> Period:
        first = date(year, found.number("first_month"), found.number("first_day"))
        month, day = found.number("month"), found.number("day")
        return Period(first, date(year + ((month, day) < (first.month, first.day)), month, day), "day")

    if found.has("first_year"):
        year = found.number("first_year")
        first = date(year, found.number("first_month"), found.number("first_day"))
        last_year = found.number("year") if found.has("year") else from_year(year).end.year
        return span(one_day(first), one_day(date(last_year, found.number("month"), found.number("day"))))
    if found.has("year"):
        crosses = from_year(2000).end.year - 2000  # a leap year has every day
        return from_year(found.number("year") - crosses)
    return nearest_year(from_year, found.anchor, found.tense)


def month_to_month(found: RuleMatch) -> Period | None:
    """अप्रैल से जून; a list is one period only if its months are consecutive."""
    first, last = found.number("first_month"), found.number("month")
    crosses = 12 if last < first else 0
    if found.has("listed") and last + crosses != first + 1:
        return None
    return _in_year(
        found, lambda year: Period(month_of(year, first - crosses).start, month_of(year, last).end, "month")
    )


def week_of_month(found: RuleMatch) -> Period | None:
    """जुलाई के पहले सप्ताह: the first week is days 1 to 7 of the month, the last week its last seven days."""
    whole, ordinal = month(found), found.number("ordinal")
    if whole is None:
        return None
    start = whole.end - 6 * _DAY if ordinal == LAST_WEEK else whole.start + 7 * (ordinal - 1) * _DAY
    return Period(start, start + 6 * _DAY, "week")


def day_of_which_month(found: RuleMatch) -> Period:
    """अगले महीने की 10 तारीख."""
    month = shift_months(found.anchor, found.sign())
    return one_day(month.start.replace(day=found.number("day")))


def day_of_near_month(found: RuleMatch) -> Period:
    """4 तारीख, without a month: the last or the next such day, by tense."""
    ahead, day = found.tense == "future", found.number("day")
    passed = found.anchor.day > day if ahead else found.anchor.day < day
    month = shift_months(found.anchor, passed * (1 if ahead else -1))
    return one_day(month.start.replace(day=day))


def whole_date(found: RuleMatch) -> Period:
    """04/07/2023 (day first) or 2023-07-04."""
    return one_day(date.fromordinal(found.number("full_year")))


def weekday(found: RuleMatch) -> Period:
    """सोमवार, पिछले सोमवार, अगले सोमवार."""
    start = found.anchor + found.sign() * _DAY  # "last" and "next" never mean the anchor itself
    choose = weekday_after if found.direction == "future" else weekday_before
    return one_day(choose(start, found.number("weekday")))


def weekday_of_week(found: RuleMatch) -> Period:
    """अगले सप्ताह मंगलवार."""
    week = week_of(found.anchor + found.sign() * 7 * _DAY)
    return one_day(week.start + found.number("weekday") * _DAY)


def weekday_to_weekday(found: RuleMatch) -> Period | None:
    """सोमवार से बुधवार; a list is one period only if its days are consecutive."""
    first, last = found.number("first_weekday"), found.number("weekday")
    if found.has("listed") and (last - first) % 7 != 1:
        return None
    if found.direction == "future":
        start = weekday_after(found.anchor, first)
        return Period(start, weekday_after(start, last), "day")
    end = weekday_before(found.anchor, last)
    return Period(weekday_before(end, first), end, "day")


def near_day(found: RuleMatch) -> Period:
    """आज, कल, परसों; a weekday beside it decides between past and future, else the tense does."""
    distance = found.number("near_day") * _DAY
    ahead, behind = found.anchor + distance, found.anchor - distance
    if found.has("weekday"):
        matching = [day for day in (ahead, behind) if day.weekday() == found.number("weekday")]
        if len(matching) == 1:
            return one_day(matching[0])
    return one_day(ahead if found.direction == "future" else behind)


def near_days(found: RuleMatch) -> Period:
    """आज और कल."""
    first, last = found.number("first_day"), found.number("near_day")
    sign = 1 if first == 0 or (found.tense == "future" and last > 0) else -1
    start, end = sorted(found.anchor + sign * distance * _DAY for distance in (first, last))
    return Period(start, end, "day")


def day_before(found: RuleMatch) -> Period:
    """बीती रात, गत दिवस."""
    return one_day(found.anchor - _DAY)


def which_unit(found: RuleMatch) -> Period:
    """Last, this or next week, weekend, month, year or fiscal year."""
    unit, sign = found.kind("unit"), found.sign()
    if unit == "FISCAL":
        return fiscal_year(found.anchor.year - (found.anchor.month < 4) + sign)
    if unit == "MONTH_UNIT":
        return shift_months(found.anchor, sign)
    if unit == "YEAR_UNIT":
        return years(found.anchor.year + sign, found.anchor.year + sign)
    week = week_of(found.anchor + sign * 7 * _DAY)
    return week if unit == "WEEK_UNIT" else Period(week.start + 5 * _DAY, week.end, "day")


def some_units_away(found: RuleMatch) -> Period | None:
    """Two days ago, a month and a half ago, three years later."""
    count = found.words[found.match.start("count")].value if found.has("count") else 1
    ahead, unit = found.kind("side") == "AFTER", found.kind("unit").removesuffix("S")
    if ahead and found.tense == "past":
        return None  # counted from another event: "three days later he died"
    away = count if ahead else -count
    if unit == "MONTH_UNIT":
        return shift_months(found.anchor, away)
    if unit == "YEAR_UNIT":
        return shift_years(found.anchor, max(-_MOST_YEARS, min(away, _MOST_YEARS)))
    days = away * (7 if unit == "WEEK_UNIT" else 1)
    day = found.anchor + timedelta(days=int(days))
    return week_of(day) if unit == "WEEK_UNIT" else one_day(day)


def next_units(found: RuleMatch) -> Period:
    """The next two days, weeks or months, from tomorrow, the next Monday or the first of the next month."""
    count, unit = found.number("count"), found.kind("unit").removesuffix("S")
    if unit == "DAY_UNIT":
        return Period(found.anchor + _DAY, found.anchor + count * _DAY, "day")
    if unit == "WEEK_UNIT":
        return Period(
            week_of(found.anchor + 7 * _DAY).start, week_of(found.anchor + 7 * count * _DAY).end, "week"
        )
    return Period(shift_months(found.anchor, 1).start, shift_months(found.anchor, count).end, "month")


def one_year(found: RuleMatch) -> Period:
    """2019 में: one calendar year."""
    return years(found.number("year"), found.number("year"))


def year_to_year(found: RuleMatch) -> Period | None:
    """2014 से 2019, 2014-19; two consecutive years with a hyphen (2023-24) are a fiscal year of India."""
    first, last = found.number("first_year"), found.number("last")
    last = last if last > 99 else first // 100 * 100 + last
    if last == first + 1 and found.has("hyphen"):
        return fiscal_year(first)
    return years(first, last) if first < last else None
