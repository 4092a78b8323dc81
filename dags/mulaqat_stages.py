"""How a stage of etl.pipeline runs in a task, and what is said when a task fails or a run is late."""

import logging
import sys
from datetime import timedelta
from importlib import import_module
from typing import Any

from airflow.sdk import DeadlineAlert, DeadlineReference, SyncCallback, get_current_context
from airflow.sdk.exceptions import AirflowFailException

log = logging.getLogger("mulaqat.alert")


def run_stage(name: str, **arguments: Any) -> Any:
    """Run a stage, `module` or `module.part` of etl.pipeline; an error that no retry can mend fails the task at once.

    Only that module is imported: what all stages need together takes longer to import than some of them to run.
    """
    from etl.config import Settings
    from etl.errors import PermanentError

    module, _, part = name.partition(".")
    runners = import_module(f"etl.pipeline.{module}")
    stage = getattr(runners, f"run_{part or module}", None) or getattr(runners, part)
    try:
        return stage(Settings.from_env(), **arguments)
    except PermanentError as error:
        raise AirflowFailException(str(error)) from error


def run_key() -> str:
    """Return what names this run's stage files and its rows in the warehouse's journal."""
    from etl.domain.ids import digest

    return digest(get_current_context()["ti"].dag_id, get_current_context()["run_id"])


def started_at() -> Any:
    """Return when this task began: the stages know no clock."""
    return get_current_context()["ti"].start_date


def day_of(run: Any, day: str | None) -> str:
    """Return the IST day that a run stands for."""
    from etl.domain.days import day_of_run

    return day_of_run(day, run.logical_date, run.data_interval_start, run.run_after)


def tell_failure(context: dict[str, Any]) -> None:
    """Say in the task's log, and as its XCom `failure`, what failed, for which day, and what to do."""
    ti, error = context["ti"], context.get("exception")
    day = day_of(context["dag_run"], context["params"].get("day"))
    part = f" ({context['shard']})" if context.get("shard") else ""
    if isinstance(error, AirflowFailException):
        remedy = "Mend what it names, then clear this task with downstream: the run goes on from here"
    elif "Timeout" in type(error).__name__:
        remedy = f"It took longer than {ti.task.execution_timeout}: clear it to go on from what is done"
    else:
        remedy = f"Tried {ti.try_number} times: read the log above, mend the cause, then clear this task"
    message = f"{ti.dag_id}, {day}: {ti.task_id}{part} failed: {error}. {remedy}."
    log.error(message)
    ti.xcom_push("failure", message)


def tell_late(hours: float, context: dict[str, Any]) -> None:
    """Say that a run has not ended in time; it goes on."""
    run = context["dag_run"]
    log.error(
        "%s, run %s has not ended %g hours after the time that runs take. See in the grid which task it waits for; a "
        "load waits while another process holds the warehouse, and everything waits where no worker is up.",
        run["dag_id"], run["dag_run_id"], hours,
    )  # fmt: skip


def ends_within(hours: float) -> DeadlineAlert | None:
    """Return the alert of a run that takes so many hours longer than runs do on average; the very first has none.

    It does not count from the queue: then Airflow 3.3.2 clears no task of a failed run (500). None within `airflow dags
    test`, which looks for an alert that it never wrote, and ends the good run with an AttributeError.
    """
    if sys.argv[1:3] == ["dags", "test"]:
        return None
    callback = SyncCallback("mulaqat_stages.tell_late", kwargs={"hours": hours})
    reference = DeadlineReference.AVERAGE_RUNTIME(max_runs=10, min_runs=1)
    return DeadlineAlert(reference, timedelta(hours=hours), callback)


WAREHOUSE = {"pool": "warehouse", "queue": "warehouse"}
"""Of every task that opens the working database: one at a time, on the worker that has its disk."""
DEFAULT_ARGS = {
    "retries": 3,
    "retry_delay": timedelta(seconds=20),
    "retry_exponential_backoff": 2,
    "max_retry_delay": timedelta(minutes=15),
    "execution_timeout": timedelta(hours=1),
    "on_failure_callback": tell_failure,
}
