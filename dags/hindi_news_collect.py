"""The polling DAG: it asks the publishers every half hour what is new."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException
from mulaqat_alerts import late_after
from mulaqat_assets import RAW
from mulaqat_tasks import DEFAULT_ARGS, run_key, stage_settings

PARAMS = {
    "sources": Param(
        None,
        type=["null", "array"],
        items={"type": "string"},
        description="ids of publishers in seeds/sources.toml; empty: all enabled ones",
    )
}


@dag(
    schedule="*/30 * * * *",
    description="Fetch what is new at the publishers into the raw archive; hindi_news_daily builds articles from it",
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS | {"retries": 2, "retry_delay": timedelta(minutes=2)},
    deadline=late_after(hours=2),
    params=PARAMS,
    doc_md=str(Path(__file__).with_suffix(".md")),
    tags=["mulaqat"],
)
def hindi_news_collect() -> None:
    """See hindi_news_collect.md, which the UI shows."""

    @task(execution_timeout=timedelta(minutes=25), outlets=[RAW])
    def poll() -> list[dict[str, Any]]:
        from etl.domain.plan import RunContext
        from etl.pipeline.collect import run_poll

        context = get_current_context()
        run = RunContext(run_key(), context["dag_run"].run_after)
        with stage_settings() as settings:
            results = run_poll(settings, run=run, sources=context["params"]["sources"])
        if not results:
            raise AirflowSkipException("no publisher is enabled in seeds/sources.toml")
        return [asdict(result) for result in results]

    poll()


hindi_news_collect()
