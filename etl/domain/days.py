"""Days in Indian Standard Time: of a moment, and of a run."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from etl.errors import BadSetting

IST = ZoneInfo("Asia/Kolkata")
EARLIEST_DAY, LATEST_DAY = date(1900, 1, 1), date(2100, 12, 31)
COLLECTION_SLACK_DAYS = 2
"""How many days after its collection an article may be dated: clocks and time zones of publishers differ."""
UNDATED = "undated"
"""Partition of articles whose day of publication is unknown."""


def india_day(moment: datetime) -> date:
    """Return the day in India of a moment with a zone."""
    return moment.astimezone(IST).date()


def is_plausible_day(day: date, latest: date | None = None) -> bool:
    """Return whether a day can be a day of publication: from 1900 to 2100, and not after `latest`.

    Args:
        latest: the last acceptable day, usually the day of collection plus `COLLECTION_SLACK_DAYS`; None: no limit.
    """
    return EARLIEST_DAY <= day <= min(latest or LATEST_DAY, LATEST_DAY)


def is_plausible_moment(moment: datetime, latest: date | None = None) -> bool:
    """Return whether the day in India of a moment with a zone is plausible; see `is_plausible_day`."""
    try:
        return is_plausible_day(india_day(moment), latest)
    except (OverflowError, ValueError):  # the first or last day of the calendar, moved by a time zone
        return False


def latest_plausible_day(collected_at: datetime | None) -> date | None:
    """Return the last day that an article collected then can be dated; None, no limit, if the time is unknown."""
    return india_day(collected_at) + timedelta(days=COLLECTION_SLACK_DAYS) if collected_at else None


def day_of_run(
    day: str | None, logical_date: datetime | None, data_interval_start: datetime | None, run_after: datetime
) -> str:
    """Return the IST day that a run processes, YYYY-MM-DD.

    Args:
        day: an explicit day; takes precedence.
        logical_date: a midnight in India names the day that begins then. This also covers manual runs, for which
            Airflow sets the data interval to the day before.
        data_interval_start: used if the logical date is not a midnight in India.
        run_after: used if the run has neither: the last full day before it.

    Raises:
        BadSetting: `day` is not a date.
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
