"""Pages: run their queries on the published copy and render the results."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeVar
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from fastapi import Query as QueryString
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from etl.explorer import labels
from etl.explorer.chart import make_bars, shade
from etl.explorer.fragments import split_sentence
from etl.explorer.gloss import to_title, write_gloss
from etl.explorer.query import TABLES, NoParameters, Query
from etl.warehouse.explore import PublishedWarehouse, Snapshot

STATIC_DIR = Path(__file__).parent / "static"
ROWS_PER_PAGE = 50
MAX_ROWS = 200
"""Maximum number of rows of a table without paging. A download contains all rows."""


class Section(NamedTuple):
    """An entry of the navigation bar."""

    name: str
    hi: str
    en: str


SECTIONS = (
    Section("meetings", "मुलाक़ातें", "Meetings"),
    Section("network", "नेटवर्क", "Network"),
    Section("map", "नक़्शा", "Map"),
    Section("matrix", "देश", "Countries"),
    Section("timeline", "कैलेंडर", "Timeline"),
    Section("pipeline", "पाइपलाइन", "Pipeline"),
    Section("sql", "सवाल", "SQL"),
    Section("api", "डेटा", "Data"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table that a page shows, and how to download all of them.

    Attributes:
        name: name of its SQL file under sql/explore; a key of `TABLES` if it can be downloaded.
        sql: the SQL that returned the rows, with parameters as literals.
        url_fields: URL fields of the download.
    """

    name: str
    rows: tuple[dict[str, Any], ...]
    sql: str
    url_fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """The page that answers one request."""

    request: Request
    snapshot: Snapshot

    def read_table(
        self, name: str, query: Query | None = None, *, limit: int = MAX_ROWS, **extra_parameters: Any
    ) -> Table:
        """Return the first rows of a table."""
        query = query or NoParameters()
        result = self.snapshot.query(name, query.sql_parameters() | {"limit": limit} | extra_parameters)
        return Table(name, result.rows, result.sql, query.url_fields() if name in TABLES else {})

    def read_row(self, name: str, **parameters: Any) -> dict[str, Any] | None:
        """Return the first row of a query, or None if there is none."""
        rows = self.snapshot.query(name, parameters).rows
        return rows[0] if rows else None

    def render(self, template: str, **context: Any) -> HTMLResponse:
        """Render a template."""
        context |= {"published_at": self.snapshot.published_at}
        return render(self.request, template, **context)


def open_page(request: Request) -> Iterator[Page]:
    """Open a snapshot of the published copy for the duration of a request."""
    published: PublishedWarehouse = request.app.state.published
    with published.open_snapshot() as snapshot:
        yield Page(request, snapshot)


QueryT = TypeVar("QueryT", bound=Query)
PageDep = Annotated[Page, Depends(open_page)]
FromUrl = Annotated[QueryT, QueryString()]
"""A query that FastAPI reads from the query string of the URL."""


def render(request: Request, template: str, status_code: int = 200, **context: Any) -> HTMLResponse:
    """Render a template from its context alone, without a snapshot."""
    defaults = {"published_at": None, "section": template.removesuffix(".html"), "is_signed_out": False}
    context = defaults | context
    text = _environment().get_template(template).render(link=make_link(request), **context)
    return HTMLResponse(text, status_code)


def render_text(template: str, **context: Any) -> str:
    """Return the text of a template that is not an HTML page, such as a feed."""
    return _environment().get_template(template).render(**context)


def make_link(request: Request) -> Callable[..., str]:
    """Return a function that builds URLs within the app, wherever the app is mounted."""
    root = request.scope.get("root_path", "")

    def link(*parts: str, **fields: Any) -> str:
        path = "/".join(quote(part, safe="") for part in parts)
        query_string = urlencode({name: value for name, value in fields.items() if value is not None})
        return f"{root}/{path}" + (f"?{query_string}" if query_string else "")

    return link


@cache
def fingerprint_static() -> str:
    """Return a hash of all static files; it is part of their URLs, so a changed file gets a new URL."""
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
        "SECTIONS": SECTIONS,
        "STATUS": labels.STATUS,
        "FORMAT": labels.FORMAT,
        "MODE": labels.MODE,
        "ROLE": labels.ROLE,
        "KIND": labels.KIND,
        "SORT": labels.SORT,
        "REASON": labels.REASON,
        "PRECISION": labels.PRECISION,
        "label_code": labels.label_code,
        "explain_rule": labels.explain_rule,
        "explain_rules": labels.explain_rules,
        "write_gloss": write_gloss,
        "WEEKDAYS": labels.WEEKDAYS,
        "name_country": labels.name_country,
        "list_countries": labels.list_countries,
        "format_day": labels.format_day,
        "format_month": labels.format_month,
        "format_date_range": labels.format_date_range,
        "format_time": labels.format_time,
        "make_bars": make_bars,
        "shade": shade,
        "split_sentence": split_sentence,
        "fingerprint_static": fingerprint_static,
    }
    environment.filters |= {
        "web_url": _keep_web_url,
        "thousands": _separate_thousands,
        "plain": _drop_direction_marks,
        "to_title": to_title,
    }
    return environment


def _keep_web_url(url: str) -> str | None:
    """Return a URL that is safe to link to; None for any scheme but http(s), such as javascript:."""
    return url if url.lower().startswith(("https://", "http://")) else None


def _separate_thousands(number: int) -> str:
    return f"{number:,}"


def _drop_direction_marks(text: str) -> str:
    """Return a text without direction marks, for places where it cannot be isolated, such as the page title."""
    return "".join(
        character
        for character in text
        if character not in "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
