"""Read the inbox: articles in files, such as the dumps that engineers load.

| file | contents |
|---|---|
| `.jsonl` | one article per line: `url`, `title`, `text`, `published_at`, `source`; only `text` is required |
| `.parquet` | one article per row, in columns of the same names |
| `.txt` | the text of one article; the other fields are in a `.json` file of the same name |
| `.html`, `.html.gz` | one saved page; `url`, `source`, `published_at`, all optional, are in such a `.json` file |

The payload of the first three is a JSON object; a page is stored unchanged. `etl.extract.warc_files` reads WARC files,
`etl.extract.crawl` fetches lists of URLs.

Nothing in a file stops the others: an article that cannot be parsed is stored too, and clean rejects it with its place.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from urllib.parse import quote

import pyarrow as pa

from etl.domain.characters import mend_surrogates, one_line
from etl.domain.days import UNDATED, india_day, is_plausible_moment, latest_plausible_day
from etl.domain.raw import HINT_HEADER, RawRecord
from etl.errors import BadSetting, RejectedArticle, RejectReason
from etl.extract.boundary import reject_errors
from etl.extract.failure import make_failure
from etl.extract.fields import DEFAULT_SOURCE, FIELD_NAMES, Fields, load_object, parse_fields
from etl.extract.limits import RECORD_LIMITS, RecordLimits
from etl.extract.page import find_published
from etl.extract.parquet_rows import read_rows
from etl.extract.sources import Source, source_of_url
from etl.storage.paths import AnyPath, list_files, open_buffered

_JSON_TYPE, _HTML_TYPE = "application/json", "text/html"
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class InboxOptions:
    """How the records of the inbox are filed.

    Attributes:
        default_day: partition of readable articles without a date of publication; None means `UNDATED`.
        sources: known publishers; the URL of a saved page decides which one is its source.
        collected_at: when the files are read. A later date of publication is not believed; None: no limit.
        limits: how large one record can be.
    """

    default_day: str | None = None
    sources: Sequence[Source] = ()
    collected_at: datetime | None = None
    limits: RecordLimits = RECORD_LIMITS

    def day_of(self, moment: datetime | None) -> str | None:
        """Return the partition day of a time of publication; None if it is unknown or not plausible."""
        latest = latest_plausible_day(self.collected_at)
        return india_day(moment).isoformat() if moment and is_plausible_moment(moment, latest) else None


def read_inbox(
    path: AnyPath,
    default_day: str | None = None,
    sources: Sequence[Source] = (),
    collected_at: datetime | None = None,
) -> Iterator[RawRecord]:
    """Read a file, or the files of a folder in order of their paths.

    Args:
        path: a file of a kind listed above, or a folder.
        default_day: see `InboxOptions`; likewise the other arguments.

    Yields:
        One record per article. An article that cannot be parsed is stored too, and clean rejects it with a reason.

    Raises:
        BadSetting: the path does not exist or is not of these kinds.
    """
    options = InboxOptions(default_day, sources, collected_at)
    if path.is_dir():
        for file in list_files(path):
            if is_inbox_file(file):
                yield from _read_file(file, options)
    elif path.is_file() and is_inbox_file(path):
        yield from _read_file(path, options)
    else:
        raise BadSetting(f"{path}: no such folder, and not a {', '.join(_SUFFIXES)} file")


def is_inbox_file(file: AnyPath) -> bool:
    """Return whether `read_inbox` reads files with this suffix."""
    return file.name.endswith(_SUFFIXES)


def make_bad_file(file: AnyPath, error: Exception) -> RawRecord:
    """Return the failure record of a file whose contents do not match its suffix. Clean rejects it."""
    return make_failure(DEFAULT_SOURCE, file_urn(file), "bad_file", str(error), UNDATED)


def file_urn(file: AnyPath, part: str = "") -> str:
    """Return a URN of a file, or of a part of it. The name of the file may be any bytes."""
    return f"urn:file:{quote(os.fsencode(file.name))}{part}"


def file_label(file: AnyPath) -> str:
    """Return the name of a file for people, in one line that can be encoded."""
    return one_line(os.fsencode(file.name).decode("utf-8", "backslashreplace"))


def read_url_list(file: AnyPath) -> list[str]:
    """Return the URLs of a `.urls` file: one per line; lines that start with `#` are comments."""
    lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _read_file(file: AnyPath, options: InboxOptions) -> Iterator[RawRecord]:
    reader = _read_saved_page if file.name.endswith(_PAGE_SUFFIXES) else _READERS[file.suffix]
    try:
        with reject_errors(file_label(file)):
            try:
                yield from reader(file, options)
            except (pa.ArrowInvalid, OSError) as error:
                yield make_bad_file(file, error)
    except RejectedArticle as error:
        yield make_failure(DEFAULT_SOURCE, file_urn(file), error.reason, error.detail, UNDATED)


def _fields_record(payload: bytes, place: str, options: InboxOptions) -> RawRecord:
    """Return the record of one JSON object; one that cannot be parsed is undated, and clean rejects it."""
    uri = _urn(payload)
    try:
        with reject_errors(place):
            article = parse_fields(payload, latest_plausible_day(options.collected_at))
    except RejectedArticle:
        return RawRecord(DEFAULT_SOURCE, uri, _JSON_TYPE, payload, UNDATED, kind="fields", place=place)
    day = options.day_of(article.published_at) or options.default_day or UNDATED
    return RawRecord(
        article.source_name, article.url or uri, _JSON_TYPE, payload, day, kind="fields", place=place
    )


def _unreadable(uri: str, reason: RejectReason, detail: str, place: str) -> RawRecord:
    return make_failure(DEFAULT_SOURCE, uri, reason, detail, UNDATED, place=place)


def _read_saved_page(file: AnyPath, options: InboxOptions) -> Iterator[RawRecord]:
    _require_size(file, options.limits.saved_page_bytes)
    yield _page_record(file, options)


def _require_size(file: AnyPath, limit_bytes: int) -> None:
    """Reject a file that is read as a whole if it is too large."""
    if (size := file.stat().st_size) > limit_bytes:
        raise RejectedArticle("too_large", f"{size} bytes, at most {limit_bytes} are read")


def _page_record(file: AnyPath, options: InboxOptions) -> RawRecord:
    """Read a saved page. If its metadata file cannot be read, store the page without metadata."""
    payload, place = read_page(file, options.limits.saved_page_bytes), file_label(file)
    try:
        fields = Fields(_read_sidecar(file), latest_plausible_day(options.collected_at))
    except (ValueError, RecursionError, RejectedArticle):
        return RawRecord(DEFAULT_SOURCE, _urn(payload), _HTML_TYPE, payload, UNDATED, place=place)
    url, source_name, published_at = fields.text("url"), fields.text("source"), fields.moment("published_at")
    known = source_of_url(options.sources, url or "")
    hint = ((HINT_HEADER, published_at.isoformat()),) if published_at else ()
    day = options.day_of(published_at) or _find_page_day(payload, url, place, options)
    return RawRecord(
        source_name=source_name or (known.name if known else DEFAULT_SOURCE),
        uri=url or _urn(payload),
        content_type=_HTML_TYPE,
        payload=payload,
        partition_day=day or options.default_day or UNDATED,
        http_headers=(("Content-Type", _HTML_TYPE), *hint),
        place=place,
    )


def _find_page_day(payload: bytes, url: str | None, place: str, options: InboxOptions) -> str | None:
    """Return the day that a page gives; None if it gives none or cannot be read, which clean will report."""
    try:
        with reject_errors(place):
            latest = latest_plausible_day(options.collected_at)
            return options.day_of(find_published(payload, url=url, sources=options.sources, latest=latest))
    except RejectedArticle:
        return None


def read_page(file: AnyPath, limit_bytes: int = RECORD_LIMITS.saved_page_bytes) -> bytes:
    """Return the bytes of a saved page, decompressed unless they are not gzip or decompress beyond the limit."""
    compressed = file.read_bytes()
    if file.suffix != ".gz":
        return compressed
    decompressor = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = decompressor.decompress(compressed, limit_bytes)
    except zlib.error:
        return compressed
    return compressed if decompressor.unconsumed_tail else content


def _read_sidecar(file: AnyPath) -> dict[str, object]:
    """Return the object in the `.json` file of a text or page; empty if there is no such file.

    Raises:
        ValueError, RecursionError, RejectedArticle: it is not a JSON object.
    """
    sidecar = _sidecar_path(file)
    if not sidecar.exists():
        return {}
    _require_size(sidecar, RECORD_LIMITS.record_bytes)
    return load_object(sidecar.read_bytes())


def _sidecar_path(file: AnyPath) -> AnyPath:
    return file.with_name(file.name.removesuffix(".gz").rpartition(".")[0] + ".json")


def _read_jsonl(file: AnyPath, options: InboxOptions) -> Iterator[RawRecord]:
    limit = options.limits.record_bytes
    with open_buffered(file) as stream:
        number = 0
        while line := stream.readline(limit + 1):
            number += 1
            place = f"{file_label(file)}:{number}"
            if len(line) > limit:
                yield _unreadable(_skip_line(stream, line), "too_long", f"more than {limit} bytes", place)
            elif line.strip():
                yield _fields_record(line.strip(), place, options)


def _skip_line(stream: BinaryIO, start: bytes) -> str:
    """Skip the rest of a line without keeping it. Return the URN of the whole line."""
    line_hash, chunk = hashlib.sha256(start.strip(b"\r\n")), start
    while chunk and not chunk.endswith(b"\n"):
        chunk = stream.readline(_CHUNK_BYTES)
        line_hash.update(chunk.rstrip(b"\r\n"))
    return f"urn:sha256:{line_hash.hexdigest()}"


def _read_text(file: AnyPath, options: InboxOptions) -> Iterator[RawRecord]:
    sidecar = _sidecar_path(file)
    for part in (file, sidecar) if sidecar.exists() else (file,):
        _require_size(part, options.limits.record_bytes)
    try:
        payload = _dump({**_read_sidecar(file), "text": file.read_text(encoding="utf-8")})
    except (ValueError, RecursionError, RejectedArticle):
        payload = (sidecar.read_bytes() if sidecar.exists() else b"") + b"\n" + file.read_bytes()
    yield _fields_record(payload, file_label(file), options)


def _read_parquet(file: AnyPath, options: InboxOptions) -> Iterator[RawRecord]:
    for number, row in read_rows(file, FIELD_NAMES, options.limits):
        place = f"{file_label(file)}, row {number}"
        if isinstance(row, RejectedArticle):
            yield _unreadable(file_urn(file, f"#row={number}"), row.reason, row.detail, place)
        else:
            yield _fields_record(_dump(row), place, options)


def _dump(fields: dict[str, object]) -> bytes:
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str)
    return mend_surrogates(text).encode()


_READERS: dict[str, Callable[[AnyPath, InboxOptions], Iterator[RawRecord]]] = {
    ".jsonl": _read_jsonl,
    ".txt": _read_text,
    ".parquet": _read_parquet,
}
_PAGE_SUFFIXES = (".html", ".html.gz")
_SUFFIXES = (*_READERS, *_PAGE_SUFFIXES)


def _urn(payload: bytes) -> str:
    return f"urn:sha256:{hashlib.sha256(payload).hexdigest()}"
