"""The daily DAG: it says when and in which order; etl.pipeline says how."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from airflow.sdk import Asset, CronDataIntervalTimetable, Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

P = ParamSpec("P")
R = TypeVar("R")
RETRY = {"retries": 3, "retry_delay": timedelta(seconds=20), "retry_exponential_backoff": True}
WAREHOUSE: dict[str, Any] = {"pool": "warehouse"}
TABLES = [
    Asset(name=name, uri=f"duckdb://mulaqat/{name.replace('.', '/')}")
    for name in ("out.meeting", "out.meeting_evidence", "out.reported_meeting")
]
PARAMS = {
    "day": Param(None, type=["null", "string"], format="date", description="IST day; empty: the run's own"),
    "sources": Param(["inbox"], type="array", items={"enum": ["inbox"]}, description="which sources to ask"),
    "limit": Param(None, type=["null", "integer"], minimum=1, description="collect at most so many articles"),
    "shard_size": Param(200, type="integer", minimum=1, maximum=2000, description="articles per annotate task"),
}


def stage(**operator: Any) -> Callable[[Callable[P, R]], Any]:
    """Make a task of a function; an error that no retry can mend fails it at once, others are retried."""

    def decorate(function: Callable[P, R]) -> Any:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            from etl.errors import PermanentError

            try:
                return function(*args, **kwargs)
            except PermanentError as error:
                raise AirflowFailException(str(error)) from error

        return task(**operator)(run)

    return decorate


def stage_inputs() -> tuple[Any, dict[str, str]]:
    """Return the settings and the key that names this run's stage files."""
    from etl.config import Settings
    from etl.models import digest

    return Settings.from_env(), {"run_key": digest("hindi_news_daily", get_current_context()["run_id"])}


@dag(
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="Asia/Kolkata"),
    catchup=False,
    default_args=RETRY,
    params=PARAMS,
    tags=["mulaqat"],
)
def hindi_news_daily() -> None:
    """## Who met whom: one day of Hindi news into the warehouse.

    Processes the IST day of the run: param `day`, else its data interval, else the last full day. To run a past
    range use *Trigger → Backfill*. A day without articles ends skipped; the log of `collect` says so.

    | task | what it does | clear it, with downstream, when |
    |---|---|---|
    | collect | files new articles of the day into the raw archive | a source or inbox file came late |
    | clean | rebuilds the day from all that raw holds, counts rejects | cleaning changed |
    | annotate | Stanza, one task a shard; texts seen before are reused | the models changed |
    | resolve | finds entities and meetings | gazetteer or cues changed |
    | load | one transaction a day; a failed audit rolls it back and names the rows | the cause is mended |
    | audit | checks the whole warehouse and warns | |
    | publish | swaps in the read-only copy that analysts open | |

    Any task may run again: the rows stay the same.
    """

    @stage()
    def collect() -> list[str]:
        from etl.days import day_of_run
        from etl.pipeline import run_collect

        context, (settings, _) = get_current_context(), stage_inputs()
        params, run = context["params"], context["dag_run"]
        day = day_of_run(params["day"], run.logical_date, run.data_interval_start, run.run_after)
        scheduled = run.run_type == "scheduled"
        partitions = run_collect(
            settings, day=day, sources=params["sources"], limit=params["limit"], include_pending=scheduled
        )
        if not partitions:
            raise AirflowSkipException(f"no articles for {day}: nothing in the raw archive or the inbox")
        return partitions

    @stage()
    def clean(partitions: list[str]) -> list[str]:
        from etl.pipeline import run_clean

        settings, run = stage_inputs()
        return run_clean(
            settings, **run, partitions=partitions, shard_size=get_current_context()["params"]["shard_size"]
        )

    @stage(map_index_template="{{ shard }}")
    def annotate(shard: str) -> dict[str, int]:
        from etl.pipeline import run_annotate

        settings, run = stage_inputs()
        get_current_context()["shard"] = shard
        return run_annotate(settings, **run, shards=[shard])

    @stage(trigger_rule="none_failed_min_one_success")
    def resolve(partitions: list[str]) -> dict[str, int]:
        from etl.pipeline import run_resolve

        settings, run = stage_inputs()
        return run_resolve(settings, **run, partitions=partitions)

    @stage(**WAREHOUSE)
    def load(partitions: list[str]) -> dict[str, int]:
        from etl.pipeline import run_load

        settings, run = stage_inputs()
        return run_load(settings, **run, partitions=partitions, now=get_current_context()["ti"].start_date)

    @stage(**WAREHOUSE)
    def audit() -> dict[str, int]:
        from etl.pipeline import run_audit

        settings, run = stage_inputs()
        return run_audit(settings, **run, now=get_current_context()["ti"].start_date)

    @stage(**WAREHOUSE, outlets=TABLES)
    def publish() -> str:
        from etl.pipeline import run_publish

        settings, _ = stage_inputs()
        return run_publish(settings)

    partitions = collect()
    shards = clean(partitions)
    resolved = resolve(partitions)
    shards >> annotate.expand(shard=shards) >> resolved
    shards >> resolved >> load(partitions) >> audit() >> publish()


hindi_news_daily()
