"""Extract the fields of a `RawArticle` from the bytes of an article page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from etl.domain.raw import RawArticle
from etl.domain.urls import absolute_url, host_of
from etl.errors import RejectedArticle
from etl.extract.page.author import find_author
from etl.extract.page.blocks import PageBlocks, read_blocks
from etl.extract.page.body import MIN_BODY_CHARS, Body, Declared, find_body, keep_lines
from etl.extract.page.decode import decode_page
from etl.extract.page.headline import find_title
from etl.extract.page.metadata import PageMetadata, read_metadata
from etl.extract.page.other_articles import find_other_articles
from etl.extract.page.published import Times, find_times
from etl.extract.page.script_state import StateArticle, read_state_article
from etl.extract.page.scripts import take_scripts
from etl.extract.page.tree import parse_html
from etl.extract.sources import Selectors, Source, source_of_url

_PAYWALLED_CHARS = 700
_VIDEO_CHARS = 500
_EDITIONS = ("www.", "m.", "amp.")
_LIVE = re.compile(r"\blive\b|लाइव", re.I)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A parsed page, with its metadata and headline.

    Attributes:
        text: the decoded HTML.
        soup: its tree, without scripts and styles.
        blocks: of the whole page.
        state: the article in the page's scripts; None if there is none.
        title_method: method that found the title; likewise for the canonical URL.
    """

    text: str
    soup: BeautifulSoup
    blocks: PageBlocks
    metadata: PageMetadata
    state: StateArticle | None
    source_name: str
    selectors: Selectors
    canonical_url: str | None
    canonical_method: str | None
    title: str | None
    title_method: str | None

    @property
    def is_live(self) -> bool:
        """Whether the page is a live blog, whose updates look like articles."""
        return self.metadata.is_live or bool(_LIVE.search(self.title or ""))


def extract_page(
    payload: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    sources: Sequence[Source] = (),
    source_name: str | None = None,
    latest: date | None = None,
) -> RawArticle:
    """Extract the article of a page.

    Args:
        payload: HTML as the server sent it, in any encoding.
        url: URL it was fetched from; None if unknown.
        content_type: HTTP header; its charset is used unless the bytes contradict it.
        sources: known publishers; the selectors of the one that owns the URL are used.
        source_name: name of the publisher; None means the name of the known publisher, else the host.
        latest: last plausible day of publication; later dates are skipped.

    Returns:
        The article; `extraction` lists the method that found each field.

    Raises:
        RejectedArticle: `not_html`, `no_text`, `paywalled`, `video_page` or `too_costly`.
    """
    parsed = _parse(payload, url=url, content_type=content_type, sources=sources)
    if parsed is None:
        raise RejectedArticle("not_html", f"{len(payload)} bytes without any element")
    metadata = parsed.metadata
    times = _times(parsed, url, latest)
    author, author_method = find_author(parsed.soup, parsed.blocks, metadata, parsed.selectors.author)
    body = _read_body(parsed)
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
        title=parsed.title,
        text="\n".join(body.paragraphs),
        published_at=times.published_at,
        canonical_url=parsed.canonical_url,
        author=author,
        modified_at=times.modified_at,
        section=section,
        tags=metadata.tags,
        extraction=";".join(f"{name}={method}" for name, method in methods.items() if method),
    )


def find_published(
    payload: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    sources: Sequence[Source] = (),
    latest: date | None = None,
) -> datetime | None:
    """Return the time of publication of a page without extracting the body; None if the page gives none.

    A page that `extract_page` rejects gives none.
    """
    try:
        parsed = _parse(payload, url=url, content_type=content_type, sources=sources)
    except RejectedArticle:
        return None
    return _times(parsed, url, latest).published_at if parsed else None


def _parse(
    payload: bytes, *, url: str | None, content_type: str | None, sources: Sequence[Source]
) -> _Parsed | None:
    text = decode_page(payload, content_type)
    soup = parse_html(text)
    if soup.find(True) is None:
        return None
    scripts = take_scripts(soup)
    metadata = read_metadata(soup, scripts, url)
    source = source_of_url(sources, url or "")
    canonical_url, canonical_method = _canonical_url(metadata, url, source)
    source = source or source_of_url(sources, canonical_url or "")
    selectors = source.selectors if source else Selectors()
    title, title_method = find_title(soup, metadata.titles, selectors.title)
    state = read_state_article(scripts, [*metadata.shown_titles, *([title] if title else [])])
    if title is None and state is not None:
        title, title_method = state.title, "script"
    source_name = source.name if source else _host(url or canonical_url)
    return _Parsed(
        text,
        soup,
        read_blocks(soup),
        metadata,
        state,
        source_name,
        selectors,
        canonical_url,
        canonical_method,
        title,
        title_method,
    )


def _times(parsed: _Parsed, url: str | None, latest: date | None) -> Times:
    in_state = [(text, "script") for text in parsed.state.published] if parsed.state else []
    return find_times(
        parsed.soup,
        parsed.blocks,
        [*parsed.metadata.published, *in_state],
        parsed.metadata.modified,
        selector=parsed.selectors.published,
        title=parsed.title,
        url=url,
        latest=latest,
    )


def _read_body(parsed: _Parsed) -> Body:
    """Read the body without the elements that the publisher's selectors drop, and without other articles."""
    soup, metadata, blocks = parsed.soup, parsed.metadata, parsed.blocks
    unwanted = [element for selector in parsed.selectors.drop for element in soup.select(selector)]
    for element in unwanted:
        element.decompose()
    if unwanted:
        blocks = read_blocks(soup)
    if not parsed.is_live:
        blocks = blocks.drop(find_other_articles(blocks, parsed.title))
    declared = [
        Declared(tuple(metadata.article_body.split("\n")), "json-ld", metadata.is_live)
        if metadata.article_body
        else None,
        Declared(parsed.state.lines, "script") if parsed.state else None,
    ]
    body = find_body(
        soup,
        blocks,
        parsed.text,
        selector=parsed.selectors.body,
        declared=[text for text in declared if text],
        title=parsed.title,
    )
    if body.char_count < MIN_BODY_CHARS and metadata.captions:
        captions = keep_lines(metadata.captions.split("\n"), parsed.title)
        return max(body, Body(captions, "captions"), key=lambda found: found.char_count)
    return body


def _require_article(metadata: PageMetadata, body: Body) -> None:
    if not metadata.is_free and body.char_count < _PAYWALLED_CHARS:
        raise RejectedArticle("paywalled", f"{body.char_count} characters before the paywall")
    if metadata.is_video and body.char_count < _VIDEO_CHARS:
        raise RejectedArticle("video_page", f"a video with {body.char_count} characters of text")
    if not body.paragraphs:
        raise RejectedArticle("no_text", "no paragraph was found in the page")


def _canonical_url(
    metadata: PageMetadata, url: str | None, source: Source | None
) -> tuple[str, str] | tuple[None, None]:
    """Return the canonical URL that the page declares, unless it is a home page or of another publisher."""
    for address, method in metadata.canonical_urls:
        absolute = absolute_url(url or "", address)
        if absolute is None or not _is_page(absolute):
            continue
        if url is None or (source.owns(absolute) if source else _host(absolute) == _host(url)):
            return absolute, method
    return (url, "given") if url else (None, None)


def _is_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    has_path = bool(parts.path.strip("/") or parts.query)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and has_path


def _host(url: str | None) -> str:
    """Return the host of a URL without the prefix of its mobile or AMP edition; `unknown` if it has none."""
    host = host_of(url or "") or "unknown"
    for prefix in _EDITIONS:
        host = host.removeprefix(prefix)
    return host
