"""The daily DAG: it says when and in which order; etl.pipeline says how."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import CronDataIntervalTimetable, Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from mulaqat_assets import CORE, OUT, RAW
from mulaqat_stages import DEFAULT_ARGS, WAREHOUSE, day_of, ends_within, run_key, run_stage, started_at

ALL_PASSED = {"check_name": "all", "severity": "warn", "message": "all checks passed"}
PARAMS = {
    "day": Param(None, type=["null", "string"], format="date", description="IST day; empty: the run's own"),
    "sources": Param(None, type=["null", "array"], description="inbox, publishers; empty: all enabled"),
    "limit": Param(None, type=["null", "integer"], minimum=1, description="collect at most so many articles"),
    "outdated_only": Param(False, type="boolean", description="skip days that the present models annotated"),
    "shard_size": Param(
        200, type="integer", minimum=1, maximum=2000, description="articles an annotate task"
    ),
    "max_rejected_share": Param(0.8, type="number", minimum=0, maximum=1, description="fail above it"),
}


@dag(
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="Asia/Kolkata"),
    description="Who met whom: one day of Hindi news into the warehouse",
    catchup=False,
    max_active_runs=8,
    default_args=DEFAULT_ARGS,
    deadline=ends_within(hours=6),
    params=PARAMS,
    doc_md=str(Path(__file__).with_suffix(".md")),
    tags=["mulaqat"],
)
def hindi_news_daily() -> None:
    """See hindi_news_daily.md, which the UI shows."""

    @task(execution_timeout=timedelta(minutes=110))
    def collect() -> list[str]:
        params, run = get_current_context()["params"], get_current_context()["dag_run"]
        day = day_of(run, params["day"])
        arguments = {name: params[name] for name in ("sources", "limit", "outdated_only")}
        arguments |= {"include_pending": run.run_type == "scheduled", "run_key": run_key()}
        partitions: list[str] = run_stage("collect", day=day, **arguments)
        if not partitions:
            reason = "up to date, or no articles" if params["outdated_only"] else "no articles"
            get_current_context()["ti"].xcom_push("skipped", f"{day}: {reason}")
            raise AirflowSkipException(f"{reason} for {day}: not in raw, the inbox or an archive")
        return partitions

    @task(inlets=[RAW])
    def clean(partitions: list[str]) -> list[list[str]]:
        params = get_current_context()["params"]
        arguments = {name: params[name] for name in ("shard_size", "max_rejected_share")}
        run_stage("clean", partitions=partitions, run_key=run_key(), **arguments)
        return run_stage("annotate.plan", partitions=partitions, run_key=run_key(), size=params["shard_size"])

    @task(queue="nlp", map_index_template="{{ shard }}")
    def annotate(shards: list[str]) -> dict[str, int]:
        get_current_context()["shard"] = shards[0] + (f" … {shards[-1]}" if len(shards) > 1 else "")
        return run_stage("annotate", shards=shards, run_key=run_key())

    @task(trigger_rule="none_failed_min_one_success")
    def resolve(partitions: list[str]) -> dict[str, int]:
        return run_stage("resolve", partitions=partitions, run_key=run_key())

    @task(**WAREHOUSE, inlets=[RAW], outlets=CORE)
    def load(partitions: list[str]) -> dict[str, int]:
        return run_stage("load", partitions=partitions, run_key=run_key(), now=started_at())

    @task(**WAREHOUSE, inlets=CORE)
    def audit() -> list[dict[str, Any]]:
        results = run_stage("load.audit", run_key=run_key(), now=started_at())
        return [asdict(result) | {"message": result.message} for result in results] or [ALL_PASSED]

    @task(map_index_template="{{ check }}")
    def finding(found: dict[str, Any]) -> str:
        get_current_context()["check"] = found["check_name"]
        if found["severity"] == "block":
            raise AirflowFailException(found["message"])
        return str(found["message"])

    @task(**WAREHOUSE, trigger_rule="none_failed_min_one_success", inlets=CORE, outlets=OUT)
    def publish(partitions: list[str]) -> str:
        for asset in OUT:
            get_current_context()["outlet_events"][asset].extra = {"days": partitions}
        return run_stage("load.publish")

    partitions = collect()
    shards = clean(partitions)
    annotated, resolved, loaded = annotate.expand(shards=shards), resolve(partitions), load(partitions)
    audited, published = audit(), publish(partitions)
    [shards, annotated] >> resolved >> loaded >> audited
    [loaded, finding.expand(found=audited)] >> published


hindi_news_daily()
