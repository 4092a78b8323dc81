"""Discover the article URLs of a source: read its feeds, sitemaps and listings, and store nothing.

`etl.extract.crawl` stores the result; `etl.pipeline.check_sources` only counts it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from bs4 import BeautifulSoup

from etl.domain.days import india_day
from etl.domain.urls import absolute_url
from etl.errors import FetchFailed
from etl.extract.discovered import DiscoveredUrl, DocumentContents, FetchDocument
from etl.extract.feeds import read_feed
from etl.extract.fetch import Page
from etl.extract.page.decode import decode_page
from etl.extract.sitemaps import read_sitemap
from etl.extract.sources import Source


@dataclass(frozen=True, slots=True)
class Discovery:
    """What one feed, sitemap or listing of a source lists.

    Attributes:
        document_url: the feed, sitemap or listing, as in sources.toml.
        urls: the URLs that may be articles of the source.
        pages: the documents that were fetched, each with the URL that was requested. A sitemap index adds its
            sitemaps; a document that is not modified adds none.
        index_urls: documents that only list other sitemaps.
        problems: documents that could not be read, each with the reason.
    """

    document_url: str
    urls: tuple[DiscoveredUrl, ...] = ()
    pages: tuple[tuple[str, Page], ...] = ()
    index_urls: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()


_ReadDocument = Callable[[str, FetchDocument], DocumentContents]


def discover_current(source: Source, fetch: FetchDocument) -> Iterator[Discovery]:
    """Yield what each feed, news sitemap and listing of a source lists now. Each is fetched when it is needed."""
    read_links = partial(_read_listing, is_article=source.is_article)
    for url in source.feeds:
        yield _discover(source, url, fetch, partial(_read_page, read=read_feed))
    for url in source.news_sitemaps:
        yield _discover(source, url, fetch, read_sitemap)
    for url in source.listings:
        yield _discover(source, url, fetch, partial(_read_page, read=read_links))


def discover_day(source: Source, day: str, fetch: FetchDocument) -> Iterator[Discovery]:
    """Yield what the sitemap archive of a source lists for a past IST day; nothing if it has no archive.

    URLs that the archive itself dates to another day are left out: the run of that day takes them.
    """
    if url := source.archive_url(day):
        discovery = _discover(source, url, fetch, read_sitemap)
        yield replace(discovery, urls=tuple(found for found in discovery.urls if _may_be_of_day(found, day)))


def _may_be_of_day(found: DiscoveredUrl, day: str) -> bool:
    return found.published_at is None or india_day(found.published_at).isoformat() == day


def _discover(source: Source, url: str, fetch: FetchDocument, read: _ReadDocument) -> Discovery:
    pages: list[tuple[str, Page]] = []

    def fetch_and_keep(document_url: str) -> Page | None:
        if page := fetch(document_url):
            pages.append((document_url, page))
        return page

    try:
        contents = read(url, fetch_and_keep)
    except FetchFailed as error:
        return Discovery(url, problems=(str(error),))
    return Discovery(
        document_url=url,
        urls=tuple(found for found in contents.urls if source.is_article(found.url)),
        pages=tuple(pages),
        index_urls=contents.index_urls,
        problems=contents.problems,
    )


def _read_page(
    url: str, fetch: FetchDocument, *, read: Callable[[Page], Iterator[DiscoveredUrl]]
) -> DocumentContents:
    page = fetch(url)
    return DocumentContents(tuple(read(page)) if page else ())


def _read_listing(page: Page, *, is_article: Callable[[str], bool]) -> Iterator[DiscoveredUrl]:
    """Yield the links of a page that look like articles, in order, each once."""
    soup = BeautifulSoup(decode_page(page.body, page.header("Content-Type")), "lxml")
    links = (absolute_url(page.url, str(link["href"])) for link in soup.find_all("a", href=True))
    yield from (DiscoveredUrl(url) for url in dict.fromkeys(links) if url and is_article(url))
