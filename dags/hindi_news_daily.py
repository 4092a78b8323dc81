"""The daily DAG: one day of news through every stage."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import CronDataIntervalTimetable, Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from mulaqat_alerts import day_of, late_after
from mulaqat_assets import CORE, OUT, RAW
from mulaqat_tasks import DEFAULT_ARGS, WAREHOUSE, run_context, run_key, stage_settings

ALL_PASSED = {"check_name": "all", "severity": "warn", "message": "all checks passed"}
PARAMS = {
    "day": Param(None, type=["null", "string"], format="date", description="IST day; empty: the run's own"),
    "sources": Param(None, type=["null", "array"], description="inbox, publishers; empty: all enabled"),
    "limit": Param(
        None, type=["null", "integer"], minimum=1, description="collect at most this many articles"
    ),
    "outdated_only": Param(False, type="boolean", description="skip days that the current models annotated"),
    "shard_size": Param(
        200, type="integer", minimum=1, maximum=2000, description="articles per annotate task"
    ),
    "max_rejected_share": Param(
        0.8, type="number", minimum=0, maximum=1, description="fail if a larger share of a day is rejected"
    ),
}


@dag(
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="Asia/Kolkata"),
    description="Who met whom: load one day of Hindi news into the warehouse",
    catchup=False,
    max_active_runs=8,
    default_args=DEFAULT_ARGS,
    deadline=late_after(hours=6),
    params=PARAMS,
    doc_md=str(Path(__file__).with_suffix(".md")),
    tags=["mulaqat"],
)
def hindi_news_daily() -> None:
    """See hindi_news_daily.md, which the UI shows."""

    @task(execution_timeout=timedelta(minutes=110))
    def collect() -> list[str]:
        from etl.pipeline.collect import run_collect

        params, dag_run = get_current_context()["params"], get_current_context()["dag_run"]
        day = day_of(dag_run, params["day"])
        with stage_settings() as settings:
            partitions = run_collect(
                settings,
                run_key=run_key(),
                day=day,
                sources=params["sources"],
                limit=params["limit"],
                include_pending=dag_run.run_type == "scheduled",
                outdated_only=params["outdated_only"],
            )
        if not partitions:
            reason = "up to date, or no articles" if params["outdated_only"] else "no articles"
            get_current_context()["ti"].xcom_push("skipped", f"{day}: {reason}")
            raise AirflowSkipException(f"{reason} for {day}: not in raw, the inbox or an archive")
        return partitions

    @task(inlets=[RAW])
    def clean(partitions: list[str]) -> list[list[str]]:
        from etl.pipeline.annotate import plan_tasks
        from etl.pipeline.clean import run_clean

        params = get_current_context()["params"]
        with stage_settings() as settings:
            run_clean(
                settings,
                run_key=run_key(),
                partitions=partitions,
                shard_size=params["shard_size"],
                max_rejected_share=params["max_rejected_share"],
            )
            return plan_tasks(settings, run_key=run_key(), partitions=partitions, size=params["shard_size"])

    @task(queue="nlp", map_index_template="{{ shard }}")
    def annotate(shards: list[str]) -> dict[str, int]:
        from etl.pipeline.annotate import run_annotate

        context: Any = get_current_context()
        context["shard"] = shards[0] + (f" … {shards[-1]}" if len(shards) > 1 else "")
        with stage_settings() as settings:
            return asdict(run_annotate(settings, run_key=run_key(), shards=shards))

    @task(trigger_rule="none_failed_min_one_success")
    def resolve(partitions: list[str]) -> dict[str, int]:
        from etl.pipeline.resolve import run_resolve

        with stage_settings() as settings:
            return asdict(run_resolve(settings, run_key=run_key(), partitions=partitions))

    @task(**WAREHOUSE, inlets=[RAW], outlets=CORE)
    def load(partitions: list[str]) -> dict[str, int]:
        from etl.pipeline.load import run_load

        with stage_settings() as settings:
            return asdict(run_load(settings, run=run_context(), partitions=partitions))

    @task(**WAREHOUSE, inlets=CORE)
    def audit() -> list[dict[str, Any]]:
        from etl.pipeline.load import run_audit

        with stage_settings() as settings:
            findings = run_audit(settings, run=run_context())
        return [asdict(found) | {"message": found.message} for found in findings] or [ALL_PASSED]

    @task(map_index_template="{{ check }}")
    def finding(found: dict[str, Any]) -> str:
        context: Any = get_current_context()
        context["check"] = found["check_name"]
        if found["severity"] == "block":
            raise AirflowFailException(found["message"])
        return str(found["message"])

    @task(**WAREHOUSE, trigger_rule="none_failed_min_one_success", inlets=CORE, outlets=OUT)
    def publish(partitions: list[Any]) -> str:
        from etl.pipeline.load import run_publish

        for asset in OUT:
            get_current_context()["outlet_events"][asset].extra = {"days": partitions}
        with stage_settings() as settings:
            return run_publish(settings)

    partitions: Any = collect()
    shards: Any = clean(partitions)
    annotated, resolved, loaded = annotate.expand(shards=shards), resolve(partitions), load(partitions)
    audited, published = audit(), publish(partitions)
    [shards, annotated] >> resolved >> loaded >> audited
    [loaded, finding.expand(found=audited)] >> published


hindi_news_daily()
