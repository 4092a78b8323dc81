"""Bars of the chart of meetings per month, and shades of the calendar and the matrix."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log
from typing import Any

MAX_BARS = 36
SHADES = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One month.

    Attributes:
        first_day: first day of the month.
        last_day: last day of the month.
        held_percent: height of the held and ongoing meetings, in percent of the highest bar.
        other_percent: height of all other meetings, in percent of the highest bar.
    """

    first_day: date
    last_day: date
    meeting_count: int
    held_percent: int
    other_percent: int


def make_bars(rows: Sequence[dict[str, Any]]) -> list[Bar]:
    """Return one bar per month, oldest first, including months without meetings.

    Args:
        rows: rows of `months`, newest first. Only the newest `MAX_BARS` months are returned.
    """
    if not rows:
        return []
    row_of_month = {row["month"]: row for row in rows}
    highest = max(row["meeting_count"] for row in rows)
    bars: list[Bar] = []
    month = rows[0]["month"]
    while month >= rows[-1]["month"] and len(bars) < MAX_BARS:
        bars.append(_make_bar(month, row_of_month.get(month), highest))
        month = (month - timedelta(days=1)).replace(day=1)
    return bars[::-1]


def _make_bar(month: date, row: dict[str, Any] | None, highest: int) -> Bar:
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    count, held = (row["meeting_count"], row["held_count"]) if row else (0, 0)
    held_percent, percent = round(100 * held / highest), round(100 * count / highest)
    return Bar(month, last, count, held_percent, percent - held_percent)


def shade(count: int, highest: int) -> int:
    """Return the shade of a count, 1 to `SHADES`, on a logarithmic scale: a few counts are far above the rest."""
    if highest <= SHADES:
        return max(1, min(count, SHADES))
    return 1 + round((SHADES - 1) * log(count) / log(highest))
