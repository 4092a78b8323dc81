"""The daily DAG: it says when and in which order; etl.pipeline says how."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import Asset, CronDataIntervalTimetable, Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

VIEWS = ("meeting", "meeting_evidence", "reported_meeting")
TABLES = [Asset(name=f"out.{view}", uri=f"duckdb://mulaqat/out/{view}") for view in VIEWS]
PARAMS = {
    "day": Param(None, type=["null", "string"], format="date", description="IST day; empty: the run's own"),
    "sources": Param(None, type=["null", "array"], description="inbox, publishers; empty: all enabled"),
    "limit": Param(None, type=["null", "integer"], minimum=1, description="collect at most so many articles"),
    "shard_size": Param(
        200, type="integer", minimum=1, maximum=2000, description="articles an annotate task"
    ),
}


def run_stage(name: str, **arguments: Any) -> Any:
    """Run a stage of etl.pipeline; an error that no retry can mend fails the task at once."""
    from etl import pipeline
    from etl.config import Settings
    from etl.errors import PermanentError

    try:
        return getattr(pipeline, f"run_{name}")(Settings.from_env(), **arguments)
    except PermanentError as error:
        raise AirflowFailException(str(error)) from error


def run_key() -> str:
    """Return what names the folder of this run's stage files."""
    from etl.models import digest

    return digest("hindi_news_daily", get_current_context()["run_id"])


@dag(
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="Asia/Kolkata"),
    description="Who met whom: one day of Hindi news into the warehouse",
    catchup=False,
    default_args={"retries": 3, "retry_delay": timedelta(seconds=20), "retry_exponential_backoff": 2},
    params=PARAMS,
    doc_md=str(Path(__file__).with_suffix(".md")),
    tags=["mulaqat"],
)
def hindi_news_daily() -> None:
    """See hindi_news_daily.md, which the UI shows."""

    @task
    def collect() -> list[str]:
        from etl.days import day_of_run

        params, run = get_current_context()["params"], get_current_context()["dag_run"]
        day = day_of_run(params["day"], run.logical_date, run.data_interval_start, run.run_after)
        arguments = {name: params[name] for name in ("sources", "limit")}
        arguments |= {"include_pending": run.run_type == "scheduled", "run_key": run_key()}
        partitions: list[str] = run_stage("collect", day=day, **arguments)
        if not partitions:
            raise AirflowSkipException(f"no articles for {day}: not in raw, the inbox or an archive")
        return partitions

    @task
    def clean(partitions: list[str]) -> list[str]:
        size = get_current_context()["params"]["shard_size"]
        return run_stage("clean", partitions=partitions, shard_size=size, run_key=run_key())

    @task(queue="nlp", map_index_template="{{ shard }}")
    def annotate(shard: str) -> dict[str, int]:
        get_current_context()["shard"] = shard
        return run_stage("annotate", shards=[shard], run_key=run_key())

    @task(trigger_rule="none_failed_min_one_success")
    def resolve(partitions: list[str]) -> dict[str, int]:
        return run_stage("resolve", partitions=partitions, run_key=run_key())

    @task(pool="warehouse", queue="warehouse")
    def load(partitions: list[str]) -> dict[str, int]:
        now = get_current_context()["ti"].start_date
        return run_stage("load", partitions=partitions, run_key=run_key(), now=now)

    @task(pool="warehouse", queue="warehouse")
    def audit() -> dict[str, int]:
        return run_stage("audit", run_key=run_key(), now=get_current_context()["ti"].start_date)

    @task(pool="warehouse", queue="warehouse", outlets=TABLES)
    def publish() -> str:
        return run_stage("publish")

    partitions = collect()
    shards = clean(partitions)
    annotated, resolved = annotate.expand(shard=shards), resolve(partitions)
    [shards, annotated] >> resolved >> load(partitions) >> audit() >> publish()


hindi_news_daily()
