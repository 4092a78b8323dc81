"""Collect: bring what the sources hold into the raw archive.

Some sources know only the present (feeds, news sitemaps, listings): `run_poll` asks them often. `run_collect` brings
in a day: inbox files, lists of URLs, WARC files, and the sitemap archives of publishers that keep one.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from etl.config import Settings
from etl.domain.days import IST
from etl.domain.urls import host_of
from etl.errors import BadSetting
from etl.extract.archive import list_partitions
from etl.extract.crawl import Crawl, SourceReport
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
    """Bring a day, or all of an inbox, into the raw archive.

    Args:
        day: take from the inbox only articles published on this IST day, and those without a day, and ask the
            publishers' archives for it; None takes all of the inbox.
        inbox: files or folders of the source "inbox"; None means the settings' inbox folders.
        default_day: partition of articles without a publication date; None files them as undated.
        sources: "inbox" and ids of publishers to ask; None means the inbox and all enabled publishers.
        limit: take at most this many articles from the inbox; what is rebuilt stays the same.
        include_pending: also rebuild every partition that raw has added to since its last load.
        outdated_only: leave out what was annotated by the present models and to which raw has added nothing since.
        run_key: names the run; an address that failed is not tried again in it.

    Returns:
        The partition days to rebuild, sorted: `day` (or all days seen) if raw holds anything for it, and the
        days that something new was filed under.

    Raises:
        PartitionClosed: the raw files of `day` were removed.
        BadSetting: an unknown source, an inbox that does not exist, or addresses to fetch without a contact.
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
        rebuild |= _ask_archives(settings, publishers, day, run_key)
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
    partitions = sorted(rebuild & archived.keys() - _warn_of_closed(settings, rebuild))
    _count_waiting(settings, partitions, run_key)
    return partitions


def run_poll(
    settings: Settings, *, now: datetime, run_key: str, sources: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """Ask publishers what is new and keep it raw; the daily run makes articles of it.

    Args:
        now: when the run began; dates what nothing else dates.
        sources: ids of publishers; None means all enabled ones.

    Returns:
        One report a publisher, as plain values (see etl.extract.crawl.SourceReport).

    Raises:
        BadSetting: an unknown source, or none of them could be asked for want of a contact.
    """
    publishers = choose_publishers(read_sources(settings.sources_path), sources)
    reports = _crawl(settings, now, run_key).poll(publishers) if publishers else []
    return [asdict(report) for report in reports]


def choose_publishers(known: Sequence[Source], names: Sequence[str] | None) -> tuple[Source, ...]:
    """Return the publishers of these ids ("inbox" is none); all enabled ones for None.

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
    """Return what fetches pages in the name of the settings' contact.

    Raises:
        BadSetting: there is none.
    """
    if settings.contact is None:
        raise BadSetting(
            "MULAQAT_CONTACT is not set: publishers must be able to reach whoever fetches their pages; "
            "set it to a mail or web address"
        )
    return Fetcher(settings.contact, allow_loopback=settings.fetch_loopback)


def _collect_url_lists(
    settings: Settings, folders: Iterable[AnyPath], known: Sequence[Source], day: str | None, run_key: str
) -> set[str]:
    """Fetch the addresses in the inbox's lists, each host at its own pace."""
    urls = [url for file in list_inbox(folders, (URL_SUFFIX,)) for url in read_url_list(file)]
    if not urls:
        return set()
    by_source: dict[str, tuple[Source, list[str]]] = {}
    for url in urls:
        source = source_of_url(known, url) or _unknown_source(url)
        by_source.setdefault(source.source_id, (source, []))[1].append(url)
    if day is None:
        raise BadSetting("a list of URLs needs a day, which dates the pages that do not: give one")
    crawl = _crawl(settings, _midnight(day), run_key)
    return _touched(crawl.fetch_urls(source, own) for source, own in by_source.values())


def _ask_archives(settings: Settings, publishers: Sequence[Source], day: str, run_key: str) -> set[str]:
    for source in publishers:
        if source.sitemap_archive is None:
            log.warning("%s: %s (%s)", source.source_id, NO_ARCHIVE, source.archive_note)
    archives = [source for source in publishers if source.sitemap_archive]
    return (
        _touched(_crawl(settings, _midnight(day), run_key).ask_archives(archives, day)) if archives else set()
    )


def _warn_of_closed(settings: Settings, partitions: set[str]) -> set[str]:
    """Return the closed ones among these, after telling that what came late for them stays in raw."""
    closed = partitions & list_closed(settings).keys()
    for partition in sorted(closed):
        log.warning("%s is closed: what came late for it stays in raw and is not built", partition)
    return closed


def _count_waiting(settings: Settings, partitions: Sequence[str], run_key: str) -> None:
    """Tell the clean stage, which may run on another worker, what the frontier here knows of each day."""
    frontier = Frontier(settings.frontier_path) if settings.frontier_path.exists() else None
    for partition in partitions:
        with open_stage(settings.stage_dir, run_key, partition, makes="collect") as folder:
            counts = frontier.count_day(partition) if frontier else []
            write_records(folder.waiting, DayCount, counts)


def _touched(reports: Iterable[SourceReport]) -> set[str]:
    days: set[str] = set()
    for report in reports:
        log.info("%s: %d new, %s", report.source_id, report.found_count, report.outcome_counts)
        days |= set(report.days)
    return days


def _crawl(settings: Settings, now: datetime, run_key: str) -> Crawl:
    return Crawl(
        fetcher=make_fetcher(settings),
        frontier=Frontier(settings.frontier_path),
        raw_dir=settings.raw_dir,
        discovery_dir=settings.discovery_dir,
        now=now,
        run_key=run_key,
    )


def _unknown_source(url: str) -> Source:
    host = (host_of(url) or "unknown").removeprefix("www.")
    home = f"https://{host}/"
    return Source(
        host, host, home, (host,), "hi", licence_note="not in sources.toml", archive_note=NO_ARCHIVE
    )


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), IST)
