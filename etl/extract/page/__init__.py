"""Extract the fields of a `RawArticle` from the bytes of an article page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from etl.domain.raw import RawArticle
from etl.domain.urls import absolute_url, host_of
from etl.errors import RejectedArticle
from etl.extract.page.author import find_author
from etl.extract.page.body import Body, find_body
from etl.extract.page.decode import decode_page
from etl.extract.page.headline import find_title
from etl.extract.page.metadata import PageMetadata, drop_scripts, read_metadata
from etl.extract.page.other_articles import drop_other_articles
from etl.extract.page.published import Times, find_times
from etl.extract.sources import Selectors, Source, source_of_url

_PAYWALLED_CHARS = 700
_VIDEO_CHARS = 500


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A parsed page, with its metadata and headline.

    Attributes:
        text: the decoded HTML.
        soup: its tree, without scripts and styles.
        title_method: method that found the title; likewise for the canonical URL.
    """

    text: str
    soup: BeautifulSoup
    metadata: PageMetadata
    source_name: str
    selectors: Selectors
    canonical_url: str | None
    canonical_method: str | None
    title: str | None
    title_method: str | None


def extract_page(
    payload: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    sources: Sequence[Source] = (),
    source_name: str | None = None,
) -> RawArticle:
    """Extract the article of a page.

    Args:
        payload: HTML as the server sent it, in any encoding.
        url: URL it was fetched from; None if unknown.
        content_type: HTTP header; its charset is used unless the bytes contradict it.
        sources: known publishers; the selectors of the one that owns the URL are used.
        source_name: name of the publisher; None means the name of the known publisher, else the host.

    Returns:
        The article; `extraction` lists the method that found each field.

    Raises:
        RejectedArticle: `not_html`, `no_text`, `paywalled` or `video_page`.
    """
    parsed = _parse(payload, url=url, content_type=content_type, sources=sources)
    if parsed is None:
        raise RejectedArticle("not_html", f"{len(payload)} bytes without any element")
    soup, metadata, selectors = parsed.soup, parsed.metadata, parsed.selectors
    times = _times(parsed, url)
    author, author_method = find_author(soup, metadata, selectors.author)
    for element in [element for selector in selectors.drop for element in soup.select(selector)]:
        element.decompose()
    title = parsed.title
    drop_other_articles(soup, title)
    body = find_body(
        soup, parsed.text, selector=selectors.body, article_body=metadata.article_body, title=title
    )
    _require_article(metadata, body)
    section, section_method = next(iter(metadata.sections), (None, None))
    methods = {
        "title": parsed.title_method,
        "body": body.method,
        "published_at": times.published_method,
        "modified_at": times.modified_method,
        "author": author_method,
        "canonical_url": parsed.canonical_method,
        "section": section_method,
    }
    return RawArticle(
        source_name=source_name or parsed.source_name,
        url=url or parsed.canonical_url,
        title=title,
        text="\n".join(body.paragraphs),
        published_at=times.published_at,
        canonical_url=parsed.canonical_url,
        author=author,
        modified_at=times.modified_at,
        section=section,
        tags=metadata.tags,
        extraction=";".join(f"{name}={method}" for name, method in methods.items() if method),
    )


def _parse(
    payload: bytes, *, url: str | None, content_type: str | None, sources: Sequence[Source]
) -> _Parsed | None:
    text = decode_page(payload, content_type)
    soup = BeautifulSoup(text, "lxml")
    if soup.find(True) is None:
        return None
    metadata = read_metadata(soup, text, url)
    canonical_url, canonical_method = _canonical_url(metadata, url)
    source = source_of_url(sources, url or canonical_url or "")
    selectors = source.selectors if source else Selectors()
    drop_scripts(soup)
    title, title_method = find_title(soup, metadata.titles, selectors.title)
    source_name = source.name if source else _host(url or canonical_url)
    return _Parsed(
        text, soup, metadata, source_name, selectors, canonical_url, canonical_method, title, title_method
    )


def _times(parsed: _Parsed, url: str | None) -> Times:
    return find_times(
        parsed.soup,
        parsed.metadata.published,
        parsed.metadata.modified,
        selector=parsed.selectors.published,
        title=parsed.title,
        url=url,
    )


def find_published(
    payload: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    sources: Sequence[Source] = (),
) -> datetime | None:
    """Return the time of publication of a page without extracting the body; None if the page gives none."""
    parsed = _parse(payload, url=url, content_type=content_type, sources=sources)
    return _times(parsed, url).published_at if parsed else None


def _require_article(metadata: PageMetadata, body: Body) -> None:
    if not metadata.is_free and body.char_count < _PAYWALLED_CHARS:
        raise RejectedArticle("paywalled", f"{body.char_count} characters before the paywall")
    if metadata.is_video and body.char_count < _VIDEO_CHARS:
        raise RejectedArticle("video_page", f"a video with {body.char_count} characters of text")
    if not body.paragraphs:
        raise RejectedArticle("no_text", "no paragraph was found in the page")


def _canonical_url(metadata: PageMetadata, url: str | None) -> tuple[str, str] | tuple[None, None]:
    """Return the canonical URL that the page declares, unless it is a home page or on another site."""
    for address, method in metadata.canonical_urls:
        absolute = absolute_url(url or "", address)
        if absolute is None:
            continue
        parts = urlsplit(absolute)
        is_page = (
            parts.scheme in ("http", "https") and parts.netloc and (parts.path.strip("/") or parts.query)
        )
        if is_page and (url is None or _site(absolute) == _site(url)):
            return absolute, method
    return (url, "given") if url else (None, None)


def _host(url: str | None) -> str:
    return (host_of(url or "") or "unknown").removeprefix("www.")


def _site(url: str) -> list[str]:
    return _host(url).split(".")[-2:]
