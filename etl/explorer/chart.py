"""Months as bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

MOST_BARS = 36


@dataclass(frozen=True, slots=True)
class Bar:
    """One month.

    Attributes:
        first: its first day.
        last: its last day.
        held_share: height of the part that was held or goes on, in hundredths of the highest bar.
        rest_share: height of the rest.
    """

    first: date
    last: date
    meeting_count: int
    held_share: int
    rest_share: int


def make_bars(rows: Sequence[dict[str, Any]]) -> list[Bar]:
    """Return the months from the first to the last of the rows (newest first), those without meetings too."""
    if not rows:
        return []
    known = {row["month"]: row for row in rows}
    highest = max(row["meeting_count"] for row in rows)
    bars: list[Bar] = []
    month = rows[0]["month"]
    while month >= rows[-1]["month"] and len(bars) < MOST_BARS:
        bars.append(_make_bar(month, known.get(month), highest))
        month = (month - timedelta(days=1)).replace(day=1)
    return bars[::-1]


def _make_bar(month: date, row: dict[str, Any] | None, highest: int) -> Bar:
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    count, held = (row["meeting_count"], row["held_count"]) if row else (0, 0)
    held_share, whole = round(100 * held / highest), round(100 * count / highest)
    return Bar(month, last, count, held_share, whole - held_share)
