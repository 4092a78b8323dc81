"""A page being made: it asks the published copy, and renders what it was told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from etl.explorer import words
from etl.explorer.asked import TABLES, Asked, Nothing
from etl.explorer.chart import make_bars
from etl.warehouse.explore import PublishedWarehouse, Reading

STATIC_DIR = Path(__file__).parent / "static"
ROWS_A_PAGE = 50
MOST_ROWS = 200
"""Rows of a table that has no further pages; a download has all."""


class Tab(NamedTuple):
    """One page of the navigation."""

    name: str
    hi: str
    en: str


TABS = (
    Tab("meetings", "मुलाक़ातें", "Meetings"),
    Tab("network", "नेटवर्क", "Network"),
    Tab("matrix", "देश", "Countries"),
    Tab("timeline", "कैलेंडर", "Timeline"),
    Tab("pipeline", "पाइपलाइन", "Pipeline"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """What a page shows of a table, and where the whole of it is to be had.

    Attributes:
        name: its question, as in `TABLES`.
        sql: the query behind it, filled in.
        query: the fields of the address that downloads it.
    """

    name: str
    rows: tuple[dict[str, Any], ...]
    sql: str
    query: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One request: what it may read, and how its answer is made."""

    request: Request
    reading: Reading

    def table(self, name: str, asked: Asked | None = None, *, limit: int = MOST_ROWS, **more: Any) -> Table:
        """Ask for the first rows of a table."""
        asked = asked or Nothing()
        answer = self.reading.ask(name, asked.parameters() | {"limit": limit} | more)
        return Table(name, answer.rows, answer.sql, asked.query() if name in TABLES else {})

    def row(self, name: str, **parameters: Any) -> dict[str, Any] | None:
        """Return the one row of a question; None where there is none."""
        rows = self.reading.ask(name, parameters).rows
        return rows[0] if rows else None

    def show(self, template: str, **context: Any) -> HTMLResponse:
        """Render a template."""
        context |= {"published_at": self.reading.published_at}
        return render(self.request, template, **context)


def open_page(request: Request) -> Iterator[Page]:
    """Read the copy that is published now, until the answer is made."""
    published: PublishedWarehouse = request.app.state.published
    with published.read() as reading:
        yield Page(request, reading)


PageDep = Annotated[Page, Depends(open_page)]


def render(request: Request, template: str, status_code: int = 200, **context: Any) -> HTMLResponse:
    """Render a template that needs nothing of the warehouse but what it is given."""
    context = {"published_at": None, "section": template.removesuffix(".html")} | context
    text = _environment().get_template(template).render(link=make_link(request), **context)
    return HTMLResponse(text, status_code)


def make_link(request: Request) -> Callable[..., str]:
    """Return what makes addresses within the app, wherever it is mounted."""
    root = request.scope.get("root_path", "")

    def link(*parts: str, **query: Any) -> str:
        path = "/".join(quote(part, safe="") for part in parts)
        fields = urlencode({name: value for name, value in query.items() if value is not None})
        return f"{root}/{path}" + (f"?{fields}" if fields else "")

    return link


@cache
def fingerprint_static() -> str:
    """Return what changes in the addresses of scripts, styles and fonts when one of them does."""
    digest = sha256()
    for path in sorted(path for path in STATIC_DIR.rglob("*") if path.is_file()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "TABS": TABS,
        "STATUS": words.STATUS,
        "FORMAT": words.FORMAT,
        "MODE": words.MODE,
        "ROLE": words.ROLE,
        "KIND": words.KIND,
        "SORT": words.SORT,
        "REASON": words.REASON,
        "WEEKDAYS": words.WEEKDAYS,
        "name_country": words.name_country,
        "countries": words.list_countries,
        "say_day": words.say_day,
        "say_month": words.say_month,
        "say_span": words.say_span,
        "say_moment": words.say_moment,
        "make_bars": make_bars,
        "assets": fingerprint_static,
    }
    environment.filters |= {"web_address": _web_address, "group": _group, "plain": _plain}
    return environment


def _web_address(url: str) -> str | None:
    """Return an address that a browser may be sent to; None for everything else, such as javascript:."""
    return url if url.lower().startswith(("https://", "http://")) else None


def _group(number: int) -> str:
    return f"{number:,}"


def _plain(text: str) -> str:
    """Return a text for where writing cannot be isolated, such as a window's title: without marks that turn it."""
    return "".join(
        sign
        for sign in text
        if sign not in "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
