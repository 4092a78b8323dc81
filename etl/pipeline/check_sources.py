"""Try what `sources.toml` says: is each feed, sitemap, listing there, and does it name articles?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from etl.config import Settings
from etl.errors import FetchFailed
from etl.extract.discovery import Lead, read_feed, read_listing, read_sitemap
from etl.extract.fetch import Fetcher, Page, Politeness
from etl.extract.sources import Source, read_sources
from etl.pipeline.collect import choose_publishers, make_fetcher

_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """One feed, sitemap or listing; `problem` is None where it names at least one article."""

    url: str
    found_count: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """One publisher; without documents where only the file was validated."""

    source_id: str
    verified: bool
    enabled: bool
    documents: tuple[DocumentCheck, ...]


def check_sources(
    settings: Settings, *, names: Sequence[str] | None = None, offline: bool = False
) -> list[SourceCheck]:
    """Validate the file and try each publisher; nothing is kept.

    Args:
        names: ids of publishers; None means all, also those that are not enabled.
        offline: do not try them.

    Raises:
        BadSetting: the file cannot be used (the message names entry and field), an unknown name, or no contact.
    """
    known = read_sources(settings.sources_path)
    chosen = choose_publishers(known, names) if names else known
    fetcher = None if offline else make_fetcher(settings)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda source: _check(source, fetcher), chosen))


def _check(source: Source, fetcher: Fetcher | None) -> SourceCheck:
    documents = tuple(_try_documents(source, fetcher)) if fetcher else ()
    return SourceCheck(source.source_id, source.verified, source.enabled, documents)


def _try_documents(source: Source, fetcher: Fetcher) -> Iterator[DocumentCheck]:
    politeness = Politeness(source.crawl_delay_seconds, source.concurrency)

    def fetch(url: str) -> Page | None:
        return fetcher.fetch(url, politeness)

    def read_page(url: str, read: Callable[[Page], Iterator[Lead]]) -> Iterator[Lead]:
        page = fetch(url)
        return read(page) if page else iter(())

    for url in source.feeds:
        yield _count(source, url, lambda url=url: read_page(url, read_feed))  # type: ignore[misc]
    for url in source.news_sitemaps:
        yield _count(source, url, lambda url=url: read_sitemap(url, fetch).leads)  # type: ignore[misc]
    for url in source.listings:
        yield _count(
            source,
            url,
            lambda url=url: read_page(url, lambda page: read_listing(page, source.is_article)),  # type: ignore[misc]
        )


def _count(source: Source, url: str, read: Callable[[], Iterable[Lead]]) -> DocumentCheck:
    try:
        found_count = sum(source.is_article(lead.url) for lead in read())
    except FetchFailed as error:
        return DocumentCheck(url, 0, str(error))
    return DocumentCheck(url, found_count, None if found_count else "it names no article")
