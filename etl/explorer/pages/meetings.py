"""The list of meetings, the page of a meeting, and name suggestions."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from etl.explorer.page import ROWS_PER_PAGE, FromUrl, Page, PageDep, Table, make_link
from etl.explorer.query import Id, MeetingListQuery, MeetingQuery, NameQuery

router = APIRouter()
MAX_SUGGESTIONS = 12


@router.get("/", include_in_schema=False)
def redirect_to_meetings(request: Request) -> Response:
    """Redirect to the list of meetings."""
    return RedirectResponse(make_link(request)("meetings"))


@router.get("/meetings")
def list_meetings(page: PageDep, query: FromUrl[MeetingListQuery]) -> Response:
    """Show one page of the meetings that match the filters."""
    return render_list(page, query)


@router.get("/meetings/{meeting_id}")
def show_meeting(page: PageDep, meeting_id: Id) -> Response:
    """Show a meeting with all its reports; redirect from a former id to the current one."""
    query = MeetingQuery(meeting=meeting_id)
    table = page.read_table("meeting", query)
    if not table.rows:
        current = page.read_row("former_meeting", meeting=meeting_id)
        if current and current["meeting_id"]:
            return RedirectResponse(make_link(page.request)("meetings", current["meeting_id"]))
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return page.render(
        "meeting.html",
        section="meetings",
        table=table,
        meeting=table.rows[0],
        participants=page.read_table("participants", query),
        reports=page.read_table("reports", query),
        linked=page.read_table("linked", query),
    )


@router.get("/suggest", response_class=JSONResponse)
def suggest_names(page: PageDep, query: FromUrl[NameQuery]) -> JSONResponse:
    """Return names that match what the user has typed so far."""
    rows = page.read_table("names", query, limit=MAX_SUGGESTIONS).rows
    return JSONResponse([{"hi": row["name_hi"], "latin": row["name_latin"]} for row in rows])


def render_list(page: Page, query: MeetingListQuery, *, other_dag_id: str | None = None) -> Response:
    """Return the page of the meetings that match the filters.

    Args:
        other_dag_id: the page is the tab of this DAG, which does not load the warehouse.
    """
    meetings = page.read_table("meetings", query, limit=ROWS_PER_PAGE)
    found = {
        name: page.read_table("names", NameQuery(who=name), limit=MAX_SUGGESTIONS).rows
        for name in query.names
    }
    entities = {
        name: page.read_row("entity", entity=entity_id)
        for name, entity_id in (("entity", query.entity), ("other", query.other))
        if entity_id
    }
    return page.render(
        "meetings.html",
        section="meetings",
        query=query,
        meetings=meetings,
        facets=None if query.after else _group_facets(page.read_table("facets", query)),
        names=found,
        entities=entities,
        after=make_cursor(meetings),
        other_dag_id=other_dag_id,
    )


def _group_facets(table: Table) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the facets, by facet."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in table.rows:
        grouped.setdefault(row["facet"], []).append(row)
    return grouped


def make_cursor(meetings: Table, page_rows: int = ROWS_PER_PAGE) -> str | None:
    """Return the `after` field of the next page, or None if the table is not full and so is the last page."""
    if len(meetings.rows) < page_rows:
        return None
    last = meetings.rows[-1]
    return f"{last['report_count']}~{last['news_date']}~{last['meeting_id']}"
