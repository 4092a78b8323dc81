"""The weekly DAG: retention, compaction, links by the present rules. etl.pipeline.maintain says how."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import CronTriggerTimetable, Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException
from mulaqat_assets import CORE, OUT
from mulaqat_stages import DEFAULT_ARGS, WAREHOUSE, ends_within, run_key, run_stage, started_at

PARAMS = {
    "keep_stage_days": Param(14, type="integer", minimum=1, description="stage files of older runs go"),
    "keep_raw_days": Param(
        None,
        type=["null", "integer"],
        minimum=30,
        description="older days lose their raw files and are closed",
    ),
    "relink": Param(False, type="boolean", description="link anew even where no rule changed"),
    "report_days": Param(30, type="integer", minimum=1, description="days of the completeness report"),
}


@dag(
    schedule=CronTriggerTimetable("0 3 * * 0", timezone="Asia/Kolkata"),
    description="Retention, compaction, links by the present rules, completeness report",
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    deadline=ends_within(hours=12),
    params=PARAMS,
    doc_md=str(Path(__file__).with_suffix(".md")),
    tags=["mulaqat"],
)
def hindi_news_maintenance() -> None:
    """See hindi_news_maintenance.md, which the UI shows."""

    @task
    def retain_stage() -> list[str]:
        keep_days = get_current_context()["params"]["keep_stage_days"]
        return run_stage("maintain.maintain_stage", now=started_at(), keep_days=keep_days)

    @task
    def retain_annotations() -> list[str]:
        return run_stage("maintain.maintain_annotations")

    @task(**WAREHOUSE)
    def retain_raw() -> list[str]:
        keep_days = get_current_context()["params"]["keep_raw_days"]
        if keep_days is None:
            raise AirflowSkipException("raw is kept: keep_raw_days is empty")
        return run_stage("maintain.maintain_raw", now=started_at(), keep_days=keep_days)

    @task(**WAREHOUSE, inlets=CORE, outlets=CORE, execution_timeout=timedelta(minutes=110))
    def link() -> dict[str, int]:
        force = get_current_context()["params"]["relink"]
        counts = run_stage("maintain.maintain_links", run_key=run_key(), now=started_at(), force=force)
        if counts is None:
            raise AirflowSkipException("neither the rules of linking nor the gazetteer changed")
        return counts

    @task(**WAREHOUSE, trigger_rule="none_failed", execution_timeout=timedelta(minutes=110))
    def compact() -> dict[str, int]:
        sizes = run_stage("maintain.maintain_compact")
        if sizes is None:
            raise AirflowSkipException("no database file: a lake is tidied by each publish")
        return sizes

    @task(**WAREHOUSE, inlets=CORE, outlets=OUT)
    def publish() -> str:
        return run_stage("load.publish")

    @task(queue="warehouse", inlets=OUT, trigger_rule="none_failed")
    def report() -> list[dict[str, Any]]:
        days = get_current_context()["params"]["report_days"]
        rows = run_stage("maintain.summarise_completeness", now=started_at(), days=days)
        return [asdict(row) for row in rows]

    retain_stage()
    retain_annotations()
    linked, reported = link(), report()
    linked >> publish() >> reported
    [retain_raw(), linked] >> compact() >> reported


hindi_news_maintenance()
