"""Collect: add articles to the raw archive.

`run_poll` crawls feeds, news sitemaps and listings. They list only recent articles, so it runs often. `run_collect`
collects one day: inbox files, lists of URLs, WARC files, and the sitemap archives of publishers that have one.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from etl.config import Settings
from etl.domain.days import IST, india_day
from etl.domain.plan import RunContext
from etl.domain.urls import find_url_problem, host_of
from etl.errors import BadSetting
from etl.extract.archive import list_partitions
from etl.extract.crawl import Crawl, CrawlResult
from etl.extract.fetch import Fetcher
from etl.extract.frontier import DayCount, Frontier
from etl.extract.inbox import read_url_list
from etl.extract.sources import NO_ARCHIVE, Source, read_sources, source_of_url
from etl.pipeline.annotator_models import models_version
from etl.pipeline.collect_files import URL_SUFFIX, collect_files, list_inbox
from etl.pipeline.partitions import Loaded, list_closed, read_loaded, refuse_closed
from etl.storage.paths import AnyPath
from etl.storage.record_files import write_records
from etl.storage.stage_folder import open_stage

INBOX = "inbox"
log = logging.getLogger(__name__)


def run_collect(
    settings: Settings,
    *,
    day: str | None,
    inbox: Sequence[AnyPath] | None = None,
    default_day: str | None = None,
    sources: Sequence[str] | None = None,
    limit: int | None = None,
    include_pending: bool = False,
    outdated_only: bool = False,
    run_key: str,
) -> list[str]:
    """Add a day, or the whole inbox, to the raw archive.

    Args:
        settings: paths and contact address.
        day: take only articles of this IST day (YYYY-MM-DD) and undated ones from the inbox, and crawl the sitemap
            archives for it. None takes the whole inbox.
        inbox: files or folders of the source "inbox"; None means the inbox folders of the settings.
        default_day: partition of articles without a date of publication; None means undated.
        sources: "inbox" and ids of publishers; None means the inbox and all enabled publishers.
        limit: maximum number of articles from the inbox. It does not limit the partitions to rebuild.
        include_pending: also rebuild every partition to which raw records were added since its last load.
        outdated_only: skip partitions that were annotated by the current models and have had no new raw records since.
        run_key: name of the run; a URL that failed is not tried again in the same run.

    Returns:
        The partition days to rebuild, sorted: `day` (or all days of the inbox) and the days with new records, if the
        raw archive has records for them.

    Raises:
        PartitionClosed: the raw files of `day` were removed.
        BadSetting: an unknown source, an inbox that does not exist, or URLs to fetch and no contact address is set.
    """
    known = read_sources(settings.sources_path)
    publishers = choose_publishers(known, sources)
    refuse_closed(settings, [day] if day else [])
    rebuild: set[str] = {day} if day else set()
    if sources is None or INBOX in sources:
        folders = (
            inbox if inbox is not None else [folder for folder in settings.inbox_dirs if folder.exists()]
        )
        rebuild |= collect_files(settings, folders, known, day, default_day, limit)
        rebuild |= _collect_url_lists(settings, folders, known, day or default_day, run_key)
    if day and publishers:
        rebuild |= _collect_archives(settings, publishers, day, run_key)
    archived = list_partitions(settings.raw_dir)
    if include_pending:
        rebuild |= {
            partition
            for partition, state in archived.items()
            if read_loaded(settings, partition).raw_fingerprint != state
        }
    if outdated_only:
        version = models_version(settings)
        rebuild = {
            partition
            for partition in rebuild & archived.keys()
            if read_loaded(settings, partition) != Loaded(archived[partition], version)
        }
    partitions = sorted(rebuild & archived.keys() - _warn_about_closed(settings, rebuild))
    _write_frontier_counts(settings, partitions, run_key)
    return partitions


def run_poll(
    settings: Settings, *, run: RunContext, sources: Sequence[str] | None = None
) -> list[CrawlResult]:
    """Fetch the new articles of publishers and store them raw. The daily run processes them.

    Args:
        settings: paths and contact address.
        run: its key (a URL that failed is not tried again in the same run) and its start, whose IST day is used for
            pages without a date.
        sources: ids of publishers; None means all enabled ones.

    Returns:
        One result per publisher.

    Raises:
        BadSetting: an unknown source, or no contact address is set.
    """
    publishers = choose_publishers(read_sources(settings.sources_path), sources)
    day = india_day(run.now).isoformat()
    return _make_crawl(settings, day, run.run_key).poll(publishers) if publishers else []


def choose_publishers(known: Sequence[Source], names: Sequence[str] | None) -> tuple[Source, ...]:
    """Return the publishers with these ids, ignoring "inbox"; for None, all enabled publishers.

    Raises:
        BadSetting: an unknown id.
    """
    if names is None:
        return tuple(source for source in known if source.enabled)
    by_id = {source.source_id: source for source in known}
    if unknown := set(names) - by_id.keys() - {INBOX}:
        raise BadSetting(f"unknown sources {sorted(unknown)}: use some of {[INBOX, *sorted(by_id)]}")
    return tuple(by_id[name] for name in names if name != INBOX)


def make_fetcher(settings: Settings) -> Fetcher:
    """Return a fetcher that sends the contact address of the settings to publishers.

    Raises:
        BadSetting: no contact address is set.
    """
    if settings.contact is None:
        raise BadSetting(
            "MULAQAT_CONTACT is not set: publishers must be able to reach the person who fetches their pages; "
            "set it to a mail or web address"
        )
    return Fetcher(settings.contact, allow_loopback=settings.fetch_loopback)


def _collect_url_lists(
    settings: Settings, folders: Iterable[AnyPath], known: Sequence[Source], day: str | None, run_key: str
) -> set[str]:
    """Fetch the URLs in the `.urls` files of the inbox, source by source."""
    urls = [url for file in list_inbox(folders, (URL_SUFFIX,)) for url in read_url_list(file)]
    if not urls:
        return set()
    by_source: dict[str, tuple[Source, list[str]]] = {}
    for url in urls:
        source = source_of_url(known, url) or _unknown_source(url)
        by_source.setdefault(source.source_id, (source, []))[1].append(url)
    if day is None:
        raise BadSetting("a list of URLs needs a day for pages without a date: give one")
    crawl = _make_crawl(settings, day, run_key)
    return _log_results(crawl.fetch_urls(source, own) for source, own in by_source.values())


def _collect_archives(settings: Settings, publishers: Sequence[Source], day: str, run_key: str) -> set[str]:
    for source in publishers:
        if source.sitemap_archive is None:
            log.warning("%s: %s (%s)", source.source_id, NO_ARCHIVE, source.archive_note)
    archives = [source for source in publishers if source.sitemap_archive]
    if not archives:
        return set()
    return _log_results(_make_crawl(settings, day, run_key).crawl_archives(archives, day))


def _warn_about_closed(settings: Settings, partitions: set[str]) -> set[str]:
    """Return the closed ones of these partitions, after a warning that their late records are not processed."""
    closed = partitions & list_closed(settings).keys()
    for partition in sorted(closed):
        log.warning("%s is closed: late records stay in the raw archive and are not processed", partition)
    return closed


def _write_frontier_counts(settings: Settings, partitions: Sequence[str], run_key: str) -> None:
    """Write the frontier's counts of each partition for clean, which may run on a worker without the frontier."""
    frontier = Frontier(settings.frontier_path) if settings.frontier_path.exists() else None
    for partition in partitions:
        with open_stage(settings.stage_dir, run_key, partition, makes="collect") as folder:
            counts = frontier.count_day(partition) if frontier else []
            write_records(folder.waiting, DayCount, counts)


def _log_results(results: Iterable[CrawlResult]) -> set[str]:
    """Log each result and return the partition days that records were added to."""
    days: set[str] = set()
    for result in results:
        log.info("%s: %d new, %s", result.source_id, result.found_count, result.outcome_counts)
        days |= set(result.days)
    return days


def _make_crawl(settings: Settings, default_day: str, run_key: str) -> Crawl:
    return Crawl(
        fetcher=make_fetcher(settings),
        frontier=Frontier(settings.frontier_path),
        raw_dir=settings.raw_dir,
        discovery_dir=settings.discovery_dir,
        now=datetime.now(IST),
        run_key=run_key,
        default_day=default_day,
    )


def _unknown_source(url: str) -> Source:
    host = "" if find_url_problem(url) else host_of(url).removeprefix("www.")
    host = host or "unknown"
    home = f"https://{host}/"
    return Source(
        host, host, home, (host,), "hi", licence_note="not in sources.toml", archive_note=NO_ARCHIVE
    )
