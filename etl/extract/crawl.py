"""Crawl sources: discover article URLs, fetch them, and store the pages raw.

Sources are crawled in parallel, each at its own rate; a source whose documents fail does not stop the others. Pages
are added to the archive in batches, and only then marked as archived in the frontier.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from etl.domain.days import india_day
from etl.domain.raw import HINT_HEADER, RawRecord
from etl.errors import FetchFailed, RejectReason
from etl.extract.archive import add_records
from etl.extract.discovered import DiscoveredUrl
from etl.extract.discovery import Discovery, discover_current, discover_day
from etl.extract.failure import make_failure
from etl.extract.fetch import Fetcher, Page
from etl.extract.frontier import MAX_ATTEMPTS, Frontier, FrontierUrl, Outcome
from etl.extract.page import find_published
from etl.extract.sources import Source
from etl.storage.paths import AnyPath

BATCH_SIZE = 100
_PARALLEL_SOURCES = 8
log = logging.getLogger(__name__)

OutcomeName = Literal["archived", "not_modified", "pending"] | RejectReason
"""Name under which an attempt is counted: its state, or the reason of a failure that is not tried again."""


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """Result of one crawl of one source.

    Attributes:
        found_count: number of URLs that were new.
        outcome_counts: number of attempts by outcome.
        problems: documents that could not be read, each with the reason.
        days: partition days that records were added to, sorted.
    """

    source_id: str
    found_count: int
    outcome_counts: dict[OutcomeName, int]
    problems: tuple[str, ...]
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crawl:
    """One run over the sources.

    Attributes:
        raw_dir: the raw archive of articles.
        discovery_dir: the raw archive of the feeds, sitemaps and listings that were read.
        now: start of the run. Its IST day is used for URLs and pages without a date.
        run_key: name of the run; a URL is tried once per run.
    """

    fetcher: Fetcher
    frontier: Frontier
    raw_dir: AnyPath
    discovery_dir: AnyPath
    now: datetime
    run_key: str

    def poll(self, sources: Sequence[Source]) -> list[CrawlResult]:
        """Crawl the feeds, news sitemaps and listings of each source: what is new now."""
        return self._crawl_in_parallel(sources, lambda source: _SourceCrawl(self, source).poll())

    def crawl_archives(self, sources: Sequence[Source], day: str) -> list[CrawlResult]:
        """Crawl the sitemap archive of each source for a past IST day; a source without one finds nothing."""
        return self._crawl_in_parallel(sources, lambda source: _SourceCrawl(self, source).crawl_archive(day))

    def fetch_urls(self, source: Source, urls: Iterable[str]) -> CrawlResult:
        """Fetch the given URLs as articles of a source."""
        return _SourceCrawl(self, source).fetch_urls(urls)

    @property
    def today(self) -> str:
        """IST day of the run, YYYY-MM-DD."""
        return india_day(self.now).isoformat()

    def _crawl_in_parallel(
        self, sources: Sequence[Source], crawl_source: Callable[[Source], CrawlResult]
    ) -> list[CrawlResult]:
        with ThreadPoolExecutor(_PARALLEL_SOURCES) as pool:
            return list(pool.map(crawl_source, sources))


@dataclass(slots=True)
class _SourceCrawl:
    """The crawl of one source, and its counts so far."""

    crawl: Crawl
    source: Source
    found_count: int = 0
    outcome_counts: Counter[OutcomeName] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    days: set[str] = field(default_factory=set)

    def poll(self) -> CrawlResult:
        return self._crawl(discover_current(self.source, self._fetch_document))

    def crawl_archive(self, day: str) -> CrawlResult:
        return self._crawl(discover_day(self.source, day, self._fetch_document))

    def fetch_urls(self, urls: Iterable[str]) -> CrawlResult:
        self._add_urls(DiscoveredUrl(url) for url in urls)
        return self._fetch_pending()

    def _crawl(self, discoveries: Iterable[Discovery]) -> CrawlResult:
        for discovery in discoveries:
            self._store(discovery)
        return self._fetch_pending()

    def _fetch_document(self, url: str) -> Page | None:
        etag, last_modified = self.crawl.frontier.read_validators(url)
        return self.crawl.fetcher.fetch(url, self.source.politeness, etag=etag, last_modified=last_modified)

    def _store(self, discovery: Discovery) -> None:
        """Store what a document lists: first the URLs, then the document, then its validators.

        If a run is killed in between, the next one reads the document again. An index gets no validators: it may be
        unchanged while its sitemaps change.
        """
        for problem in discovery.problems:
            log.warning("%s: %s", self.source.source_id, problem)
        self.problems += discovery.problems
        self._add_urls(discovery.urls)
        documents = [self._document_record(url, page) for url, page in discovery.pages]
        add_records(self.crawl.discovery_dir, documents)
        for url, page in discovery.pages:
            if page.url not in discovery.index_urls:
                self.crawl.frontier.store_validators(url, page.header("ETag"), page.header("Last-Modified"))
        log.info(
            "%s: %s lists %d articles", self.source.source_id, discovery.document_url, len(discovery.urls)
        )

    def _add_urls(self, urls: Iterable[DiscoveredUrl]) -> None:
        self.found_count += self.crawl.frontier.add_urls(self.source.source_id, urls, self.crawl.today)

    def _document_record(self, url: str, page: Page) -> RawRecord:
        content_type = page.header("Content-Type") or "application/xml"
        return RawRecord(self.source.name, url, content_type, page.body, self.crawl.today, page.headers)

    def _fetch_pending(self) -> CrawlResult:
        """Fetch all pending URLs of the source, batch by batch."""
        run_key, frontier = self.crawl.run_key, self.crawl.frontier
        with ThreadPoolExecutor(self.source.concurrency) as pool:
            while batch := frontier.list_pending(self.source.source_id, run_key, BATCH_SIZE):
                attempts = list(pool.map(self._fetch_article, batch))
                added = add_records(self.crawl.raw_dir, [record for _, record in attempts if record])
                frontier.record_outcomes([outcome for outcome, _ in attempts], run_key)
                self.days |= added.keys()
        return CrawlResult(
            self.source.source_id,
            self.found_count,
            dict(self.outcome_counts),
            tuple(self.problems),
            tuple(sorted(self.days)),
        )

    def _fetch_article(self, target: FrontierUrl) -> tuple[Outcome, RawRecord | None]:
        """Fetch one URL. Return the outcome and the record to archive; write to neither archive nor frontier."""
        try:
            page = self.crawl.fetcher.fetch(
                target.fetch_url,
                self.source.politeness,
                etag=target.etag,
                last_modified=target.last_modified,
            )
        except FetchFailed as error:
            return self._handle_failure(target, error)
        if page is None:
            self.outcome_counts["not_modified"] += 1
            return Outcome(target, "archived", is_not_modified=True), None
        self.outcome_counts["archived"] += 1
        record = self._page_record(target, page)
        validators = page.header("ETag"), page.header("Last-Modified")
        return Outcome(target, "archived", record.partition_day, *validators), record

    def _handle_failure(self, target: FrontierUrl, error: FetchFailed) -> tuple[Outcome, RawRecord | None]:
        if target.partition_day:  # The first page is in the archive: only a revision is missed.
            return Outcome(target, "archived"), None
        if error.is_transient and target.attempt_count + 1 < MAX_ATTEMPTS:
            self.outcome_counts["pending"] += 1
            return Outcome(target, "pending"), None
        self.outcome_counts[error.reason] += 1
        record = make_failure(self.source.name, target.fetch_url, error.reason, error.detail, target.day)
        return Outcome(target, "failed", target.day), record

    def _page_record(self, target: FrontierUrl, page: Page) -> RawRecord:
        content_type = page.header("Content-Type") or "text/html"
        hint = ((HINT_HEADER, target.published_at),) if target.published_at else ()
        day = target.partition_day
        if day is None and not target.published_at:
            published = find_published(page.body, content_type=content_type, url=target.fetch_url)
            day = india_day(published).isoformat() if published else None
        headers = (*page.headers, *hint) or (("Content-Type", content_type),)
        return RawRecord(
            self.source.name, target.fetch_url, content_type, page.body, day or target.day, headers
        )
