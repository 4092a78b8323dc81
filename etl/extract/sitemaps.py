"""Read sitemaps and sitemap indexes with ultimate-sitemap-parser, through our own fetcher."""

from collections.abc import Iterator
from datetime import datetime

from usp.fetch_parse import SitemapFetcher
from usp.objects.page import SitemapPage
from usp.objects.sitemap import AbstractIndexSitemap, AbstractSitemap
from usp.web_client.abstract_client import (
    AbstractWebClient,
    AbstractWebClientResponse,
    AbstractWebClientSuccessResponse,
    WebClientErrorResponse,
)

from etl.domain.days import IST
from etl.domain.urls import absolute_url
from etl.errors import FetchFailed
from etl.extract.discovered import DiscoveredUrl, DocumentContents, FetchDocument
from etl.extract.fetch import Page

_CHILD_LIMIT = 50
"""Number of sitemaps of one index that are read: half from its start, half from its end, where the newest are."""


def read_sitemap(url: str, fetch: FetchDocument) -> DocumentContents:
    """Fetch and read a sitemap, or the sitemaps of an index. Of a very long index, read only both ends.

    Raises:
        FetchFailed: the sitemap at `url` could not be fetched. A failed sitemap of an index is listed in `problems`.
    """
    client = _WebClient(fetch)
    skipped: list[str] = []

    def choose(urls: list[str], *_: object) -> list[str]:
        half = _CHILD_LIMIT // 2
        chosen = urls if len(urls) <= _CHILD_LIMIT else [*urls[:half], *urls[-half:]]
        skipped.extend(f"{url}: left out, its index names {len(urls)}" for url in urls if url not in chosen)
        return chosen

    root = SitemapFetcher(url, 0, client, recurse_list_callback=choose).sitemap()
    if url in client.failures:
        raise client.failures[url]
    return DocumentContents(
        urls=tuple(_discovered_urls(url, root)),
        index_urls=frozenset(
            part.url for part in (root, *root.all_sitemaps()) if isinstance(part, AbstractIndexSitemap)
        ),
        problems=(*map(str, client.failures.values()), *skipped),
    )


def _discovered_urls(base_url: str, root: AbstractSitemap) -> Iterator[DiscoveredUrl]:
    for page in root.all_pages():
        if url := absolute_url(base_url, page.url):
            yield DiscoveredUrl(url, _published_at(page), _with_zone(page.last_modified))


def _published_at(page: SitemapPage) -> datetime | None:
    return _with_zone(page.news_story.publish_date) if page.news_story else None


def _with_zone(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=IST) if moment and moment.tzinfo is None else moment


class _WebClient(AbstractWebClient):
    """Adapter: our fetcher behind the interface of ultimate-sitemap-parser."""

    def __init__(self, fetch: FetchDocument) -> None:
        self._fetch = fetch
        self.failures: dict[str, FetchFailed] = {}

    def set_max_response_data_length(self, max_response_data_length: int | None) -> None:
        """Ignore the limit of the library: the fetcher has its own."""

    def get(self, url: str) -> AbstractWebClientResponse:
        try:
            page = self._fetch(url)
        except FetchFailed as error:
            self.failures[url] = error
            return WebClientErrorResponse(str(error), retryable=False)
        return _Response(page) if page else WebClientErrorResponse("not modified", retryable=False)


class _Response(AbstractWebClientSuccessResponse):
    """Adapter: a fetched page as a response of ultimate-sitemap-parser."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def status_code(self) -> int:
        return 200

    def status_message(self) -> str:
        return "OK"

    def header(self, case_insensitive_name: str) -> str | None:
        return self._page.header(case_insensitive_name)

    def raw_data(self) -> bytes:
        return self._page.body

    def url(self) -> str:
        return self._page.url
