"""Crawl sources: discover article URLs, fetch them, and store the pages raw.

Sources are crawled in parallel, each at its own rate. A URL that fails becomes a failure record, a document that fails
becomes a problem, and neither stops the rest. An error of this machine (a full disk, a damaged archive) ends the crawl,
but only after each source had its turn. Pages are added to the archive in batches, and only then marked as archived
in the frontier.
"""

import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from etl.domain.days import india_day, latest_plausible_day
from etl.domain.ids import digest
from etl.domain.raw import RawRecord
from etl.errors import MulaqatError
from etl.extract.archive import add_records
from etl.extract.article_fetch import ArticleFetcher, Attempt, OutcomeName
from etl.extract.boundary import describe_error
from etl.extract.discovered import DiscoveredUrl
from etl.extract.discovery import Discovery, discover_current, discover_day
from etl.extract.failure import make_failure
from etl.extract.fetch import Fetcher, Page
from etl.extract.frontier import Frontier
from etl.extract.sources import Source
from etl.storage.paths import AnyPath

BATCH_SIZE = 100
_PARALLEL_SOURCES = 8
_OWN_ERRORS = (OSError, sqlite3.Error, MemoryError)
"""Errors of this machine while it stores something: no record and no source is to blame."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """Result of one crawl of one source.

    Attributes:
        found_count: number of URLs that were new.
        outcome_counts: number of attempts by outcome.
        problems: documents, or entries of them, that could not be read, each with the reason.
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
        now: start of the run. An article cannot be published much later.
        run_key: name of the run; a URL is tried once per run.
        default_day: IST day (YYYY-MM-DD) of URLs and pages without a date; None means the day of `now`.
    """

    fetcher: Fetcher
    frontier: Frontier
    raw_dir: AnyPath
    discovery_dir: AnyPath
    now: datetime
    run_key: str
    default_day: str | None = None

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
    def undated_day(self) -> str:
        """IST day of URLs and pages without a date, YYYY-MM-DD."""
        return self.default_day or india_day(self.now).isoformat()

    @property
    def latest(self) -> date | None:
        """Last IST day on which an article can have been published."""
        return latest_plausible_day(self.now)

    def _crawl_in_parallel(
        self, sources: Sequence[Source], crawl_source: Callable[[Source], CrawlResult]
    ) -> list[CrawlResult]:
        with ThreadPoolExecutor(_PARALLEL_SOURCES) as pool:
            crawls = [pool.submit(crawl_source, source) for source in sources]
        return [crawl.result() for crawl in crawls]


@dataclass(slots=True)
class _SourceCrawl:
    """The crawl of one source, and its counts so far."""

    crawl: Crawl
    source: Source
    found_count: int = 0
    outcome_counts: Counter[OutcomeName] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    days: set[str] = field(default_factory=set)

    @property
    def articles(self) -> ArticleFetcher:
        return ArticleFetcher(self.crawl.fetcher, self.source, self.crawl.latest)

    def poll(self) -> CrawlResult:
        return self._crawl(discover_current(self.source, self._fetch_document, self.crawl.latest))

    def crawl_archive(self, day: str) -> CrawlResult:
        return self._crawl(discover_day(self.source, day, self._fetch_document, self.crawl.latest))

    def fetch_urls(self, urls: Iterable[str]) -> CrawlResult:
        """Fetch URLs that a person listed: each one is answered for, so a refused one becomes a failure record."""
        refused = self._add_urls(DiscoveredUrl(url) for url in urls)
        self._archive_failures(refused)
        return self._finish()

    def _crawl(self, discoveries: Iterable[Discovery]) -> CrawlResult:
        with self._note_errors(self.source.source_id):
            for discovery in discoveries:
                with self._note_errors(discovery.document_url):
                    self._store(discovery)
        return self._finish()

    def _finish(self) -> CrawlResult:
        with self._note_errors(self.source.source_id):
            self._fetch_pending()
        return CrawlResult(
            self.source.source_id,
            self.found_count,
            dict(self.outcome_counts),
            tuple(self.problems),
            tuple(sorted(self.days)),
        )

    @contextmanager
    def _note_errors(self, place: str) -> Iterator[None]:
        """Make a problem of an unexpected error, and continue after this context."""
        try:
            yield
        except (MulaqatError, *_OWN_ERRORS):
            raise
        except Exception as error:
            log.exception("%s: cannot crawl %s", self.source.source_id, place)
            self.problems.append(f"unreadable: {place}: {describe_error(error)}")

    def _fetch_document(self, url: str) -> Page | None:
        etag, last_modified = self.crawl.frontier.read_validators(url)
        return self.crawl.fetcher.fetch(url, self.source.politeness, etag=etag, last_modified=last_modified)

    def _store(self, discovery: Discovery) -> None:
        """Store what a document lists: first the URLs, then the document, then its validators.

        If a run is killed in between, the next one reads the document again. A document that has to be read again
        gets no validators.
        """
        for problem in discovery.problems:
            log.warning("%s: %s", self.source.source_id, problem)
        self.problems += discovery.problems
        if refused := self._add_urls(discovery.urls):
            self.problems.append(_describe_refused(discovery.document_url, refused))
        documents = [self._document_record(url, page) for url, page in discovery.pages]
        add_records(self.crawl.discovery_dir, documents)
        for url, page in discovery.pages:
            if not discovery.reread_urls & {url, page.url}:
                self.crawl.frontier.store_validators(url, page.header("ETag"), page.header("Last-Modified"))
        log.info(
            "%s: %s lists %d articles", self.source.source_id, discovery.document_url, len(discovery.urls)
        )

    def _add_urls(self, urls: Iterable[DiscoveredUrl]) -> tuple[str, ...]:
        """Add URLs to the frontier; return those that it refused."""
        added = self.crawl.frontier.add_urls(self.source.source_id, urls, self.crawl.undated_day)
        self.found_count += added.new_count
        return added.refused

    def _archive_failures(self, refused: Sequence[str]) -> None:
        failures = [
            make_failure(
                self.source.name,
                f"urn:url:{digest(url)}",
                "bad_url",
                f"{url[:200]!a}",
                self.crawl.undated_day,
            )
            for url in refused
        ]
        self.outcome_counts.update({"bad_url": len(failures)} if failures else {})
        self.days |= add_records(self.crawl.raw_dir, failures).keys()

    def _document_record(self, url: str, page: Page) -> RawRecord:
        content_type = page.header("Content-Type") or "application/xml"
        return RawRecord(self.source.name, url, content_type, page.body, self.crawl.undated_day, page.headers)

    def _fetch_pending(self) -> None:
        """Fetch all pending URLs of the source, batch by batch."""
        run_key, frontier = self.crawl.run_key, self.crawl.frontier
        with ThreadPoolExecutor(self.source.concurrency) as pool:
            while batch := frontier.list_pending(self.source.source_id, run_key, BATCH_SIZE):
                attempts = self._archive(list(pool.map(self.articles.fetch, batch)))
                frontier.record_outcomes([attempt.outcome for attempt in attempts], run_key)
                self.outcome_counts.update(attempt.name for attempt in attempts if attempt.name)

    def _archive(self, attempts: Sequence[Attempt]) -> list[Attempt]:
        """Add the records of a batch to the archive. If it refuses the batch, add each record by itself.

        Returns:
            The attempts; that of a record which the archive refuses becomes a rejection.
        """
        try:
            self._add_records(attempts)
        except _OWN_ERRORS:
            raise
        except Exception as error:
            if len(attempts) > 1:
                return [archived for attempt in attempts for archived in self._archive([attempt])]
            target = attempts[0].outcome.target
            log.exception("%s: cannot archive %s", self.source.source_id, target.url)
            attempts = [self.articles.reject(target, "unreadable", describe_error(error))]
            self._add_records(attempts)
        return list(attempts)

    def _add_records(self, attempts: Iterable[Attempt]) -> None:
        records = [attempt.record for attempt in attempts if attempt.record]
        self.days |= add_records(self.crawl.raw_dir, records).keys()


def _describe_refused(document_url: str, refused: Sequence[str]) -> str:
    return f"bad_url: {document_url}: {len(refused)} URLs were refused, the first is {refused[0][:200]!a}"
