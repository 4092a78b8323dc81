"""Read one article page: from the bytes a server sent to the fields of a `RawArticle`."""

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
from etl.extract.page.other_articles import drop_other_articles
from etl.extract.page.published import Times, find_times
from etl.extract.page.structured import Structured, drop_machine_parts, read_structured
from etl.extract.sources import Selectors, Source, source_of_url

_PAYWALLED_CHARS = 700
_VIDEO_CHARS = 500


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A page read once: its tree without machine parts, what it says about itself, its headline."""

    text: str
    soup: BeautifulSoup
    said: Structured
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
    """Read an article page.

    Args:
        payload: HTML as the server sent it, in any encoding.
        url: where it was fetched; None where nobody knows.
        content_type: the HTTP header; its charset is believed where the bytes do not contradict it.
        sources: known publishers; the one whose host the page comes from says where to look.
        source_name: the publisher; None takes the known one's name, else the host.

    Returns:
        The article; `extraction` names the method of each field that was found.

    Raises:
        RejectedArticle: `not_html`, `no_text`, `paywalled` or `video_page`.
    """
    parsed = _parse(payload, url=url, content_type=content_type, sources=sources)
    if parsed is None:
        raise RejectedArticle("not_html", f"{len(payload)} bytes without one element")
    soup, said, selectors = parsed.soup, parsed.said, parsed.selectors
    times = _times(parsed, url)
    author, author_method = find_author(soup, said, selectors.author)
    for element in [element for selector in selectors.drop for element in soup.select(selector)]:
        element.decompose()
    title = parsed.title
    drop_other_articles(soup, title)
    body = find_body(soup, parsed.text, selector=selectors.body, article_body=said.article_body, title=title)
    _require_article(said, body)
    section, section_method = next(iter(said.sections), (None, None))
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
        tags=said.tags,
        extraction=";".join(f"{name}={method}" for name, method in methods.items() if method),
    )


def _parse(
    payload: bytes, *, url: str | None, content_type: str | None, sources: Sequence[Source]
) -> _Parsed | None:
    text = decode_page(payload, content_type)
    soup = BeautifulSoup(text, "lxml")
    if soup.find(True) is None:
        return None
    said = read_structured(soup, text, url)
    canonical_url, canonical_method = _canonical_url(said, url)
    source = source_of_url(sources, url or canonical_url or "")
    selectors = source.selectors if source else Selectors()
    drop_machine_parts(soup)
    title, title_method = find_title(soup, said.titles, selectors.title)
    source_name = source.name if source else _host(url or canonical_url)
    return _Parsed(
        text, soup, said, source_name, selectors, canonical_url, canonical_method, title, title_method
    )


def _times(parsed: _Parsed, url: str | None) -> Times:
    return find_times(
        parsed.soup,
        parsed.said.published,
        parsed.said.modified,
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
    """Return when a page says it was published, without reading the rest of it; None where it does not."""
    parsed = _parse(payload, url=url, content_type=content_type, sources=sources)
    return _times(parsed, url).published_at if parsed else None


def _require_article(said: Structured, body: Body) -> None:
    if not said.is_free and body.char_count < _PAYWALLED_CHARS:
        raise RejectedArticle("paywalled", f"{body.char_count} characters before the paywall")
    if said.is_video and body.char_count < _VIDEO_CHARS:
        raise RejectedArticle("video_page", f"a video with {body.char_count} characters of text")
    if not body.paragraphs:
        raise RejectedArticle("no_text", "no paragraph was found in the page")


def _canonical_url(said: Structured, url: str | None) -> tuple[str, str] | tuple[None, None]:
    """Return where the page says it lives; the front page, or another site, is not it."""
    for address, method in said.canonical_urls:
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
