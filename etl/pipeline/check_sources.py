"""Check `sources.toml`: does each feed, sitemap and listing exist, and does it list articles?

This is a dry run of the crawl's own discovery: nothing is stored.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from etl.config import Settings
from etl.domain.days import IST, latest_plausible_day
from etl.extract.discovery import Discovery, discover_current
from etl.extract.fetch import Fetcher, Page
from etl.extract.sources import Source, read_sources
from etl.pipeline.collect import choose_publishers, make_fetcher

_PARALLEL_SOURCES = 8


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """Result for one feed, sitemap or listing; `problem` is None if it lists at least one article."""

    url: str
    found_count: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """Result for one publisher; `documents` is empty if only the file was validated."""

    source_id: str
    verified: bool
    enabled: bool
    documents: tuple[DocumentCheck, ...]


def check_sources(
    settings: Settings, *, names: Sequence[str] | None = None, offline: bool = False
) -> list[SourceCheck]:
    """Validate the file and fetch the documents of each publisher. Store nothing.

    Args:
        names: ids of publishers; None means all, including those that are not enabled.
        offline: only validate the file.

    Raises:
        BadSetting: an invalid file (the message gives entry and field), an unknown id, or no contact address is set.
    """
    known = read_sources(settings.sources_path)
    chosen = choose_publishers(known, names) if names else known
    fetcher = None if offline else make_fetcher(settings)
    with ThreadPoolExecutor(_PARALLEL_SOURCES) as pool:
        return list(pool.map(lambda source: _check_source(source, fetcher), chosen))


def _check_source(source: Source, fetcher: Fetcher | None) -> SourceCheck:
    documents = tuple(_check_documents(source, fetcher)) if fetcher else ()
    return SourceCheck(source.source_id, source.verified, source.enabled, documents)


def _check_documents(source: Source, fetcher: Fetcher) -> Iterator[DocumentCheck]:
    def fetch(url: str) -> Page | None:
        return fetcher.fetch(url, source.politeness)

    for discovery in discover_current(source, fetch, latest_plausible_day(datetime.now(IST))):
        yield DocumentCheck(discovery.document_url, len(discovery.urls), _find_problem(discovery))


def _find_problem(discovery: Discovery) -> str | None:
    if discovery.urls:
        return None
    return "; ".join(discovery.problems) or "it names no article"
