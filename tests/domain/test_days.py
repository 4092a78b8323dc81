"""The day that a run processes: one case for each way to start a run."""

from datetime import UTC, datetime

import pytest

from etl.domain.days import IST, day_of_run
from etl.errors import BadSetting

MIDNIGHT = datetime(2023, 5, 5, tzinfo=IST)
LATE_UTC = datetime(2023, 5, 6, 20, tzinfo=UTC)
AFTER = datetime(2023, 5, 7, 12, tzinfo=IST)


@pytest.mark.parametrize(
    ("day", "logical_date", "interval_start", "run_after", "expected"),
    [
        pytest.param("2023-05-05", AFTER, AFTER, AFTER, "2023-05-05", id="given as parameter"),
        pytest.param(None, MIDNIGHT, MIDNIGHT, AFTER, "2023-05-05", id="scheduled or backfilled"),
        pytest.param(
            None, MIDNIGHT.astimezone(UTC), MIDNIGHT.astimezone(UTC), AFTER, "2023-05-05", id="given in UTC"
        ),
        pytest.param(
            None, MIDNIGHT, MIDNIGHT.replace(day=4), AFTER, "2023-05-05", id="dags test at a midnight"
        ),
        pytest.param(None, AFTER, MIDNIGHT.replace(day=6), AFTER, "2023-05-06", id="triggered at noon"),
        pytest.param(None, None, None, AFTER, "2023-05-06", id="triggered without a logical date"),
        pytest.param(None, None, None, LATE_UTC, "2023-05-06", id="after midnight in India"),
    ],
)
def test_day_of_run(
    day: str | None,
    logical_date: datetime | None,
    interval_start: datetime | None,
    run_after: datetime,
    expected: str,
) -> None:
    assert day_of_run(day, logical_date, interval_start, run_after) == expected


def test_a_day_that_is_not_a_date_is_rejected() -> None:
    with pytest.raises(BadSetting, match="write it as YYYY-MM-DD"):
        day_of_run("5 मई", None, None, AFTER)
