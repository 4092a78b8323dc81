"""The raw archive: every collected record, stored once in WARC files per source and day, each with a CDXJ index.

    raw/<source_id>/<partition day>/<digest>.warc.gz
    raw/<source_id>/<partition day>/<digest>.cdxj

A page is a `response` record with its HTTP headers; a URL that could not be fetched is a `metadata` record with the
reason; anything else is a `resource` record. The file name is a digest of the records in the file, so adding the same
records again adds no file. A file is written under a temporary name and renamed, so a killed run leaves no partial
file. The index is derived data: if it is missing, it is rebuilt.
"""

import hashlib
import json
import os
from base64 import b32encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from io import BytesIO, StringIO

from cdxj_indexer.main import CDXJIndexer
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.domain.ids import digest, make_source_id
from etl.domain.raw import FAILURE_TYPE, RawRecord
from etl.storage.atomic import renamed_into
from etl.storage.paths import AnyPath, list_files, list_folders, local_copy

_SOURCE_HEADER = "Mulaqat-Source"
_WARC = ".warc.gz"
_RECORD_TYPES = ("response", "resource", "metadata")


def add_records(raw_dir: AnyPath, records: Iterable[RawRecord]) -> dict[str, int]:
    """Store the records that the archive does not have yet.

    Returns:
        Number of new records by partition day, without the days to which nothing was added.
    """
    partitions: defaultdict[AnyPath, list[RawRecord]] = defaultdict(list)
    for record in records:
        partitions[raw_dir / make_source_id(record.source_name) / record.partition_day].append(record)
    added: defaultdict[str, int] = defaultdict(int)
    for folder, candidates in partitions.items():
        known = _read_keys(folder)
        new = {_key(record): record for record in candidates if _key(record) not in known}
        if new:
            path = folder / f"{digest(*sorted(new))}{_WARC}"
            _write_warc(path, [new[key] for key in sorted(new)])
            _write_index(path)
            added[folder.name] += len(new)
    return dict(added)


def read_partition(raw_dir: AnyPath, partition_day: str) -> list[RawRecord]:
    """Return all records of a partition, each once, in an order that does not depend on when they were added."""
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
    return f"{record.uri} {b32encode(hashlib.sha1(record.payload).digest()).decode()}"


def _read_keys(folder: AnyPath) -> set[str]:
    """Return the keys of all records in a folder, read from the indexes."""
    keys = set()
    for file in list_files(folder, _WARC):
        index = _index_path(file)
        if not index.exists():
            _write_index(file)
        for line in index.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line.split(" ", 2)[2])
            keys.add(f"{entry['url']} {entry['digest'].removeprefix('sha1:')}")
    return keys


def _read_file(file: AnyPath) -> Iterator[RawRecord]:
    with file.open("rb") as stream:
        for warc_record in ArchiveIterator(stream):
            if warc_record.rec_type in _RECORD_TYPES:
                headers, http = warc_record.rec_headers, warc_record.http_headers
                content_type = http.get_header("Content-Type") if http else headers.get_header("Content-Type")
                yield RawRecord(
                    source_name=headers.get_header(_SOURCE_HEADER),
                    uri=headers.get_header("WARC-Target-URI"),
                    content_type=content_type or "application/octet-stream",
                    payload=warc_record.raw_stream.read(),
                    partition_day=file.parent.name,
                    http_headers=tuple(http.headers) if http else (),
                )


def _write_warc(path: AnyPath, records: Iterable[RawRecord]) -> None:
    with renamed_into(path) as partial, partial.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for record in records:
            writer.write_record(
                writer.create_warc_record(
                    record.uri,
                    _record_type(record),
                    payload=BytesIO(record.payload),
                    length=len(record.payload),
                    warc_content_type="" if record.http_headers else record.content_type,
                    warc_headers_dict={_SOURCE_HEADER: record.source_name},
                    http_headers=_http_headers(record),
                )
            )
        stream.flush()
        os.fsync(stream.fileno())


def _record_type(record: RawRecord) -> str:
    if record.http_headers:
        return "response"
    return "metadata" if record.content_type == FAILURE_TYPE else "resource"


def _http_headers(record: RawRecord) -> StatusAndHeaders | None:
    if not record.http_headers:
        return None
    status = f"{HTTPStatus.OK.value} {HTTPStatus.OK.phrase}"
    return StatusAndHeaders(status, list(record.http_headers), protocol="HTTP/1.1")


def _write_index(file: AnyPath) -> None:
    lines = StringIO()
    with local_copy(file) as copy:
        CDXJIndexer(
            lines, [str(copy)], sort=True, records=",".join(_RECORD_TYPES), filename=file.name
        ).process_all()
    with renamed_into(_index_path(file)) as partial:
        partial.write_text(lines.getvalue(), encoding="utf-8")


def _index_path(file: AnyPath) -> AnyPath:
    return file.with_name(file.name.removesuffix(_WARC) + ".cdxj")
