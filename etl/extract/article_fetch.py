"""Fetch one article URL: the result is an attempt, whatever the server sends. Nothing is stored here."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from etl.domain.days import india_day
from etl.domain.raw import HINT_HEADER, RawRecord
from etl.domain.urls import host_of
from etl.errors import FetchFailed, RejectedArticle, RejectReason
from etl.extract.boundary import reject_errors
from etl.extract.failure import make_failure
from etl.extract.fetch import Fetcher, Page
from etl.extract.frontier import MAX_ATTEMPTS, FrontierUrl, Outcome
from etl.extract.page import find_published
from etl.extract.sources import Source

FINAL_URL_HEADER = "Mulaqat-Final-URL"
"""Header added to a page that a redirect led to: its own URL."""

OutcomeName = Literal["archived", "not_modified", "pending"] | RejectReason
"""Name under which an attempt is counted: its state, or the reason of a failure that is not tried again."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to fetch a URL.

    Attributes:
        outcome: for the frontier.
        name: name under which the attempt is counted; None if it is not.
        record: page or failure to archive; None if there is nothing new.
    """

    outcome: Outcome
    name: OutcomeName | None = None
    record: RawRecord | None = None


@dataclass(frozen=True, slots=True)
class ArticleFetcher:
    """Fetches the articles of one source; threads may share it.

    Attributes:
        latest: last IST day on which an article can have been published; None: no limit.
    """

    fetcher: Fetcher
    source: Source
    latest: date | None

    def fetch(self, target: FrontierUrl) -> Attempt:
        """Fetch one URL. Every error becomes an outcome."""
        try:
            with reject_errors(target.fetch_url):
                return self._fetch_page(target)
        except FetchFailed as error:
            return self._handle_failure(target, error)
        except RejectedArticle as error:
            return self.reject(target, error.reason, error.detail)

    def _fetch_page(self, target: FrontierUrl) -> Attempt:
        page = self.fetcher.fetch(
            target.fetch_url, self.source.politeness, etag=target.etag, last_modified=target.last_modified
        )
        if page is None:
            return Attempt(Outcome(target, "archived", is_not_modified=True), "not_modified")
        if host_of(page.url) != host_of(target.fetch_url) and not self.source.owns(page.url):
            raise FetchFailed(
                "bad_redirect", f"{target.fetch_url} leads to {page.url}, which is not of {self.source.name}"
            )
        record = self._page_record(target, page)
        validators = page.header("ETag"), page.header("Last-Modified")
        return Attempt(Outcome(target, "archived", record.partition_day, *validators), "archived", record)

    def _handle_failure(self, target: FrontierUrl, error: FetchFailed) -> Attempt:
        if error.is_transient and not target.partition_day and target.attempt_count + 1 < MAX_ATTEMPTS:
            return Attempt(Outcome(target, "pending"), "pending")
        return self.reject(target, error.reason, error.detail)

    def reject(self, target: FrontierUrl, reason: RejectReason, detail: str) -> Attempt:
        """Return the attempt at a URL that is given up."""
        if target.partition_day:  # The first page is in the archive: only a revision is missed.
            return Attempt(Outcome(target, "archived"))
        record = make_failure(self.source.name, target.fetch_url, reason, detail, target.day)
        return Attempt(Outcome(target, "failed", target.day), reason, record)

    def _page_record(self, target: FrontierUrl, page: Page) -> RawRecord:
        content_type = page.header("Content-Type") or "text/html"
        day = target.partition_day
        if day is None and not target.published_at:
            day = self._published_day(target, page)
        added = {
            HINT_HEADER: target.published_at,
            FINAL_URL_HEADER: page.url if page.url != target.fetch_url else None,
        }
        headers = (*page.headers, *((name, value) for name, value in added.items() if value))
        return RawRecord(
            self.source.name,
            target.fetch_url,
            content_type,
            page.body,
            day or target.day,
            headers or (("Content-Type", content_type),),
        )

    def _published_day(self, target: FrontierUrl, page: Page) -> str | None:
        """Return the day that a page itself gives; None if it gives none, or cannot be read: it is archived anyway."""
        content_type = page.header("Content-Type") or "text/html"
        try:
            with reject_errors(target.fetch_url):
                published = find_published(
                    page.body, content_type=content_type, url=target.fetch_url, latest=self.latest
                )
        except RejectedArticle:
            return None
        return india_day(published).isoformat() if published else None
