"""What an operator reads when a task fails or a run is late."""

import logging
import sys
from datetime import timedelta
from typing import Any

from airflow.sdk import (  # type: ignore[attr-defined]  # the stub of airflow.sdk lacks them
    DeadlineAlert,
    DeadlineReference,
    SyncCallback,
)
from airflow.sdk.exceptions import AirflowFailException

log = logging.getLogger("mulaqat.alert")


def day_of(run: Any, day: str | None) -> str:
    """Return the IST day that a DAG run processes, YYYY-MM-DD."""
    from etl.domain.days import day_of_run

    return day_of_run(day, run.logical_date, run.data_interval_start, run.run_after)


def log_failure(context: dict[str, Any]) -> None:
    """Log what failed, for which day, and what to do; also push it as the XCom `failure`."""
    ti, error = context["ti"], context.get("exception")
    day = day_of(context["dag_run"], context["params"].get("day"))
    part = f" ({context['shard']})" if context.get("shard") else ""
    if isinstance(error, AirflowFailException):
        remedy = "Fix the cause, then clear this task with downstream: the run continues from here"
    elif "Timeout" in type(error).__name__:
        remedy = f"It took longer than {ti.task.execution_timeout}: clear it to continue from what is done"
    else:
        remedy = f"Tried {ti.try_number} times: read the log above, fix the cause, then clear this task"
    message = f"{ti.dag_id}, {day}: {ti.task_id}{part} failed: {error}. {remedy}."
    log.error(message)
    ti.xcom_push("failure", message)


def log_late(hours: float, context: dict[str, Any]) -> None:
    """Log that a run has not ended in time; the run continues."""
    run = context["dag_run"]
    log.error(
        "%s, run %s: not finished %g hours after its usual duration. The grid shows which task it waits for. A load "
        "waits while another process holds the warehouse; every task waits while no worker is up.",
        run["dag_id"], run["dag_run_id"], hours,
    )  # fmt: skip


def late_after(hours: float) -> DeadlineAlert | None:
    """Return an alert for runs that take this many hours longer than the average run; the first run has none.

    The deadline counts from the average duration, not from the queue: with DAGRUN_QUEUED_AT, Airflow 3.3.2 answers 500
    when a task of a failed run is cleared. `airflow dags test` gets none: it looks for an alert that it never
    created and fails a good run with an AttributeError.
    """
    if sys.argv[1:3] == ["dags", "test"]:
        return None
    callback = SyncCallback("mulaqat_alerts.log_late", kwargs={"hours": hours})
    reference = DeadlineReference.AVERAGE_RUNTIME(max_runs=10, min_runs=1)
    return DeadlineAlert(reference, timedelta(hours=hours), callback)
