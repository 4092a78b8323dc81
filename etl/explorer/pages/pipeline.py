"""Articles loaded and rejected, audit results and runs; also the tabs of a DAG and of a DAG run in Airflow."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from etl.domain.ids import digest
from etl.explorer.page import ROWS_PER_PAGE, FromUrl, PageDep, Table
from etl.explorer.pages.meetings import render_list
from etl.explorer.query import (
    AirflowDagQuery,
    AirflowRunQuery,
    DaySourcesQuery,
    MeetingListQuery,
    RejectedQuery,
    RunKeyQuery,
)

router = APIRouter()
DAYS_PER_PAGE = 14
MAX_DAYS_OF_RUN = 3
DAG_ID, DAG_FAMILY = "hindi_news_daily", "hindi_news"


@router.get("/pipeline")
def show_pipeline(page: PageDep, query: FromUrl[DaySourcesQuery]) -> Response:
    """Show article counts by day and source, rejections, audit results and runs."""
    day_sources = page.read_table("day_sources", query, day_limit=DAYS_PER_PAGE + 1)
    grid = _make_grid(day_sources)
    return page.render(
        "pipeline.html",
        query=query,
        rejects=page.read_table("rejects_by_reason"),
        audits=page.read_table("audits"),
        runs=page.read_table("runs", limit=ROWS_PER_PAGE),
        has_earlier=len(grid["grid_days"]) > DAYS_PER_PAGE,
        **grid | {"grid_days": grid["grid_days"][:DAYS_PER_PAGE]},
    )


@router.get("/dag")
def show_dag(page: PageDep, query: FromUrl[AirflowDagQuery]) -> Response:
    """Show the meetings as the tab of a DAG."""
    loads_warehouse = query.dag_id.startswith(DAG_FAMILY)
    return render_list(page, MeetingListQuery(), other_dag_id=None if loads_warehouse else query.dag_id)


@router.get("/rejected")
def list_rejected(page: PageDep, query: FromUrl[RejectedQuery]) -> Response:
    """Show one page of the rejected articles, each with its reason."""
    rejected = page.read_table("rejected", query, limit=ROWS_PER_PAGE)
    last = rejected.rows[-1] if len(rejected.rows) == ROWS_PER_PAGE else None
    after = "\n".join((last["partition_day"], last["source_name"], last["uri"])) if last else None
    return page.render("rejected.html", section="pipeline", query=query, rejected=rejected, after=after)


@router.get("/run")
def show_run(page: PageDep, query: FromUrl[AirflowRunQuery]) -> Response:
    """Show, as the tab of a DAG run, the days that the run loaded: their meetings, counts and rejections."""
    run_key = RunKeyQuery(run_key=digest(query.dag_id, query.run_id))
    runs = page.read_table("runs", run_key)
    days = sorted({row["partition_day"] for row in runs.rows if row["partition_day"]})
    day_sources = page.read_table("day_sources", DaySourcesQuery(run_key=run_key.run_key))
    return page.render(
        "run.html",
        section="pipeline",
        run_id=query.run_id,
        runs=runs,
        days=days,
        loads_warehouse=query.dag_id == DAG_ID,
        rejects=page.read_table("rejects_by_reason", run_key),
        meetings_of_day={
            day: page.read_table("meetings", MeetingListQuery(day=day), limit=ROWS_PER_PAGE)
            for day in reversed(days[-MAX_DAYS_OF_RUN:])
        },
        **_make_grid(day_sources),
    )


def _make_grid(day_sources: Table) -> dict[str, Any]:
    """Return the template context of the grid whose rows are days and whose columns are sources."""
    cells: dict[str, dict[str, Any]] = {}
    for row in day_sources.rows:
        cells.setdefault(row["partition_day"], {})[row["source_name"]] = row
    return {
        "day_sources": day_sources,
        "grid_days": list(cells),
        "source_names": sorted({row["source_name"] for row in day_sources.rows}),
        "cells": cells,
    }
