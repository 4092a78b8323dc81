"""What the tasks of every DAG share: settings, the run's key and day, retries, the warehouse's pool."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException
from mulaqat_alerts import log_failure

if TYPE_CHECKING:
    from etl.config import Settings
    from etl.domain.plan import RunContext

WAREHOUSE: dict[str, Any] = {"pool": "warehouse", "queue": "warehouse"}
"""For tasks that open the working database: one at a time, on the worker that has its disk."""
DEFAULT_ARGS: dict[str, Any] = {
    "retries": 3,
    "retry_delay": timedelta(seconds=20),
    "retry_exponential_backoff": 2,
    "max_retry_delay": timedelta(minutes=15),
    "execution_timeout": timedelta(hours=1),
    "on_failure_callback": log_failure,
}


@contextmanager
def stage_settings() -> "Iterator[Settings]":
    """Yield the settings for one stage.

    Raises:
        AirflowFailException: instead of a PermanentError, which no retry can fix: the task fails at once.
    """
    from etl.config import Settings
    from etl.errors import PermanentError

    try:
        yield Settings.from_env()
    except PermanentError as error:
        raise AirflowFailException(str(error)) from error


def run_key() -> str:
    """Return the key of this DAG run: it names the run's stage files and its rows in the warehouse's journal."""
    from etl.domain.ids import digest

    context = get_current_context()
    return digest(context["ti"].dag_id, context["run_id"])


def run_context() -> "RunContext":
    """Return the run's key and the start of this task: stages read no clock."""
    from etl.domain.plan import RunContext

    return RunContext(run_key(), get_current_context()["ti"].start_date)
