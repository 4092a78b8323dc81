"""The raw archive: everything collected, kept once as WARC files per source and day.

    raw/<source_id>/<partition day>/<digest>.warc.gz

A file holds `resource` records and is named by what it holds; it is written beside its place and renamed, so a
killed run leaves nothing half-written, and adding the same records again adds no file.
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from etl.atomic import renamed_into
from etl.models import RawRecord, digest, make_source_id

_SOURCE_HEADER = "Mulaqat-Source"


def add_records(raw_dir: Path, records: Iterable[RawRecord]) -> dict[str, int]:
    """Keep the records that the archive lacks.

    Returns:
        How many were new, by partition day; days to which nothing was added are missing.
    """
    partitions: defaultdict[Path, list[RawRecord]] = defaultdict(list)
    for record in records:
        partitions[raw_dir / make_source_id(record.source_name) / record.partition_day].append(record)
    added: defaultdict[str, int] = defaultdict(int)
    for folder, candidates in partitions.items():
        known = {_key(record) for record in _read_folder(folder)}
        new = {_key(record): record for record in candidates if _key(record) not in known}
        if new:
            _write_warc(folder / f"{digest(*sorted(new))}.warc.gz", new.values())
            added[folder.name] += len(new)
    return dict(added)


def read_partition(raw_dir: Path, partition_day: str) -> list[RawRecord]:
    """Return all that the archive holds for a day: each record once, in an order that no run changes."""
    records = (
        record for folder in sorted(raw_dir.glob(f"*/{partition_day}")) for record in _read_folder(folder)
    )
    return [record for _, record in sorted({_key(record): record for record in records}.items())]


def list_partitions(raw_dir: Path) -> dict[str, str]:
    """Return every partition day with a fingerprint that changes when something is added to it."""
    files: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted(raw_dir.glob("*/*/*.warc.gz")):
        files[file.parent.name].append(file.name)
    return {day: digest(*names) for day, names in sorted(files.items())}


def _key(record: RawRecord) -> str:
    return f"{record.uri} {hashlib.sha256(record.payload).hexdigest()}"


def _read_folder(folder: Path) -> Iterator[RawRecord]:
    for file in sorted(folder.glob("*.warc.gz")):
        with file.open("rb") as stream:
            for warc_record in ArchiveIterator(stream):
                if warc_record.rec_type == "resource":
                    headers = warc_record.rec_headers
                    yield RawRecord(
                        source_name=headers.get_header(_SOURCE_HEADER),
                        uri=headers.get_header("WARC-Target-URI"),
                        content_type=headers.get_header("Content-Type"),
                        payload=warc_record.raw_stream.read(),
                        partition_day=folder.name,
                    )


def _write_warc(path: Path, records: Iterable[RawRecord]) -> None:
    with renamed_into(path) as partial, partial.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for record in records:
            writer.write_record(
                writer.create_warc_record(
                    record.uri,
                    "resource",
                    payload=BytesIO(record.payload),
                    length=len(record.payload),
                    warc_content_type=record.content_type,
                    warc_headers_dict={_SOURCE_HEADER: record.source_name},
                )
            )
        stream.flush()
        os.fsync(stream.fileno())
