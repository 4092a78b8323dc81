"""Maintenance: delete old files, compact the working database, relink it when the linking rules change.

Each step can run again at any time and returns what it did. Only relinking changes what readers find. A folder that
holds any file of another program is kept as it is.
"""

import hashlib
import logging
import re
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from etl.config import Settings
from etl.domain.days import UNDATED, india_day
from etl.domain.ids import digest
from etl.domain.plan import RunContext
from etl.extract.archive import list_partitions
from etl.pipeline.annotator_models import models_version
from etl.pipeline.partitions import close_partition, list_closed, read_loaded
from etl.storage.annotation_cache import is_cached_annotation
from etl.storage.paths import AnyPath, holds_only, list_files, list_folders, remove_folder
from etl.storage.record_files import write_text
from etl.storage.stage_folder import is_stage_file
from etl.warehouse.compact import compact_database
from etl.warehouse.link import LINKING_VERSION
from etl.warehouse.read import SourceCompleteness, list_completeness
from etl.warehouse.relink import RelinkResult, relink_warehouse

log = logging.getLogger(__name__)
_ARCHIVE_FILE = re.compile(r"[0-9a-f]+\.(?:warc\.gz|cdxj)|\.[0-9a-f]+\.(?:warc\.gz|cdxj)\.[0-9a-f]{32}")


def remove_old_stage_files(settings: Settings, *, now: datetime, keep_days: int) -> list[str]:
    """Delete the stage files of runs that wrote nothing for `keep_days`; such a run can start again at collect.

    Returns:
        The keys of the runs.
    """
    oldest = (now - timedelta(days=keep_days)).timestamp()
    removed = []
    for folder in list_folders(settings.stage_dir):
        newest = max((file.stat().st_mtime for file in list_files(folder)), default=0.0)
        if newest < oldest and holds_only(folder, is_stage_file):
            remove_folder(folder)
            removed.append(folder.name)
    log.info("stage files of %d runs removed", len(removed))
    return removed


def remove_old_annotations(settings: Settings) -> list[str]:
    """Delete the annotations of other models than the current ones; going back to those models annotates again.

    Returns:
        The versions of the models.
    """
    version = models_version(settings)
    outdated = [folder for folder in list_folders(settings.annotations_dir) if folder.name != version]
    own = [folder for folder in outdated if holds_only(folder, is_cached_annotation)]
    for folder in own:
        remove_folder(folder)
    log.info("annotations of %d other model versions removed", len(own))
    return [folder.name for folder in own]


def close_old_days(settings: Settings, *, now: datetime, keep_days: int | None) -> list[str]:
    """Close days older than `keep_days` and delete their raw files; None keeps all.

    A day is closed only if the warehouse holds all of it: a day whose raw files have changed since its load is kept,
    and so is one with foreign files. A closed day is never built again, so later extraction code and models do not
    reach it.

    Returns:
        The days closed.
    """
    if keep_days is None:
        return []
    first_kept = (india_day(now) - timedelta(days=keep_days)).isoformat()
    days = [
        day
        for day, fingerprint in list_partitions(settings.raw_dir).items()
        if day != UNDATED
        and day < first_kept
        and read_loaded(settings, day).raw_fingerprint == fingerprint
        and _is_own_day(settings, day)
    ]
    for day in days:
        close_partition(
            settings, day, f"its raw files were removed on {now:%Y-%m-%d}, {keep_days} days are kept"
        )
        for source in list_folders(settings.raw_dir):
            remove_folder(source / day)
        log.info("%s closed, its raw files removed", day)
    return days


def _is_own_day(settings: Settings, day: str) -> bool:
    folders = (source / day for source in list_folders(settings.raw_dir))
    return all(holds_only(folder, is_archive_file) for folder in folders)


@dataclass(frozen=True, slots=True)
class FileSizes:
    """Size of the working database before and after compaction, in bytes."""

    before_bytes: int
    after_bytes: int


def compact_working(settings: Settings) -> FileSizes | None:
    """Rewrite the working database without the free space that loads leave in it.

    Returns:
        None without a database file: a lake is tidied by each publish.
    """
    working = settings.working
    if not isinstance(working, Path) or not working.exists():
        log.info("no database file to compact: %s", working)
        return None
    before = working.stat().st_size
    compact_database(working)
    after = working.stat().st_size
    log.info("working database: %d bytes before, %d after", before, after)
    return FileSizes(before, after)


def relink(settings: Settings, *, run: RunContext, force: bool = False) -> RelinkResult | None:
    """Relink all reports with the load's own code, if the linking rules or the gazetteer have changed.

    Entities come from the resolve stage, so after a change of the gazetteer the days must be processed again too.

    Args:
        force: relink even if nothing has changed.

    Returns:
        None if nothing had changed.
    """
    version = linking_version(settings)
    marker = settings.data_root / "linked.txt"
    is_empty = isinstance(settings.working, Path) and not settings.working.exists()
    if is_empty or (not force and _read(marker) == version):
        log.info("not relinked: neither the linking rules nor the gazetteer changed")
        return None
    result = relink_warehouse(settings.working, run)
    write_text(marker, version)
    log.info("%d reports relinked, %d changed", result.report_count, result.changed_count)
    return result


def summarise_completeness(settings: Settings, *, now: datetime, days: int) -> list[SourceCompleteness]:
    """Return and log the article counts of each source over the last days, and warn of late files for closed days."""
    since = (india_day(now) - timedelta(days=days)).isoformat()
    rows = list_completeness(settings.warehouse, since_day=since)
    for row in rows:
        log.info("%s", ", ".join(f"{name} {value}" for name, value in asdict(row).items()))
    late = sorted(list_closed(settings).keys() & list_partitions(settings.raw_dir).keys())
    if late:
        log.warning("closed days with raw files that arrived later: %s", ", ".join(late))
    return rows


def linking_version(settings: Settings) -> str:
    """Return a digest of LINKING_VERSION and the gazetteer; it changes when all reports must be linked again."""
    files = sorted((settings.seeds_dir / "gazetteer").glob("*.csv"))
    return digest(str(LINKING_VERSION), *(hashlib.sha256(file.read_bytes()).hexdigest() for file in files))


def is_archive_file(name: str) -> bool:
    """Return whether the raw archive writes a file of this name in the folder of a day."""
    return bool(_ARCHIVE_FILE.fullmatch(name))


def _read(marker: AnyPath) -> str | None:
    return marker.read_text(encoding="utf-8") if marker.exists() else None
