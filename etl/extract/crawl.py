"""Crawl sources: read what their feeds, sitemaps and listings name, fetch it, keep it raw.

Sources are asked side by side, each at its own pace, and none stops the others. Pages go to the archive in batches;
only then does the frontier call them archived.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from etl.domain.days import IST
from etl.domain.raw import HINT_HEADER, RawRecord
from etl.errors import FetchFailed
from etl.extract.archive import add_records
from etl.extract.discovery import Lead, read_feed, read_listing, read_sitemap
from etl.extract.failure import make_failure
from etl.extract.fetch import Fetcher, Page, Politeness
from etl.extract.frontier import MAX_ATTEMPTS, Address, Frontier, Outcome
from etl.extract.page import find_published
from etl.extract.sources import Source
from etl.storage.paths import AnyPath

BATCH_SIZE = 100
_SOURCES_AT_ONCE = 8
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What one source gave in one crawl.

    Attributes:
        found_count: addresses that were new.
        outcome_counts: tries by what they gave: `archived`, `not_modified`, `pending`, or why they failed.
        problems: documents that could not be read, each with the reason.
        days: partitions that something was added to, sorted.
    """

    source_id: str
    found_count: int
    outcome_counts: dict[str, int]
    problems: tuple[str, ...]
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crawl:
    """One run over the sources.

    Attributes:
        raw_dir: the raw archive of articles.
        discovery_dir: a raw archive of the documents that name them.
        now: when the run began; dates what nothing else dates.
        run_key: names the run; an address is tried once in it.
    """

    fetcher: Fetcher
    frontier: Frontier
    raw_dir: AnyPath
    discovery_dir: AnyPath
    now: datetime
    run_key: str

    def poll(self, sources: Sequence[Source]) -> list[SourceReport]:
        """Ask what knows only the present: feeds, news sitemaps, listings."""
        return self._side_by_side(sources, lambda source: _SourceCrawl(self, source).poll())

    def ask_archives(self, sources: Sequence[Source], day: str) -> list[SourceReport]:
        """Ask the sitemap archives of a past day; a source without one gives nothing."""
        return self._side_by_side(sources, lambda source: _SourceCrawl(self, source).ask_archive(day))

    def fetch_urls(self, source: Source, urls: Iterable[str]) -> SourceReport:
        """Fetch single addresses."""
        return _SourceCrawl(self, source).fetch_urls(urls)

    @property
    def today(self) -> str:
        """The run's day in India."""
        return self.now.astimezone(IST).date().isoformat()

    def _side_by_side(
        self, sources: Sequence[Source], crawl: Callable[[Source], SourceReport]
    ) -> list[SourceReport]:
        with ThreadPoolExecutor(_SOURCES_AT_ONCE) as pool:
            return list(pool.map(crawl, sources))


@dataclass(slots=True)
class _SourceCrawl:
    """One source's part of a crawl."""

    crawl: Crawl
    source: Source
    found_count: int = 0
    outcome_counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    days: set[str] = field(default_factory=set)
    read_pages: list[tuple[str, Page]] = field(default_factory=list)
    index_urls: set[str] = field(default_factory=set)

    def poll(self) -> SourceReport:
        source = self.source
        for url in source.feeds:
            self._discover(url, partial(self._read_page, url, read_feed))
        for url in source.news_sitemaps:
            self._discover(url, partial(self._read_sitemap, url))
        for url in source.listings:
            read_links = partial(read_listing, is_article=source.is_article)
            self._discover(url, partial(self._read_page, url, read_links))
        return self._fetch_waiting()

    def ask_archive(self, day: str) -> SourceReport:
        if url := self.source.archive_url(day):
            self._discover(url, lambda: _of_day(self._read_sitemap(url), day))
        return self._fetch_waiting()

    def fetch_urls(self, urls: Iterable[str]) -> SourceReport:
        self._add(Lead(url) for url in urls)
        return self._fetch_waiting()

    def _discover(self, url: str, read: Callable[[], Iterable[Lead]]) -> None:
        """Read one document; what it names lies in the frontier before its validators do.

        Of an index none are kept: it may stay the same while the sitemaps that it names change.
        """
        self.read_pages.clear()
        try:
            leads = [lead for lead in read() if self.source.is_article(lead.url)]
        except FetchFailed as error:
            log.warning("%s: %s", self.source.source_id, error)
            self.problems.append(str(error))
            return
        self._add(leads)
        documents = [self._document_record(address, page) for address, page in self.read_pages]
        add_records(self.crawl.discovery_dir, documents)
        for address, page in self.read_pages:
            if page.url in self.index_urls:
                continue
            etag, last_modified = page.header("ETag"), page.header("Last-Modified")
            self.crawl.frontier.keep_validators(address, etag, last_modified)
        log.info("%s: %s names %d articles", self.source.source_id, url, len(leads))

    def _add(self, leads: Iterable[Lead]) -> None:
        self.found_count += self.crawl.frontier.add_leads(self.source.source_id, leads, self.crawl.today)

    def _read_page(self, url: str, read: Callable[[Page], Iterator[Lead]]) -> Iterator[Lead]:
        page = self._fetch_document(url)
        return read(page) if page else iter(())

    def _read_sitemap(self, url: str) -> Iterable[Lead]:
        reading = read_sitemap(url, self._fetch_document)
        self.index_urls |= reading.index_urls
        for problem in reading.problems:
            log.warning("%s: %s", self.source.source_id, problem)
        self.problems += reading.problems
        return reading.leads

    def _fetch_document(self, url: str) -> Page | None:
        etag, last_modified = self.crawl.frontier.read_validators(url)
        page = self.crawl.fetcher.fetch(url, self._politeness, etag=etag, last_modified=last_modified)
        if page:
            self.read_pages.append((url, page))
        return page

    def _document_record(self, url: str, page: Page) -> RawRecord:
        content_type = page.header("Content-Type") or "application/xml"
        return RawRecord(self.source.name, url, content_type, page.body, self.crawl.today, page.headers)

    def _fetch_waiting(self) -> SourceReport:
        """Fetch all that waits for this source, batch by batch."""
        run_key, frontier = self.crawl.run_key, self.crawl.frontier
        with ThreadPoolExecutor(self.source.concurrency) as pool:
            while batch := frontier.take_waiting(self.source.source_id, run_key, BATCH_SIZE):
                tries = list(pool.map(self._try, batch))
                added = add_records(self.crawl.raw_dir, [record for _, record in tries if record])
                frontier.settle([outcome for outcome, _ in tries], run_key)
                self.days |= added.keys()
        return SourceReport(
            self.source.source_id,
            self.found_count,
            dict(self.outcome_counts),
            tuple(self.problems),
            tuple(sorted(self.days)),
        )

    def _try(self, address: Address) -> tuple[Outcome, RawRecord | None]:
        """Fetch one address and say what came of it; touches neither archive nor frontier."""
        try:
            page = self.crawl.fetcher.fetch(
                address.fetch_url, self._politeness, etag=address.etag, last_modified=address.last_modified
            )
        except FetchFailed as error:
            return self._failed(address, error)
        if page is None:
            self.outcome_counts["not_modified"] += 1
            return Outcome(address, "archived", is_not_modified=True), None
        self.outcome_counts["archived"] += 1
        record = self._page_record(address, page)
        validators = page.header("ETag"), page.header("Last-Modified")
        return Outcome(address, "archived", record.partition_day, *validators), record

    def _failed(self, address: Address, error: FetchFailed) -> tuple[Outcome, RawRecord | None]:
        if (
            address.partition_day
        ):  # its first page is in the archive: a revision that cannot be had loses nothing
            return Outcome(address, "archived"), None
        if error.may_pass and address.attempt_count + 1 < MAX_ATTEMPTS:
            self.outcome_counts["pending"] += 1
            return Outcome(address, "pending"), None
        self.outcome_counts[error.reason] += 1
        record = make_failure(self.source.name, address.fetch_url, error.reason, error.detail, address.day)
        return Outcome(address, "failed", address.day), record

    def _page_record(self, address: Address, page: Page) -> RawRecord:
        content_type = page.header("Content-Type") or "text/html"
        hint = ((HINT_HEADER, address.published_at),) if address.published_at else ()
        day = address.partition_day
        if day is None and not address.published_at:
            published = find_published(page.body, content_type=content_type, url=address.fetch_url)
            day = published.astimezone(IST).date().isoformat() if published else None
        headers = (*page.headers, *hint) or (("Content-Type", content_type),)
        return RawRecord(
            self.source.name, address.fetch_url, content_type, page.body, day or address.day, headers
        )

    @property
    def _politeness(self) -> Politeness:
        return Politeness(self.source.crawl_delay_seconds, self.source.concurrency)


def _of_day(leads: Iterable[Lead], day: str) -> Iterator[Lead]:
    """Leave out what the archive itself dates to another day; that day's run takes it."""
    for lead in leads:
        if lead.published_at is None or lead.published_at.astimezone(IST).date().isoformat() == day:
            yield lead
