"""The crawl frontier: SQLite table of known article URLs and of those still to fetch.

It stores no articles: those are in the raw archive. A URL is marked as archived only after its page is stored there.
So a killed run fetches a page twice at worst, and the archive stores it once.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Literal

from etl.domain.days import IST, india_day
from etl.domain.urls import canonical_form, find_url_problem
from etl.extract.discovered import DiscoveredUrl

MAX_ATTEMPTS = 5
"""Number of runs that try a URL whose failures are transient."""
_BUSY_SECONDS = 60

UrlState = Literal["pending", "archived", "failed"]
"""State of a URL in the frontier.

pending: to fetch, for the first time or because it changed; archived: its page is in the raw archive;
failed: the reason is in the raw archive, and the URL is never tried again.
"""


@dataclass(frozen=True, slots=True)
class FrontierUrl:
    """One known article URL.

    Attributes:
        url: canonical form; the key.
        fetch_url: as the source gives it.
        found_day: IST day of discovery, YYYY-MM-DD.
        published_at: time of publication given by the source (ISO 8601); None if it gives none.
        partition_day: IST day of its partition, set when the first page is archived; None before.
        attempt_count: number of transient failures so far.
        etag: ETag header of the archived page; None before the first one.
        last_modified: Last-Modified header of the archived page; None before the first one.
    """

    url: str
    fetch_url: str
    found_day: str
    published_at: str | None
    partition_day: str | None
    attempt_count: int
    etag: str | None
    last_modified: str | None

    @property
    def day(self) -> str:
        """IST day that the URL is counted under: partition day, else day of publication, else day of discovery."""
        if self.partition_day or not self.published_at:
            return self.partition_day or self.found_day
        return india_day(datetime.fromisoformat(self.published_at)).isoformat()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of one attempt to fetch a URL.

    Attributes:
        target: the URL that was fetched.
        state: its new state.
        partition_day: partition of the record that was archived; None if nothing was archived.
        etag: ETag header of the archived page.
        last_modified: Last-Modified header of the archived page.
        is_not_modified: the server answered 304, so the archived page is current.
    """

    target: FrontierUrl
    state: UrlState
    partition_day: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    is_not_modified: bool = False


@dataclass(frozen=True, slots=True)
class DayCount:
    """Counts of one source and one IST day.

    Attributes:
        pending_count: URLs of that day whose first page is still to fetch.
        not_modified_count: times that a server answered 304 for an archived page of that day.
    """

    source_id: str
    pending_count: int
    not_modified_count: int


@dataclass(frozen=True, slots=True)
class AddedUrls:
    """Result of adding URLs: how many were new, and which ones were refused."""

    new_count: int
    refused: tuple[str, ...]


class Frontier:
    """The frontier file. Each method is one transaction; several processes may use the file at the same time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        with self._transaction() as db:
            db.executescript(files("etl.extract").joinpath("frontier.sql").read_text(encoding="utf-8"))

    def add_urls(self, source_id: str, urls: Iterable[DiscoveredUrl], found_day: str) -> AddedUrls:
        """Add new URLs as pending, and set archived ones to pending if they changed since.

        Text that is not a URL, is too long or contains control characters is refused.
        """
        rows, refused = [], []
        for found in urls:
            if row := _row(source_id, found, found_day):
                rows.append(row)
            else:
                refused.append(found.url)
        with self._transaction() as db:
            before = db.total_changes
            db.executemany(
                "INSERT INTO address (url, source_id, fetch_url, found_day, published_at, modified_at, state)"
                " VALUES (:url, :source_id, :fetch_url, :found_day, :published_at, :modified_at, 'pending')"
                " ON CONFLICT (url) DO NOTHING",
                rows,
            )
            new_count = db.total_changes - before
            db.executemany(
                "UPDATE address SET modified_at = :modified_at,"
                " state = CASE state WHEN 'archived' THEN 'pending' ELSE state END"
                " WHERE url = :url AND :modified_at > coalesce(modified_at, :modified_at)",
                rows,
            )
            db.executemany(
                "UPDATE address SET modified_at = :modified_at WHERE url = :url AND modified_at IS NULL", rows
            )
        return AddedUrls(new_count, tuple(refused))

    def list_pending(self, source_id: str, run_key: str, count: int) -> list[FrontierUrl]:
        """Return up to `count` pending URLs that this run has not tried, in order of URL."""
        with self._transaction() as db:
            rows = db.execute(
                "SELECT url, fetch_url, found_day, published_at, partition_day, attempt_count, etag, last_modified"
                " FROM address WHERE source_id = ? AND state = 'pending' AND tried_in IS NOT ? ORDER BY url LIMIT ?",
                (source_id, run_key, count),
            ).fetchall()
        return [FrontierUrl(*row) for row in rows]

    def record_outcomes(self, outcomes: Iterable[Outcome], run_key: str) -> None:
        """Store the results of attempts, after their pages and failures are in the raw archive."""
        with self._transaction() as db:
            db.executemany(
                "UPDATE address SET state = :state, tried_in = :run_key,"
                " partition_day = coalesce(partition_day, :partition_day),"
                " attempt_count = CASE :state WHEN 'pending' THEN attempt_count + 1 ELSE 0 END,"
                " etag = coalesce(:etag, etag), last_modified = coalesce(:last_modified, last_modified),"
                " not_modified_count = not_modified_count + :is_not_modified WHERE url = :url",
                [_outcome_row(outcome, run_key) for outcome in outcomes],
            )

    def read_validators(self, document_url: str) -> tuple[str | None, str | None]:
        """Return the ETag and Last-Modified headers of the last answer of a feed, sitemap or listing."""
        with self._transaction() as db:
            row = db.execute(
                "SELECT etag, last_modified FROM document WHERE url = ?", (document_url,)
            ).fetchone()
        return row or (None, None)

    def store_validators(self, document_url: str, etag: str | None, last_modified: str | None) -> None:
        """Store the ETag and Last-Modified headers of a document. Call this after its URLs are in the frontier."""
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO document VALUES (?, ?, ?)", (document_url, etag, last_modified)
            )

    def count_day(self, day: str) -> list[DayCount]:
        """Return the counts of an IST day (YYYY-MM-DD), one per source, in order of source id."""
        with self._transaction() as db:
            rows = db.execute(
                "SELECT source_id, sum(state = 'pending' AND partition_day IS NULL), sum(not_modified_count)"
                " FROM address WHERE coalesce(partition_day, date(published_at, '+330 minutes'), found_day) = ?"
                " GROUP BY source_id ORDER BY source_id",
                (day,),
            ).fetchall()
        return [DayCount(*row) for row in rows]

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            with db:
                yield db
        finally:
            db.close()


def _row(source_id: str, found: DiscoveredUrl, found_day: str) -> dict[str, str | None] | None:
    """Return the row of a URL; None if it is refused."""
    if find_url_problem(found.url):
        return None
    try:
        url = canonical_form(found.url)
    except ValueError:
        return None
    return {
        "url": url,
        "source_id": source_id,
        "fetch_url": found.url,
        "found_day": found_day,
        "published_at": _iso(found.published_at),
        "modified_at": _iso(found.modified_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(IST).isoformat() if moment else None


def _outcome_row(outcome: Outcome, run_key: str) -> dict[str, str | int | None]:
    return {
        "url": outcome.target.url,
        "state": outcome.state,
        "run_key": run_key,
        "partition_day": outcome.partition_day,
        "etag": outcome.etag,
        "last_modified": outcome.last_modified,
        "is_not_modified": int(outcome.is_not_modified),
    }
