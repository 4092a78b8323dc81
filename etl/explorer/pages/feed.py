"""Feeds of the latest meetings that match a filter, as RSS 2.0 and as JSON Feed 1.1."""

from datetime import datetime, time
from email.utils import format_datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from etl.domain.days import IST
from etl.explorer.gloss import write_gloss
from etl.explorer.page import FromUrl, Page, PageDep, make_link, render_text
from etl.explorer.query import MeetingListQuery

router = APIRouter()
MAX_ITEMS = 50
_JSON_FEED = "https://jsonfeed.org/version/1.1"


@router.get("/feed.rss", response_class=Response)
def send_rss(page: PageDep, query: FromUrl[MeetingListQuery]) -> Response:
    """Send the latest meetings that match the filters of the meeting list, as RSS 2.0."""
    text = render_text("feed.rss.xml", items=_make_items(page, query), **_describe(page, query))
    return Response(text, media_type="application/rss+xml")


@router.get("/feed.json", response_class=JSONResponse)
def send_json_feed(page: PageDep, query: FromUrl[MeetingListQuery]) -> JSONResponse:
    """Send the latest meetings that match the filters of the meeting list, as JSON Feed 1.1."""
    described = _describe(page, query)
    items = [
        {
            "id": item["id"],
            "url": item["url"],
            "title": item["title"],
            "content_text": item["sentence"],
            "language": "hi",
            "date_published": item["published"].isoformat() if item["published"] else None,
            "tags": [item["status"]],
        }
        for item in _make_items(page, query)
    ]
    return JSONResponse(
        {
            "version": _JSON_FEED,
            "title": described["title"],
            "home_page_url": described["home"],
            "items": items,
        },
        media_type="application/feed+json",
    )


def _make_items(page: Page, query: MeetingListQuery) -> list[dict[str, Any]]:
    link, base = make_link(page.request), _base(page)
    query = query.model_copy(update={"sort": "newest", "after": None})
    return [
        {
            "id": row["meeting_id"],
            "url": base + link("meetings", row["meeting_id"]),
            "title": write_gloss(row, row["participants"]),
            "sentence": row["evidence_text"],
            "status": row["status"],
            "published": (published := _to_moment(row["published_date"])),
            "rfc822": format_datetime(published) if published else None,
        }
        for row in page.read_table("meetings", query, limit=MAX_ITEMS).rows
    ]


def _describe(page: Page, query: MeetingListQuery) -> dict[str, str]:
    fields = query.url_fields(sort=None)
    named = ", ".join(f"{name} {value}" for name, value in fields.items())
    home = _base(page) + make_link(page.request)("meetings", **fields)
    return {"title": f"Mulaqat: new meetings ({named})" if named else "Mulaqat: new meetings", "home": home}


def _base(page: Page) -> str:
    """Return the scheme and host under which the reader reached the app."""
    url = page.request.url
    return f"{url.scheme}://{url.netloc}"


def _to_moment(day: Any) -> datetime | None:
    return datetime.combine(day, time(), IST) if day else None
