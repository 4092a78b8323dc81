"""What came in, what was refused, what the checks said; also as tabs of a DAG and of one of its runs."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from etl.domain.ids import digest
from etl.explorer.asked import DagAsked, DaysAsked, MeetingsAsked, RejectedAsked, RunAsked, RunKeyAsked
from etl.explorer.highlight import cut_sentence
from etl.explorer.page import ROWS_A_PAGE, Page, PageDep, Table

router = APIRouter()
DAYS_A_PAGE = 14
DAG_ID = "hindi_news_daily"


@router.get("/pipeline")
def show_pipeline(page: PageDep, asked: Annotated[DaysAsked, Query()]) -> Response:
    """Show days and sources from discovered to loaded, refusals, checks and runs."""
    sources = page.table("day_sources", asked, day_limit=DAYS_A_PAGE)
    return page.show("pipeline.html", asked=asked, **_grid(sources), **_state(page), dag_id=None)


@router.get("/rejected")
def list_rejected(page: PageDep, asked: Annotated[RejectedAsked, Query()]) -> Response:
    """Show refused articles, each with its reason."""
    rejected = page.table("rejected", asked, limit=ROWS_A_PAGE)
    last = rejected.rows[-1] if len(rejected.rows) == ROWS_A_PAGE else None
    after = "\n".join((last["partition_day"], last["source_name"], last["uri"])) if last else None
    return page.show("rejected.html", section="pipeline", asked=asked, rejected=rejected, after=after)


@router.get("/dag")
def show_dag(page: PageDep, asked: Annotated[DagAsked, Query()]) -> Response:
    """Show, as a tab of a DAG, the state of what it fills."""
    sources = page.table("day_sources", DaysAsked(), day_limit=DAYS_A_PAGE)
    return page.show(
        "pipeline.html",
        asked=DaysAsked(),
        **_grid(sources),
        **_state(page),
        dag_id=asked.dag_id,
        section="pipeline",
    )


@router.get("/run")
def show_run(page: PageDep, asked: Annotated[RunAsked, Query()]) -> Response:
    """Show, as a tab of a run, the days that it loaded: their meetings, counts and refusals."""
    run_key = digest(asked.dag_id, asked.run_id)
    runs = page.table("runs", RunKeyAsked(run_key=run_key))
    days = sorted({row["partition_day"] for row in runs.rows if row["partition_day"]})
    sources = page.table("day_sources", DaysAsked(run_key=run_key))
    return page.show(
        "run.html",
        section="pipeline",
        run=asked,
        runs=runs,
        days=days,
        is_ours=asked.dag_id == DAG_ID,
        rejects=page.table("rejects_by_reason", RunKeyAsked(run_key=run_key)),
        run_key=run_key,
        meetings=[
            (day, page.table("meetings", MeetingsAsked(day=day), limit=ROWS_A_PAGE)) for day in days[-3:]
        ],
        cut=cut_sentence,
        **_grid(sources),
    )


def _state(page: Page) -> dict[str, Table]:
    return {
        "rejects": page.table("rejects_by_reason"),
        "audits": page.table("audits"),
        "runs": page.table("runs", limit=ROWS_A_PAGE),
    }


def _grid(sources: Table) -> dict[str, Any]:
    """Return the table of days and sources as a grid."""
    cells: dict[str, dict[str, Any]] = {}
    for row in sources.rows:
        cells.setdefault(row["partition_day"], {})[row["source_name"]] = row
    return {
        "sources": sources,
        "days_shown": list(cells),
        "names": sorted({row["source_name"] for row in sources.rows}),
        "cells": cells,
    }
