"""Where a source's articles are: addresses read from feeds, sitemaps and listing pages."""

from calendar import timegm
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import feedparser
from bs4 import BeautifulSoup
from usp.fetch_parse import SitemapFetcher
from usp.objects.page import SitemapPage
from usp.objects.sitemap import AbstractIndexSitemap
from usp.web_client.abstract_client import (
    AbstractWebClient,
    AbstractWebClientResponse,
    AbstractWebClientSuccessResponse,
    WebClientErrorResponse,
)

from etl.domain.days import IST
from etl.domain.urls import absolute_url
from etl.errors import FetchFailed
from etl.extract.fetch import Page
from etl.extract.page.decode import decode_page

_CHILD_LIMIT = 50
"""Sitemaps of one index that are read: half from its beginning, half from its end, where the newest stand."""

FetchDocument = Callable[[str], Page | None]
"""Fetches a document by URL; None where it has not changed. May raise FetchFailed."""


@dataclass(frozen=True, slots=True)
class Lead:
    """An address that may be an article.

    Attributes:
        url: absolute.
        published_at: what the document says of it; None where it says nothing.
        modified_at: likewise.
    """

    url: str
    published_at: datetime | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SitemapReading:
    """What a sitemap, or an index with its sitemaps, names.

    Attributes:
        index_urls: documents that only name other sitemaps: unchanged, they say nothing of these.
        problems: sitemaps that an index names and that were not read, each with the reason.
    """

    leads: tuple[Lead, ...]
    index_urls: frozenset[str]
    problems: tuple[str, ...]


def read_feed(page: Page) -> Iterator[Lead]:
    """Yield the items of an RSS or Atom feed; one that is broken gives what can be read of it."""
    for entry in feedparser.parse(page.body, response_headers=dict(page.headers)).entries:
        link = entry.get("link")
        if link and (url := absolute_url(page.url, link)):
            # feedparser warns where "updated" stands in for "published".
            updated = entry["updated_parsed"] if "updated_parsed" in entry else None  # noqa: SIM401
            published = entry.get("published_parsed")
            yield Lead(url, _from_struct(published), _from_struct(updated))


def read_sitemap(url: str, fetch: FetchDocument) -> SitemapReading:
    """Read the pages of a sitemap, or of the sitemaps that an index names (the first and last of very many).

    Raises:
        FetchFailed: the sitemap itself could not be fetched; one that an index names is told in `problems`.
    """
    client = _WebClient(fetch)
    passed_over: list[str] = []

    def choose(urls: list[str], *_: object) -> list[str]:
        half = _CHILD_LIMIT // 2
        chosen = urls if len(urls) <= _CHILD_LIMIT else [*urls[:half], *urls[-half:]]
        passed_over.extend(
            f"{url}: left out, its index names {len(urls)}" for url in urls if url not in chosen
        )
        return chosen

    root = SitemapFetcher(url, 0, client, recurse_list_callback=choose).sitemap()
    if url in client.failures:
        raise client.failures[url]
    indexes = (part for part in (root, *root.all_sitemaps()) if isinstance(part, AbstractIndexSitemap))
    return SitemapReading(
        leads=tuple(lead for page in root.all_pages() if (lead := _sitemap_lead(url, page))),
        index_urls=frozenset(part.url for part in indexes),
        problems=(*map(str, client.failures.values()), *passed_over),
    )


def read_listing(page: Page, is_article: Callable[[str], bool]) -> Iterator[Lead]:
    """Yield the links of a page that look like articles, in order, each once."""
    soup = BeautifulSoup(decode_page(page.body, page.header("Content-Type")), "lxml")
    links = (absolute_url(page.url, str(link["href"])) for link in soup.find_all("a", href=True))
    yield from (Lead(url) for url in dict.fromkeys(links) if url and is_article(url))


def _sitemap_lead(base_url: str, page: SitemapPage) -> Lead | None:
    news = page.news_story
    published = _with_zone(news.publish_date) if news else None
    location = absolute_url(base_url, page.url)
    return Lead(location, published, _with_zone(page.last_modified)) if location else None


def _from_struct(moment: object) -> datetime | None:
    """Read what feedparser gives: UTC as a struct_time."""
    try:
        return datetime.fromtimestamp(timegm(moment), UTC) if moment else None  # type: ignore[arg-type]
    except (ValueError, OverflowError, TypeError):
        return None


def _with_zone(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=IST) if moment and moment.tzinfo is None else moment


class _WebClient(AbstractWebClient):
    """Our fetching, as ultimate-sitemap-parser wants it."""

    def __init__(self, fetch: FetchDocument) -> None:
        self._fetch = fetch
        self.failures: dict[str, FetchFailed] = {}

    def set_max_response_data_length(self, max_response_data_length: int | None) -> None:
        """Fetching has a limit of its own."""

    def get(self, url: str) -> AbstractWebClientResponse:
        try:
            page = self._fetch(url)
        except FetchFailed as error:
            self.failures[url] = error
            return WebClientErrorResponse(str(error), retryable=False)
        return _Answer(page) if page else WebClientErrorResponse("not modified", retryable=False)


class _Answer(AbstractWebClientSuccessResponse):
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
