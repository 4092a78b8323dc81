"""Days in Indian Standard Time: of a moment, and of a run."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from etl.errors import BadSetting

IST = ZoneInfo("Asia/Kolkata")
UNDATED = "undated"
"""The partition of articles whose day of publication nobody knows."""


def india_day(moment: datetime) -> date:
    """Return the day in India of a moment with a zone."""
    return moment.astimezone(IST).date()


def day_of_run(
    day: str | None, logical_date: datetime | None, data_interval_start: datetime | None, run_after: datetime
) -> str:
    """Return the IST day that a run processes, YYYY-MM-DD.

    Args:
        day: asked for by name; wins.
        logical_date: where it is a midnight in India it names the day that begins there, also for a run started
            by hand, whose data interval Airflow takes to be the day before.
        data_interval_start: of a scheduled run, or of one started by hand at some other moment.
        run_after: of a run with neither: the last full day before it.

    Raises:
        BadSetting: `day` is no date.
    """
    if day is not None:
        try:
            return date.fromisoformat(day).isoformat()
        except ValueError as error:
            raise BadSetting(f"day={day!r}: write it as YYYY-MM-DD") from error
    if logical_date is not None and logical_date.astimezone(IST).time() == time():
        return india_day(logical_date).isoformat()
    if data_interval_start is not None:
        return india_day(data_interval_start).isoformat()
    return (india_day(run_after) - timedelta(days=1)).isoformat()
