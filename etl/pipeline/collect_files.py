"""Collect what lies in files: the inbox and WARC files of others into the raw archive."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from etl.config import Settings
from etl.domain.days import UNDATED
from etl.domain.ids import digest
from etl.domain.raw import RawRecord
from etl.extract.archive import add_records
from etl.extract.inbox import read_inbox, reads
from etl.extract.sources import Source
from etl.extract.warc_files import WARC_SUFFIXES, read_warc
from etl.storage.paths import AnyPath, list_files
from etl.storage.record_files import write_text

URL_SUFFIX = ".urls"
_BATCH_SIZE = 200
Item = TypeVar("Item")


def collect_files(
    settings: Settings,
    folders: Iterable[AnyPath],
    known: Sequence[Source],
    day: str | None,
    default_day: str | None,
    limit: int | None,
) -> set[str]:
    """Add the inbox's files; WARC files are read once and added whole, whatever their days."""
    seen: set[str] = set()
    found = (record for folder in folders for record in _read_articles(folder, default_day, known))
    wanted = (r for r in found if day in (None, r.partition_day) or r.partition_day == UNDATED)
    for batch in _batches(islice(wanted, limit)):
        seen |= add_records(settings.raw_dir, batch).keys()
        if day is None:
            seen |= {record.partition_day for record in batch}
    for file in list_inbox(folders, WARC_SUFFIXES):
        marker = settings.imported_dir / f"{_file_key(file)}.txt"
        if not marker.exists():
            for batch in _batches(read_warc(file, known)):
                seen |= add_records(settings.raw_dir, batch).keys()
            write_text(marker, file.name)
    return seen


def _read_articles(path: AnyPath, default_day: str | None, known: Sequence[Source]) -> Iterator[RawRecord]:
    if path.is_dir() or reads(path) or not path.name.endswith((*WARC_SUFFIXES, URL_SUFFIX)):
        yield from read_inbox(path, default_day, known)


def list_inbox(folders: Iterable[AnyPath], suffixes: tuple[str, ...]) -> Iterator[AnyPath]:
    """Yield the inbox's files whose names end so."""
    for path in folders:
        candidates = list_files(path) if path.is_dir() else [path]
        yield from (file for file in candidates if file.name.endswith(suffixes))


def _file_key(file: AnyPath) -> str:
    status = file.stat()
    return digest(file.name, str(status.st_size), str(status.st_mtime_ns))


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH_SIZE)):
        yield batch
