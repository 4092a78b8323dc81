"""The list of meetings, and one meeting."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from etl.explorer.asked import Id, MeetingAsked, MeetingsAsked, NamesAsked
from etl.explorer.highlight import cut_sentence
from etl.explorer.page import ROWS_A_PAGE, PageDep, Table, make_link

router = APIRouter()
SUGGESTIONS = 12


@router.get("/", include_in_schema=False)
def open_meetings(request: Request) -> Response:
    """Lead to the list of meetings."""
    return RedirectResponse(make_link(request)("meetings"))


@router.get("/meetings")
def list_meetings(page: PageDep, asked: Annotated[MeetingsAsked, Query()]) -> Response:
    """Show a page of the meetings that pass the filters."""
    meetings = page.table("meetings", asked, limit=ROWS_A_PAGE)
    names = page.table("names", NamesAsked(who=asked.who), limit=SUGGESTIONS).rows if asked.who else ()
    chosen = {
        name: page.row("entity", entity=entity_id)
        for name, entity_id in (("entity", asked.entity), ("other", asked.other))
        if entity_id
    }
    return page.show(
        "meetings.html",
        asked=asked,
        meetings=meetings,
        names=names,
        chosen=chosen,
        cut=cut_sentence,
        after=after_last(meetings),
    )


@router.get("/meetings/{meeting_id}")
def show_meeting(page: PageDep, meeting_id: Id) -> Response:
    """Show one meeting with all its reports; an id that is no more leads to the meeting that took its place."""
    meeting = page.table("meeting", MeetingAsked(meeting=meeting_id))
    if not meeting.rows:
        former = page.row("former_meeting", meeting=meeting_id)
        if former and former["meeting_id"]:
            return RedirectResponse(make_link(page.request)("meetings", former["meeting_id"]))
        raise HTTPException(HTTPStatus.NOT_FOUND)
    asked = MeetingAsked(meeting=meeting_id)
    return page.show(
        "meeting.html",
        section="meetings",
        table=meeting,
        meeting=meeting.rows[0],
        participants=page.table("participants", asked),
        reports=page.table("reports", asked),
        linked=page.table("linked", asked),
        cut=cut_sentence,
    )


@router.get("/suggest", response_class=JSONResponse)
def suggest_names(page: PageDep, asked: Annotated[NamesAsked, Query()]) -> JSONResponse:
    """Return names like what is being typed, for the form."""
    rows = page.table("names", asked, limit=SUGGESTIONS).rows
    return JSONResponse([{"hi": row["name_hi"], "latin": row["name_latin"]} for row in rows])


def after_last(meetings: Table) -> str | None:
    """Return where the next page begins; None where this is the last."""
    if len(meetings.rows) < ROWS_A_PAGE:
        return None
    last = meetings.rows[-1]
    return f"{last['report_count']}~{last['listed_date']}~{last['meeting_id']}"
