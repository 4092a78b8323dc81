"""The page on which users run SQL of their own."""

from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import Response

from etl.explorer.page import FromUrl, Page, PageDep
from etl.explorer.query import OwnSqlQuery
from etl.warehouse.explore import PublishedWarehouse, QueryTooSlow
from etl.warehouse.own_sql import (
    MAX_OWN_ROWS,
    OWN_SQL_SECONDS,
    OwnResult,
    SqlRejected,
    TooManyQueries,
    run_own_sql,
)

router = APIRouter()
EXAMPLES = (
    (
        "Who met most often",
        "SELECT source_name, target_name, meeting_count\nFROM out.meeting_network\n"
        "ORDER BY meeting_count DESC\nLIMIT 20",
    ),
    (
        "Meetings by month and status",
        "SELECT date_trunc('month', start_date) AS month, status, count(*) AS meetings\n"
        "FROM out.meeting\nGROUP BY ALL\nORDER BY ALL",
    ),
    (
        "Columns of a table",
        "DESCRIBE out.meeting",
    ),
)


@router.get("/sql")
def show_own_sql(page: PageDep, query: FromUrl[OwnSqlQuery]) -> Response:
    """Run one SELECT over the published warehouse, with limits of time and rows, and show its rows."""
    published: PublishedWarehouse = page.request.app.state.published
    result, error = None, None
    if query.sql and published.file:
        try:
            result = run_own_sql(published.file, query.sql)
        except (SqlRejected, QueryTooSlow, TooManyQueries) as problem:
            error = str(problem)
    return _render(page, query, result, error, is_offered=published.file is not None)


def _render(
    page: Page, query: OwnSqlQuery, result: OwnResult | None, error: str | None, *, is_offered: bool
) -> Response:
    response = page.render(
        "own_sql.html",
        section="sql",
        query=query,
        result=result,
        error=error,
        is_offered=is_offered,
        examples=EXAMPLES,
        tables=page.snapshot.query("out_tables", {}).rows,
        max_rows=MAX_OWN_ROWS,
        seconds=OWN_SQL_SECONDS,
    )
    if error:
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response
