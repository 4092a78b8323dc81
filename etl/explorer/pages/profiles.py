"""The profile of an entity or a country: its partners, when they met and how often."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import Response

from etl.domain.meeting import Status
from etl.explorer.page import Page, PageDep, Table
from etl.explorer.query import CountryCode, CountryQuery, Id, MeetingListQuery, ProfileQuery

router = APIRouter()
MAX_MEETINGS = 10
MAX_PARTNERS = 25
MAX_MONTHS = 36


_NOT_HELD: tuple[tuple[Status, str], ...] = (
    ("planned", "planned_meetings"),
    ("cancelled", "cancelled_meetings"),
)


@router.get("/entities/{entity_id}")
def show_entity(page: PageDep, entity_id: Id) -> Response:
    """Show who a person, organisation or place met."""
    entity = page.read_row("entity", entity=entity_id)
    if entity is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    query = ProfileQuery(entity=entity_id)
    return page.render(
        "entity.html",
        section="meetings",
        entity=entity,
        partners=page.read_table("partners", query, limit=MAX_PARTNERS),
        months=page.read_table("months", query, limit=MAX_MONTHS),
        **_read_meetings(page, query),
    )


@router.get("/countries/{code}")
def show_country(page: PageDep, code: Annotated[CountryCode, Path()]) -> Response:
    """Show who a country's people and organisations met."""
    query = ProfileQuery(country=code)
    return page.render(
        "country.html",
        section="matrix",
        code=code,
        countries_met=page.read_table("countries_met", CountryQuery(country=code), limit=MAX_PARTNERS),
        partners=page.read_table("partners", query, limit=MAX_PARTNERS),
        months=page.read_table("months", query, limit=MAX_MONTHS),
        **_read_meetings(page, query),
    )


def _read_meetings(page: Page, query: ProfileQuery) -> dict[str, Table]:
    """Return the latest meetings that took place, and apart from them the planned and the cancelled ones."""
    whose = query.url_fields()
    held = MeetingListQuery(took_place=True, **whose)
    return {"meetings": page.read_table("meetings", held, limit=MAX_MEETINGS)} | {
        name: page.read_table("meetings", MeetingListQuery(status=status, **whose), limit=MAX_MEETINGS)
        for status, name in _NOT_HELD
    }
