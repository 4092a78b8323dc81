"""Maintenance: what may go goes, the working database is made compact, all is linked anew where the rules changed.

Each step may run again at any time and says what it did; nothing here changes what a reader finds but linking.
"""

import hashlib
import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from etl.config import Settings
from etl.domain.days import IST, UNDATED
from etl.domain.ids import digest
from etl.extract.archive import list_partitions
from etl.pipeline.annotator_models import models_version
from etl.pipeline.partitions import close_partition, list_closed, read_loaded
from etl.storage.paths import AnyPath, list_files, list_folders, remove_folder
from etl.storage.record_files import write_text
from etl.warehouse.compact import compact_database
from etl.warehouse.read import summarise_completeness
from etl.warehouse.relink import relink_warehouse
from etl.warehouse.statements import SQL_DIR

log = logging.getLogger(__name__)


def run_maintain_stage(settings: Settings, *, now: datetime, keep_days: int) -> list[str]:
    """Remove the stage files of runs that wrote nothing for `keep_days`; such a run can start again at collect.

    Returns:
        The keys of the runs.
    """
    oldest = (now - timedelta(days=keep_days)).timestamp()
    removed = []
    for folder in list_folders(settings.stage_dir):
        if max((file.stat().st_mtime for file in list_files(folder)), default=0.0) < oldest:
            remove_folder(folder)
            removed.append(folder.name)
    log.info("stage files of %d runs removed", len(removed))
    return removed


def run_maintain_annotations(settings: Settings) -> list[str]:
    """Remove what other models than the present ones annotated; it costs time where they come back.

    Returns:
        The versions of the models.
    """
    version = models_version(settings)
    outdated = [folder for folder in list_folders(settings.annotations_dir) if folder.name != version]
    for folder in outdated:
        remove_folder(folder)
    log.info("annotations of %d other versions removed", len(outdated))
    return [folder.name for folder in outdated]


def run_maintain_raw(settings: Settings, *, now: datetime, keep_days: int | None) -> list[str]:
    """Close days older than `keep_days` and remove their raw files; None keeps all.

    Only what the warehouse holds as it is goes: a day to which raw has added since its load stays. A closed day is
    never built again, so what is lost is the way to better extraction and models for it.

    Returns:
        The days closed.
    """
    if keep_days is None:
        return []
    first_kept = (now.astimezone(IST).date() - timedelta(days=keep_days)).isoformat()
    days = [
        day
        for day, fingerprint in list_partitions(settings.raw_dir).items()
        if day != UNDATED and day < first_kept and read_loaded(settings, day).raw_fingerprint == fingerprint
    ]
    for day in days:
        close_partition(
            settings, day, f"its raw files were removed on {now:%Y-%m-%d}, {keep_days} days are kept"
        )
        for source in list_folders(settings.raw_dir):
            remove_folder(source / day)
        log.info("%s closed, its raw files removed", day)
    return days


def run_maintain_compact(settings: Settings) -> dict[str, int] | None:
    """Write the working database anew without the room that loads have left in it.

    Returns:
        Bytes of the file: `before`, `after`. None where there is none, and for a lake, which each publish tidies.
    """
    working = settings.working
    if not isinstance(working, Path) or not working.exists():
        log.info("nothing to make compact: %s", working)
        return None
    before = working.stat().st_size
    compact_database(working)
    after = working.stat().st_size
    log.info("working database: %d bytes, now %d", before, after)
    return {"before": before, "after": after}


def run_maintain_links(
    settings: Settings, *, run_key: str, now: datetime, force: bool = False
) -> dict[str, int] | None:
    """Link all reports anew, by the load's own code, where that code or the gazetteer has changed since.

    Entities are what a day's resolve made of them: after a change of the gazetteer its days are processed again too.

    Args:
        force: also where nothing changed.

    Returns:
        Counts (see etl.warehouse.relink.RelinkReport); None where there was nothing to do.
    """
    version = linking_version(settings)
    marker = settings.data_root / "linked.txt"
    is_empty = isinstance(settings.working, Path) and not settings.working.exists()
    if is_empty or (not force and _read(marker) == version):
        log.info("nothing to link anew: neither the rules nor the gazetteer changed")
        return None
    report = relink_warehouse(settings.working, run_key=run_key, now=now)
    write_text(marker, version)
    log.info("%d reports linked anew, %d changed", report.report_count, report.changed_count)
    return {
        "report_count": report.report_count,
        "meeting_count": report.meeting_count,
        "changed_count": report.changed_count,
    }


def run_maintain_report(settings: Settings, *, now: datetime, days: int) -> list[dict[str, Any]]:
    """Return how complete each source is over the last days (see read/completeness.sql); logged line by line too."""
    since = (now.astimezone(IST).date() - timedelta(days=days)).isoformat()
    rows = summarise_completeness(settings.warehouse, since_day=since)
    for row in rows:
        log.info("%s", ", ".join(f"{name} {value}" for name, value in row.items()))
    late = sorted(list_closed(settings).keys() & list_partitions(settings.raw_dir).keys())
    if late:
        log.warning("closed days for which something came late: %s", ", ".join(late))
    return rows


def linking_version(settings: Settings) -> str:
    """Return what changes with the rules of linking, their SQL, or the gazetteer."""
    code = [SQL_DIR.parent / "link.py", SQL_DIR.parent / "relink.py"]
    statements, gazetteer = (SQL_DIR / "link").glob("*.sql"), (settings.seeds_dir / "gazetteer").glob("*.csv")
    files = [*code, *sorted(statements), *sorted(gazetteer)]
    return digest(*(hashlib.sha256(file.read_bytes()).hexdigest() for file in files))


def _read(marker: AnyPath) -> str | None:
    return marker.read_text(encoding="utf-8") if marker.exists() else None
