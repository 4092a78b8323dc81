"""The polling DAG: every half hour it asks the publishers what is new. etl.pipeline.collect says how."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException
from mulaqat_assets import RAW
from mulaqat_stages import DEFAULT_ARGS, ends_within, run_key, run_stage

PARAMS = {
    "sources": Param(
        None,
        type=["null", "array"],
        items={"type": "string"},
        description="ids of publishers in seeds/sources.toml; empty: all that are enabled there",
    )
}


@dag(
    schedule="*/30 * * * *",
    description="What is new at the publishers, kept raw; hindi_news_daily makes articles of it",
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS | {"retries": 2, "retry_delay": timedelta(minutes=2)},
    deadline=ends_within(hours=2),
    params=PARAMS,
    doc_md=str(Path(__file__).with_suffix(".md")),
    tags=["mulaqat"],
)
def hindi_news_collect() -> None:
    """See hindi_news_collect.md, which the UI shows."""

    @task(execution_timeout=timedelta(minutes=25), outlets=[RAW])
    def poll() -> list[dict[str, Any]]:
        context = get_current_context()
        now, sources = context["dag_run"].run_after, context["params"]["sources"]
        results = run_stage("collect.poll", now=now, run_key=run_key(), sources=sources)
        if not results:
            raise AirflowSkipException("no publisher is enabled in seeds/sources.toml")
        return [asdict(result) for result in results]

    poll()


hindi_news_collect()
