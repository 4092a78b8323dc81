"""One person, body or place, and one country: whom they met, when, how often."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import Response

from etl.explorer.asked import CountryAsked, CountryCode, Id, MeetingsAsked, PartyAsked
from etl.explorer.highlight import cut_sentence
from etl.explorer.page import PageDep

router = APIRouter()
RECENT = 10
PARTNERS = 25
MONTHS = 36


@router.get("/entities/{entity_id}")
def show_entity(page: PageDep, entity_id: Id) -> Response:
    """Show whom a person, body or place met."""
    entity = page.row("entity", entity=entity_id)
    if entity is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    party = PartyAsked(entity=entity_id)
    return page.show(
        "entity.html",
        section="meetings",
        entity=entity,
        partners=page.table("partners", party, limit=PARTNERS),
        months=page.table("months", party, limit=MONTHS),
        meetings=page.table("meetings", MeetingsAsked(entity=entity_id), limit=RECENT),
        cut=cut_sentence,
    )


@router.get("/countries/{code}")
def show_country(page: PageDep, code: Annotated[CountryCode, Path()]) -> Response:
    """Show whom a country's people, bodies and governments met."""
    party = PartyAsked(country=code)
    return page.show(
        "country.html",
        section="matrix",
        code=code,
        met=page.table("countries_met", CountryAsked(country=code), limit=PARTNERS),
        partners=page.table("partners", party, limit=PARTNERS),
        months=page.table("months", party, limit=MONTHS),
        meetings=page.table("meetings", MeetingsAsked(country=code), limit=RECENT),
        cut=cut_sentence,
    )
