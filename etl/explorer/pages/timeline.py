"""The calendar of meetings, and those that are ahead."""

from calendar import Calendar
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from etl.explorer.asked import AheadAsked, MonthAsked, SpanAsked
from etl.explorer.page import ROWS_A_PAGE, PageDep

router = APIRouter()
MONTHS = 60
NO_NEWS = "2000-01"
"""The month shown where nothing was ever loaded."""


@router.get("/timeline")
def show_timeline(page: PageDep, asked: Annotated[MonthAsked, Query()]) -> Response:
    """Show a month of days with their meetings, and what was announced for later."""
    extent = page.row("extent") or {}
    newest: date | None = extent["newest"] or extent["last_date"]
    shown = newest or page.reading.published_at
    month = asked.month or (f"{shown:%Y-%m}" if shown else NO_NEWS)
    span = SpanAsked.of_month(month)
    days = page.table("days", span)
    return page.show(
        "timeline.html",
        extent=extent,
        newest=newest,
        month=span.since,
        before=f"{span.since - timedelta(days=1):%Y-%m}",
        after=f"{span.until + timedelta(days=1):%Y-%m}",
        weeks=Calendar().monthdatescalendar(span.since.year, span.since.month),
        days=days,
        by_day={row["day"]: row for row in days.rows},
        most=max((row["meeting_count"] for row in days.rows), default=1),
        months=page.table("months", limit=MONTHS),
        ahead=page.table("ahead", AheadAsked(newest=newest), limit=ROWS_A_PAGE) if newest else None,
    )
