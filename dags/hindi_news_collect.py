"""The polling DAG: every half hour it asks the publishers what is new. etl.collect says how."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

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
    default_args={"retries": 2, "retry_delay": timedelta(minutes=2)},
    params=PARAMS,
    doc_md=str(Path(__file__).with_suffix(".md")),
    tags=["mulaqat"],
)
def hindi_news_collect() -> None:
    """See hindi_news_collect.md, which the UI shows."""

    @task(execution_timeout=timedelta(minutes=25))
    def poll() -> list[dict[str, Any]]:
        from etl.config import Settings
        from etl.errors import PermanentError
        from etl.models import digest
        from etl.pipeline import run_poll

        context = get_current_context()
        run_key = digest("hindi_news_collect", context["run_id"])
        try:
            reports = run_poll(
                Settings.from_env(),
                now=context["dag_run"].run_after,
                run_key=run_key,
                sources=context["params"]["sources"],
            )
        except PermanentError as error:
            raise AirflowFailException(str(error)) from error
        if not reports:
            raise AirflowSkipException("no publisher is enabled in seeds/sources.toml")
        return reports

    poll()


hindi_news_collect()
