"""The calendar of meetings, and the upcoming ones."""

from calendar import Calendar
from datetime import date, timedelta

from fastapi import APIRouter
from fastapi.responses import Response

from etl.explorer.page import ROWS_PER_PAGE, FromUrl, PageDep
from etl.explorer.query import AheadQuery, DateRangeQuery, TimelineQuery

router = APIRouter()
MAX_MONTHS = 60
DEFAULT_MONTH = "2000-01"
"""The month shown while no news has been loaded."""


@router.get("/timeline")
def show_timeline(page: PageDep, query: FromUrl[TimelineQuery]) -> Response:
    """Show the meetings of a month by day, and the meetings announced for later."""
    extent = page.read_row("extent") or {}
    newest: date | None = extent["newest"] or extent["last_date"]
    default_day = newest or page.snapshot.published_at
    month = query.month or (f"{default_day:%Y-%m}" if default_day else DEFAULT_MONTH)
    dates = DateRangeQuery.of_month(month)
    days = page.read_table("days", dates)
    return page.render(
        "timeline.html",
        newest=newest,
        month=dates.since,
        previous_month=f"{dates.since - timedelta(days=1):%Y-%m}",
        next_month=f"{dates.until + timedelta(days=1):%Y-%m}",
        weeks=Calendar().monthdatescalendar(dates.since.year, dates.since.month),
        days=days,
        row_of_day={row["day"]: row for row in days.rows},
        max_count=max((row["meeting_count"] for row in days.rows), default=1),
        months=page.read_table("months", limit=MAX_MONTHS),
        ahead=page.read_table("ahead", AheadQuery(newest=newest), limit=ROWS_PER_PAGE) if newest else None,
    )
