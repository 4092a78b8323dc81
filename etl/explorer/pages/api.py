"""The JSON API: every table of the pages, one address each, described in OpenAPI."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi import Query as QueryString
from fastapi.encoders import jsonable_encoder
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, create_model

from etl.explorer.page import Page, PageDep, make_link
from etl.explorer.pages import feed
from etl.explorer.pages.meetings import make_cursor
from etl.explorer.query import TABLES, Query
from etl.warehouse.explore import describe_query

router = APIRouter()
tables_router = APIRouter(prefix="/api", default_response_class=JSONResponse)
_DEFAULT_ROWS, _MAX_ROWS = 100, 1_000
_SUMMARY = (
    'Read-only. Every address answers `{"rows": [...], "sql": "..."}`: the rows, and the SQL that returned them. '
    "Meetings come with `next`, the `after` field of the next page. Requests need the same sign-in as the pages."
)


@router.get("/api")
def show_api(page: PageDep) -> Response:
    """Describe the JSON API, the feeds and the downloads."""
    schema = _make_schema(page.request)
    return page.render("api.html", section="api", schema=schema, summary=_SUMMARY)


@router.get("/api/openapi.json", response_class=JSONResponse)
def send_openapi(request: Request) -> JSONResponse:
    """Send the OpenAPI description of the JSON API and the feeds."""
    return JSONResponse(_make_schema(request))


class _Limited(BaseModel):
    """How many rows to send."""

    limit: Annotated[int, Field(ge=1, le=_MAX_ROWS)] = _DEFAULT_ROWS


def _make_schema(request: Request) -> dict[str, Any]:
    return get_openapi(
        title="Mulaqat Explorer",
        version="1",
        description=_SUMMARY,
        routes=[*tables_router.routes, *feed.router.routes],
        servers=[{"url": make_link(request)().rstrip("/") or "/"}],
    )


def _add_table(name: str, query_class: type[Query]) -> None:
    paged = create_model(
        f"{name.title().replace('_', '')}Fields",
        __base__=(query_class, _Limited),
        __doc__=query_class.__doc__,
    )
    tables_router.add_api_route(
        f"/{name}",
        _make_endpoint(name, paged),
        summary=describe_query(name),
        operation_id=name,
        tags=["tables"],
    )


def _make_endpoint(name: str, query_class: Any) -> Callable[..., JSONResponse]:
    def send_table(page: PageDep, query: Annotated[query_class, QueryString()]) -> JSONResponse:
        return _send_table(page, name, query, query.limit)

    return send_table


def _send_table(page: Page, name: str, query: Query, limit: int) -> JSONResponse:
    table = page.read_table(name, query, limit=limit)
    content: dict[str, Any] = {"rows": table.rows, "sql": table.sql}
    if name == "meetings":
        content["next"] = make_cursor(table, limit)
    return JSONResponse(jsonable_encoder(content))


for _name, _query_class in TABLES.items():
    _add_table(_name, _query_class)
