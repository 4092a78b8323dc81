"""Collect files: add the inbox, and WARC files of other crawlers, to the raw archive."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from etl.config import Settings
from etl.domain.days import UNDATED
from etl.domain.ids import digest
from etl.domain.raw import RawRecord
from etl.extract.archive import add_records
from etl.extract.inbox import file_label, is_inbox_file, read_inbox
from etl.extract.sources import Source
from etl.extract.warc_files import WARC_SUFFIXES, read_warc
from etl.storage.paths import AnyPath, list_files
from etl.storage.record_files import write_text

URL_SUFFIX = ".urls"
_BATCH_SIZE = 200
_Item = TypeVar("_Item")


def collect_files(
    settings: Settings,
    folders: Iterable[AnyPath],
    known: Sequence[Source],
    day: str | None,
    default_day: str | None,
    limit: int | None,
    now: datetime | None = None,
) -> set[str]:
    """Add the files of the inbox to the raw archive.

    Args:
        folders: files and folders to read.
        known: the publishers of sources.toml.
        day: add only articles of this IST day and undated ones; None adds all. It does not apply to WARC files: each
            is added once, and whole.
        default_day: partition of articles without a date of publication; None means `UNDATED`.
        limit: maximum number of articles, WARC files not counted; None means no limit.
        now: time of collection, with zone; None takes the time of the clock.

    Returns:
        Partition days that records were added to; if `day` is None, also those of records that were there before.
    """
    partition_days: set[str] = set()
    collected_at = now or datetime.now(UTC)
    records = (
        replace(record, collected_at=collected_at)
        for folder in folders
        for record in _read_articles(folder, default_day, known, collected_at)
    )
    wanted = (r for r in records if day in (None, r.partition_day) or r.partition_day == UNDATED)
    for batch in _batches(islice(wanted, limit)):
        partition_days |= add_records(settings.raw_dir, batch).keys()
        if day is None:
            partition_days |= {record.partition_day for record in batch}
    for file in list_inbox(folders, WARC_SUFFIXES):
        marker = settings.imported_dir / f"{_file_key(file)}.txt"
        if not marker.exists():
            for batch in _batches(read_warc(file, known, collected_at)):
                partition_days |= add_records(settings.raw_dir, batch).keys()
            write_text(marker, file_label(file))
    return partition_days


def _read_articles(
    path: AnyPath, default_day: str | None, known: Sequence[Source], collected_at: datetime
) -> Iterator[RawRecord]:
    if path.is_dir() or is_inbox_file(path) or not path.name.endswith((*WARC_SUFFIXES, URL_SUFFIX)):
        yield from read_inbox(path, default_day, known, collected_at)


def list_inbox(folders: Iterable[AnyPath], suffixes: tuple[str, ...]) -> Iterator[AnyPath]:
    """Yield the files of the inbox that have one of these suffixes."""
    for path in folders:
        candidates = list_files(path) if path.is_dir() else [path]
        yield from (file for file in candidates if file.name.endswith(suffixes))


def _file_key(file: AnyPath) -> str:
    status = file.stat()
    return digest(file.name, str(status.st_size), str(status.st_mtime_ns))


def _batches(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH_SIZE)):
        yield batch
