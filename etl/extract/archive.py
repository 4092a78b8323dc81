"""The raw archive: every collected record, stored once in WARC files per source and day, each with a CDXJ index.

    raw/<source_id>/<partition day>/<digest>.warc.gz
    raw/<source_id>/<partition day>/<digest>.cdxj

etl.extract.warc_records gives the form of a record. The file name is a digest of the records in the file, so adding the
same records again adds no file. A file is written under a temporary name, read back and compared with the records, and
only then renamed, its index first: a killed run leaves no partial file, and what is in the archive can be read. The
index is derived data: if it is missing, it is rebuilt.

Every read checks the digests. A damaged file stops the reader with the file's name and the way back: an article that
was stored is never rejected instead.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from cdxj_indexer.main import CDXJIndexer
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from etl.domain.ids import digest, make_source_id
from etl.domain.raw import RawRecord
from etl.errors import ArchiveDamaged
from etl.extract.warc_records import (
    RECORD_TYPES,
    exact_uri,
    is_first_format,
    payload_digest,
    read_record,
    storable,
    write_record,
)
from etl.storage.atomic import renamed_into
from etl.storage.paths import AnyPath, list_files, list_folders, local_copy

_WARC = ".warc.gz"
_REMEDY = (
    "restore the file from a backup, or move it and its .cdxj out of the archive and collect the day again"
)


def add_records(raw_dir: AnyPath, records: Iterable[RawRecord]) -> dict[str, int]:
    """Store the records that the archive does not have yet.

    Returns:
        Number of new records by partition day, without the days to which nothing was added.

    Raises:
        ArchiveDamaged: an index cannot be read, or a new file does not read back as written; nothing was added to that
            folder.
    """
    partitions: defaultdict[AnyPath, list[RawRecord]] = defaultdict(list)
    for record in map(storable, records):
        partitions[raw_dir / make_source_id(record.source_name) / record.partition_day].append(record)
    added: defaultdict[str, int] = defaultdict(int)
    for folder, candidates in partitions.items():
        known = _read_keys(folder)
        new = {_key(record): record for record in candidates if _key(record) not in known}
        if new:
            _add_file(folder / f"{digest(*sorted(new))}{_WARC}", [new[key] for key in sorted(new)])
            added[folder.name] += len(new)
    return dict(added)


def read_partition(raw_dir: AnyPath, partition_day: str) -> list[RawRecord]:
    """Return all records of a partition, each once, in an order that does not depend on when they were added.

    Raises:
        ArchiveDamaged: a file does not contain what was written.
    """
    records = (
        record
        for source in list_folders(raw_dir)
        for file in list_files(source / partition_day, _WARC)
        for record in _read_file(file)
    )
    return [record for _, record in sorted({_key(record): record for record in records}.items())]


def list_partitions(raw_dir: AnyPath) -> dict[str, str]:
    """Return a fingerprint for each partition day; it changes whenever records are added to that day."""
    files: defaultdict[str, list[str]] = defaultdict(list)
    for file in list_files(raw_dir, _WARC):
        files[file.parent.name].append(file.name)
    return {day: digest(*names) for day, names in sorted(files.items())}


def _key(record: RawRecord) -> str:
    return f"{record.uri} {payload_digest(record.payload)}"


def _read_keys(folder: AnyPath) -> set[str]:
    """Return the keys of all records in a folder, read from the indexes."""
    keys = set()
    for file in list_files(folder, _WARC):
        index = _index_path(file)
        if not index.exists():
            _rebuild_index(file)
        keys.update(_read_index(index))
    return keys


def _read_index(index: AnyPath) -> list[str]:
    """Return the key of each record in an index."""
    keys = []
    with _damage_of(index, "delete this index: it is rebuilt"):
        for line in index.read_text(encoding="utf-8").split("\n")[:-1]:
            entry = json.loads(line.split(" ", 2)[2])
            keys.append(f"{entry.get('url', '')} {entry['digest'].removeprefix('sha1:')}")
    return keys


def _read_file(file: AnyPath) -> list[RawRecord]:
    """Return the records of a file, after comparing them with their digests and with the name of the file."""
    records, is_exact = [], True
    with _damage_of(file, _REMEDY), file.open("rb") as stream:
        for warc_record in ArchiveIterator(stream):
            if warc_record.rec_type in RECORD_TYPES:
                is_exact = is_exact and not is_first_format(warc_record.rec_headers)
                records.append(read_record(warc_record, file.parent.name))
        if not (_is_named_after(file, records) if is_exact else _is_indexed(file, records)):
            raise ArchiveDamaged(f"its {len(records)} records are not those that were written")
    return records


def _is_named_after(file: AnyPath, records: Iterable[RawRecord]) -> bool:
    return file.name == f"{digest(*sorted(map(_key, records)))}{_WARC}"


def _is_indexed(file: AnyPath, records: Sequence[RawRecord]) -> bool:
    """Return whether an index has as many records: in the first format, a key may differ from the one in the name."""
    index = _index_path(file)
    return not index.exists() or len(_read_index(index)) == len(records)


def _add_file(path: AnyPath, records: Sequence[RawRecord]) -> None:
    """Write a file and its index; both are renamed only after the file has been read back."""
    with renamed_into(path) as partial:
        _write_warc(partial, records)
        _compare(path, partial, records)
        index = _make_index(partial, path.name)
        with renamed_into(_index_path(path)) as partial_index:
            partial_index.write_text(index, encoding="utf-8")


def _write_warc(path: Path, records: Iterable[RawRecord]) -> None:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for record in records:
            write_record(writer, record)
        stream.flush()
        os.fsync(stream.fileno())


def _compare(path: AnyPath, partial: Path, records: Sequence[RawRecord]) -> None:
    """Check that a new file reads back as the records that were written to it."""
    with _damage_of(path, "nothing was added; please report these records"), partial.open("rb") as stream:
        found = [read_record(warc_record, path.parent.name) for warc_record in ArchiveIterator(stream)]
        if found != records or [record.place for record in found] != [record.place for record in records]:
            raise ArchiveDamaged(f"{len(records)} records do not read back as they were written")


@contextmanager
def _damage_of(file: AnyPath, remedy: str) -> Iterator[None]:
    """Raise whatever goes wrong while a file is parsed as ArchiveDamaged, with its name and what to do."""
    try:
        yield
    except ArchiveDamaged as error:
        raise ArchiveDamaged(f"{file}: {error}: {remedy}") from error
    except (OSError, MemoryError):
        raise
    except Exception as error:  # warcio raises all kinds of errors for a damaged file
        raise ArchiveDamaged(f"{file}: {error!r}: {remedy}") from error


class _Indexer(CDXJIndexer):  # type: ignore[misc]
    """Writes the exact URI, which the WARC header may not hold."""

    def get_field(self, record: Any, name: str, it: Any, filename: str) -> Any:
        if name == "warc-target-uri":
            return exact_uri(record.rec_headers)
        return super().get_field(record, name, it, filename)

    def _write_line(self, out: Any, index: Any, record: Any, filename: str) -> None:
        record.urlkey = self.get_url_key(record.rec_headers.get_header("WARC-Target-URI") or "-")
        super()._write_line(out, index, record, filename)


def _make_index(file: Path, name: str) -> str:
    lines = StringIO()
    _Indexer(lines, [str(file)], sort=True, records=",".join(RECORD_TYPES), filename=name).process_all()
    return lines.getvalue()


def _rebuild_index(file: AnyPath) -> None:
    with _damage_of(file, _REMEDY), local_copy(file) as copy:
        index = _make_index(copy, file.name)
    with renamed_into(_index_path(file)) as partial:
        partial.write_text(index, encoding="utf-8")


def _index_path(file: AnyPath) -> AnyPath:
    return file.with_name(file.name.removesuffix(_WARC) + ".cdxj")
