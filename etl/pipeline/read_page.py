"""Read one saved page as collect and clean would, to try a publisher's selectors."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from etl.config import Settings
from etl.domain.language import identify_language
from etl.errors import BadSetting, RejectedArticle, RejectReason
from etl.extract.inbox import read_page
from etl.extract.page import extract_page
from etl.extract.sources import read_sources


@dataclass(frozen=True, slots=True)
class PageReading:
    """The fields of one page; None for what the page does not give.

    Attributes:
        methods: how each field was found, such as `{"title": "h1"}`.
        rejected: why no article was read, with `detail` for people.
    """

    title: str | None = None
    body: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    author: str | None = None
    section: str | None = None
    tags: tuple[str, ...] | None = None
    canonical_url: str | None = None
    language: str | None = None
    methods: dict[str, str] | None = None
    rejected: RejectReason | None = None
    detail: str | None = None


def read_page_file(settings: Settings, path: Path, url: str | None) -> PageReading:
    """Read one saved page.

    Args:
        path: HTML, plain or gzipped.
        url: where it was fetched; None takes the canonical URL that the page gives.

    Raises:
        BadSetting: no such file.
    """
    if not path.is_file():
        raise BadSetting(f"{path}: no such file")
    try:
        page = extract_page(read_page(path), url=url, sources=read_sources(settings.sources_path))
    except RejectedArticle as error:
        return PageReading(rejected=error.reason, detail=error.detail)
    methods = dict(pair.split("=") for pair in (page.extraction or "").split(";"))
    return PageReading(
        title=page.title,
        body=page.text,
        published_at=page.published_at,
        modified_at=page.modified_at,
        author=page.author,
        section=page.section,
        tags=page.tags,
        canonical_url=page.canonical_url,
        language=identify_language(page.text),
        methods=methods | {"language": "identified"},
    )
