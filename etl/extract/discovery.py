"""Discover the article URLs of a source: read its feeds, sitemaps and listings, and store nothing.

`etl.extract.crawl` stores the result; `etl.pipeline.check_sources` only counts it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from etl.domain.days import india_day
from etl.errors import FetchFailed, RejectedArticle
from etl.extract.boundary import reject_errors
from etl.extract.discovered import DiscoveredUrl, DocumentContents, FetchDocument
from etl.extract.feeds import read_feed
from etl.extract.fetch import Page
from etl.extract.listings import read_listing
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
        reread_urls: documents that the next run reads again even if they are not modified, see `DocumentContents`.
        problems: documents, or entries of them, that could not be read, each with the reason.
    """

    document_url: str
    urls: tuple[DiscoveredUrl, ...] = ()
    pages: tuple[tuple[str, Page], ...] = ()
    reread_urls: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()


_ReadDocument = Callable[[str, FetchDocument], DocumentContents]


def discover_current(source: Source, fetch: FetchDocument, latest: date | None) -> Iterator[Discovery]:
    """Yield what each feed, news sitemap and listing of a source lists now. Each is fetched when it is needed.

    Args:
        source: the publisher.
        fetch: fetches a document.
        latest: last day on which an article can have been published; a later time is treated as unknown.
    """
    read_items = partial(read_feed, latest=latest)
    read_links = partial(read_listing, is_article=source.is_article)
    for url in source.feeds:
        yield _discover(source, url, fetch, partial(_read_page, read=read_items))
    for url in source.news_sitemaps:
        yield _discover(source, url, fetch, partial(read_sitemap, latest=latest))
    for url in source.listings:
        yield _discover(source, url, fetch, partial(_read_page, read=read_links))


def discover_day(source: Source, day: str, fetch: FetchDocument, latest: date | None) -> Iterator[Discovery]:
    """Yield what the sitemap archive of a source lists for a past IST day; nothing if it has no archive.

    URLs that the archive itself dates to another day are left out: the run of that day takes them. For `latest` see
    `discover_current`.
    """
    if url := source.archive_url(day):
        discovery = _discover(source, url, fetch, partial(read_sitemap, latest=latest))
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
        with reject_errors(url):
            contents = read(url, fetch_and_keep)
            urls = tuple(found for found in contents.urls if source.is_article(found.url))
    except FetchFailed as error:
        return Discovery(url, problems=(str(error),))
    except RejectedArticle as error:
        reread = frozenset(document_url for document_url, _ in pages)
        return Discovery(url, (), tuple(pages), reread, (f"{error.reason}: {url}: {error.detail}",))
    return Discovery(url, urls, tuple(pages), contents.reread_urls, contents.problems)


def _read_page(
    url: str, fetch: FetchDocument, *, read: Callable[[Page], DocumentContents]
) -> DocumentContents:
    page = fetch(url)
    return read(page) if page else DocumentContents()
