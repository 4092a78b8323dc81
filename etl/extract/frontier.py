"""The crawl frontier: which addresses are known, which wait, and what their servers said last (SQLite).

It holds no articles: those are in the raw archive. An address is marked as archived only after its page lies
there, so a killed run fetches a page twice at worst, and the archive keeps it once.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from etl.domain.days import IST
from etl.domain.urls import canonical_form
from etl.extract.discovery import Lead

MAX_ATTEMPTS = 5
"""How many runs try an address that might answer another time."""
_BUSY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Address:
    """One known address of an article.

    Attributes:
        url: its canonical form, the key.
        fetch_url: as the source gave it.
        published_at: what the source said of it (ISO 8601); None where it said nothing.
        partition_day: the day it is filed under, fixed when its first page came; None before.
        attempt_count: tries so far that failed in a way that may pass.
        etag: of the page in the archive; None before there is one.
        last_modified: likewise.
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
        """The day it counts for: fixed, else told by the source, else that of its discovery."""
        if self.partition_day or not self.published_at:
            return self.partition_day or self.found_day
        return datetime.fromisoformat(self.published_at).astimezone(IST).date().isoformat()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one try gave.

    Attributes:
        state: `archived` (page or failure lies in raw), `failed` (likewise, and never tried again), or `pending`.
        partition_day: of what was archived; None where nothing was.
        is_not_modified: the server said that the page in the archive is still its page.
    """

    address: Address
    state: str
    partition_day: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    is_not_modified: bool = False


@dataclass(frozen=True, slots=True)
class DayCount:
    """What the frontier knows of one source's day."""

    source_id: str
    pending_count: int
    not_modified_count: int


class Frontier:
    """The frontier file; every method is one transaction, and several processes may use it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        with self._transaction() as db:
            db.executescript(files("etl.extract").joinpath("frontier.sql").read_text(encoding="utf-8"))

    def add_leads(self, source_id: str, leads: Iterable[Lead], found_day: str) -> int:
        """Remember new addresses; one that changed since its page was archived waits again.

        Returns:
            How many were new.
        """
        rows = [row for lead in leads if (row := _row(source_id, lead, found_day))]
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
        return new_count

    def take_waiting(self, source_id: str, run_key: str, count: int) -> list[Address]:
        """Return addresses that wait and that this run has not tried, in order of URL."""
        with self._transaction() as db:
            rows = db.execute(
                "SELECT url, fetch_url, found_day, published_at, partition_day, attempt_count, etag, last_modified"
                " FROM address WHERE source_id = ? AND state = 'pending' AND tried_in IS NOT ? ORDER BY url LIMIT ?",
                (source_id, run_key, count),
            ).fetchall()
        return [Address(*row) for row in rows]

    def settle(self, outcomes: Iterable[Outcome], run_key: str) -> None:
        """Write down what tries gave."""
        with self._transaction() as db:
            db.executemany(
                "UPDATE address SET state = :state, tried_in = :run_key,"
                " partition_day = coalesce(partition_day, :partition_day),"
                " attempt_count = CASE :state WHEN 'pending' THEN attempt_count + 1 ELSE 0 END,"
                " etag = coalesce(:etag, etag), last_modified = coalesce(:last_modified, last_modified),"
                " not_modified_count = not_modified_count + :is_not_modified WHERE url = :url",
                [_settled(outcome, run_key) for outcome in outcomes],
            )

    def read_validators(self, document_url: str) -> tuple[str | None, str | None]:
        """Return ETag and Last-Modified of a feed, sitemap or listing as it was read last."""
        with self._transaction() as db:
            row = db.execute(
                "SELECT etag, last_modified FROM document WHERE url = ?", (document_url,)
            ).fetchone()
        return row or (None, None)

    def keep_validators(self, document_url: str, etag: str | None, last_modified: str | None) -> None:
        """Remember them, after what the document says lies in the frontier."""
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO document VALUES (?, ?, ?)", (document_url, etag, last_modified)
            )

    def count_day(self, day: str) -> list[DayCount]:
        """Return what waits for a day, and how often its pages were found unchanged, by source."""
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


def _row(source_id: str, lead: Lead, found_day: str) -> dict[str, str | None] | None:
    try:
        url = canonical_form(lead.url)
    except ValueError:
        return None
    return {
        "url": url,
        "source_id": source_id,
        "fetch_url": lead.url,
        "found_day": found_day,
        "published_at": _iso(lead.published_at),
        "modified_at": _iso(lead.modified_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(IST).isoformat() if moment else None


def _settled(outcome: Outcome, run_key: str) -> dict[str, str | int | None]:
    return {
        "url": outcome.address.url,
        "state": outcome.state,
        "run_key": run_key,
        "partition_day": outcome.partition_day,
        "etag": outcome.etag,
        "last_modified": outcome.last_modified,
        "is_not_modified": int(outcome.is_not_modified),
    }
