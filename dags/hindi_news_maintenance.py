"""The weekly DAG: retention, links by the current rules, compaction, completeness of the sources."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import CronTriggerTimetable, Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException
from mulaqat_alerts import late_after
from mulaqat_assets import CORE, OUT
from mulaqat_tasks import DEFAULT_ARGS, WAREHOUSE, run_context, stage_settings

PARAMS = {
    "keep_stage_days": Param(14, type="integer", minimum=1, description="delete stage files of older runs"),
    "keep_raw_days": Param(
        None, type=["null", "integer"], minimum=30, description="close older days and delete their raw files"
    ),
    "relink": Param(False, type="boolean", description="link again even if no rule changed"),
    "completeness_days": Param(30, type="integer", minimum=1, description="days of the completeness summary"),
}


@dag(
    schedule=CronTriggerTimetable("0 3 * * 0", timezone="Asia/Kolkata"),
    description="Retention, links by the current rules, compaction, completeness of the sources",
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    deadline=late_after(hours=12),
    params=PARAMS,
    doc_md=str(Path(__file__).with_suffix(".md")),
    tags=["mulaqat"],
)
def hindi_news_maintenance() -> None:
    """See hindi_news_maintenance.md, which the UI shows."""

    @task
    def retain_stage() -> list[str]:
        from etl.pipeline.maintain import remove_old_stage_files

        keep_days = get_current_context()["params"]["keep_stage_days"]
        with stage_settings() as settings:
            return remove_old_stage_files(settings, now=run_context().now, keep_days=keep_days)

    @task
    def retain_annotations() -> list[str]:
        from etl.pipeline.maintain import remove_old_annotations

        with stage_settings() as settings:
            return remove_old_annotations(settings)

    @task(**WAREHOUSE, execution_timeout=timedelta(hours=1))
    def retain_raw() -> list[str]:
        from etl.pipeline.maintain import close_old_days

        keep_days = get_current_context()["params"]["keep_raw_days"]
        if keep_days is None:
            raise AirflowSkipException("raw files are kept: keep_raw_days is empty")
        with stage_settings() as settings:
            return close_old_days(settings, now=run_context().now, keep_days=keep_days)

    @task(**WAREHOUSE, inlets=CORE, outlets=CORE, execution_timeout=timedelta(minutes=110))
    def link() -> dict[str, int]:
        from etl.pipeline.maintain import relink

        force = get_current_context()["params"]["relink"]
        with stage_settings() as settings:
            result = relink(settings, run=run_context(), force=force)
        if result is None:
            raise AirflowSkipException("neither the rules of linking nor the gazetteer changed")
        return asdict(result)

    @task(**WAREHOUSE, trigger_rule="none_failed", execution_timeout=timedelta(minutes=110))
    def compact() -> dict[str, int]:
        from etl.pipeline.maintain import compact_working

        with stage_settings() as settings:
            sizes = compact_working(settings)
        if sizes is None:
            raise AirflowSkipException("no database file: publish already tidies a lake")
        return asdict(sizes)

    @task(**WAREHOUSE, inlets=CORE, outlets=OUT)
    def publish() -> str:
        from etl.pipeline.load import run_publish

        with stage_settings() as settings:
            return run_publish(settings)

    @task(queue="warehouse", inlets=OUT, trigger_rule="none_failed")
    def completeness() -> list[dict[str, Any]]:
        from etl.pipeline.maintain import summarise_completeness

        days = get_current_context()["params"]["completeness_days"]
        with stage_settings() as settings:
            return [asdict(row) for row in summarise_completeness(settings, now=run_context().now, days=days)]

    retain_stage()
    retain_annotations()
    linked, summarised = link(), completeness()
    linked >> publish() >> summarised
    [retain_raw(), linked] >> compact() >> summarised


hindi_news_maintenance()
