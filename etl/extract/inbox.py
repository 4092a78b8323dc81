"""The source of kind "inbox": articles lying in files, as engineers load dumps.

| file | holds |
|---|---|
| `.jsonl` | one article a line: `url`, `title`, `text`, `published_at`, `source`; only `text` must be there |
| `.parquet` | one article a row, in columns of these names |
| `.txt` | one article's text, the other fields beside it in a `.json` file of the same name |
| `.html`, `.html.gz` | one saved page, `url`, `source`, `published_at` beside it in a `.json` file, all optional |

The first three become one kind of raw payload, a JSON object; a page stays as it is. WARC files are read by
warc_files, lists of URLs are fetched by crawl.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq

from etl.domain.days import IST, UNDATED
from etl.domain.raw import HINT_HEADER, RawArticle, RawRecord
from etl.errors import BadSetting, RejectedArticle
from etl.extract.failure import make_failure
from etl.extract.page import find_published
from etl.extract.sources import Source, source_of_url
from etl.storage.paths import AnyPath, list_files

DEFAULT_SOURCE = "inbox"
_JSON_TYPE, _HTML_TYPE = "application/json", "text/html"
_FIELDS = ("url", "title", "text", "published_at", "source")
_MAX_PAGE_BYTES = 50 * 1024 * 1024


def read_inbox(
    path: AnyPath, default_day: str | None = None, sources: Sequence[Source] = ()
) -> Iterator[RawRecord]:
    """Yield what lies in a file, or in a folder's files (in order of their paths).

    Args:
        path: a file of a kind named above, or a folder.
        default_day: partition of readable articles without a publication date; None files them `UNDATED`.
        sources: known publishers, to name the source of a saved page by its address.

    Yields:
        One record an article, also for those that cannot be parsed: cleaning rejects them by name.

    Raises:
        BadSetting: the path does not exist or is of no such kind.
    """
    if path.is_dir():
        for file in list_files(path):
            if reads(file):
                yield from _read_file(file, default_day, sources)
    elif path.is_file() and reads(path):
        yield from _read_file(path, default_day, sources)
    else:
        raise BadSetting(f"{path}: no such folder, nor a {', '.join(_SUFFIXES)} file")


def reads(file: AnyPath) -> bool:
    """Tell whether a file is of a kind that the inbox reads."""
    return file.name.endswith(_SUFFIXES)


def parse_fields(payload: bytes) -> RawArticle:
    """Read one JSON object.

    Raises:
        RejectedArticle: `bad_json`, `bad_record` or `bad_published_at`.
    """
    try:
        fields = json.loads(payload)
    except ValueError as error:
        raise RejectedArticle("bad_json", str(error)) from error
    if not isinstance(fields, dict):
        raise RejectedArticle("bad_record", f"expected a JSON object, found {type(fields).__name__}")
    text = _text_field(fields, "text")
    if text is None:
        raise RejectedArticle("bad_record", "the field text is missing")
    return RawArticle(
        source_name=_text_field(fields, "source") or DEFAULT_SOURCE,
        url=_text_field(fields, "url"),
        title=_text_field(fields, "title"),
        text=text,
        published_at=_parse_time(_text_field(fields, "published_at")),
    )


def bad_file(file: AnyPath, error: Exception) -> RawRecord:
    """Return the raw record of a file that cannot be opened as what its name says, for cleaning to reject."""
    return make_failure(DEFAULT_SOURCE, f"urn:file:{quote(file.name)}", "bad_file", str(error), UNDATED)


def read_url_list(file: AnyPath) -> list[str]:
    """Return the addresses in a `.urls` file: one a line, `#` begins a comment."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _read_file(file: AnyPath, default_day: str | None, sources: Sequence[Source]) -> Iterator[RawRecord]:
    if file.name.endswith(_PAGE_SUFFIXES):
        yield _page_record(file, default_day, sources)
    else:
        try:
            for payload in _READERS[file.suffix](file):
                yield _file_record(payload, default_day)
        except (pa.ArrowInvalid, OSError) as error:
            yield bad_file(file, error)


def _file_record(payload: bytes, default_day: str | None) -> RawRecord:
    uri = _urn(payload)
    try:
        article = parse_fields(payload)
    except RejectedArticle:
        return RawRecord(DEFAULT_SOURCE, uri, _JSON_TYPE, payload, UNDATED)
    day = _day(article.published_at) or default_day or UNDATED
    return RawRecord(article.source_name, article.url or uri, _JSON_TYPE, payload, day)


def _page_record(file: AnyPath, default_day: str | None, sources: Sequence[Source]) -> RawRecord:
    """Read a saved page; a metadata file or packing that cannot be read leaves the bytes as they are."""
    payload = read_page(file)
    try:
        fields = _read_sidecar(file)
        url, source_name = _text_field(fields, "url"), _text_field(fields, "source")
        told = _parse_time(_text_field(fields, "published_at"))
    except (ValueError, RejectedArticle):
        return RawRecord(DEFAULT_SOURCE, _urn(payload), _HTML_TYPE, payload, UNDATED)
    known = source_of_url(sources, url or "")
    day = _day(told) or _day(find_published(payload, url=url, sources=sources))
    return RawRecord(
        source_name=source_name or (known.name if known else DEFAULT_SOURCE),
        uri=url or _urn(payload),
        content_type=_HTML_TYPE,
        payload=payload,
        partition_day=day or default_day or UNDATED,
        http_headers=(("Content-Type", _HTML_TYPE), *(((HINT_HEADER, told.isoformat()),) if told else ())),
    )


def read_page(file: AnyPath) -> bytes:
    """Return a saved page's bytes, unpacked; what is no gzip, or unfolds beyond a limit, stays as it is."""
    packed = file.read_bytes()
    if file.suffix != ".gz":
        return packed
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(packed, _MAX_PAGE_BYTES)
    except zlib.error:
        return packed
    return packed if unpacker.unconsumed_tail else plain


def _read_sidecar(file: AnyPath) -> dict[str, object]:
    sidecar = _sidecar(file)
    fields = json.loads(sidecar.read_bytes()) if sidecar.exists() else {}
    if not isinstance(fields, dict):
        raise ValueError(f"{sidecar} is no JSON object")
    return fields


def _sidecar(file: AnyPath) -> AnyPath:
    return file.with_name(file.name.removesuffix(".gz").rpartition(".")[0] + ".json")


def _read_jsonl(file: AnyPath) -> Iterator[bytes]:
    with file.open("rb") as lines:
        for line in lines:
            if line.strip():
                yield line.strip()


def _read_text(file: AnyPath) -> Iterator[bytes]:
    try:
        yield _dump({**_read_sidecar(file), "text": file.read_text(encoding="utf-8")})
    except ValueError:
        sidecar = _sidecar(file)
        yield (sidecar.read_bytes() if sidecar.exists() else b"") + b"\n" + file.read_bytes()


def _read_parquet(file: AnyPath) -> Iterator[bytes]:
    with file.open("rb") as stream, pq.ParquetFile(stream) as table:
        columns = [name for name in _FIELDS if name in table.schema_arrow.names]
        for batch in table.iter_batches(columns=columns):
            for row in batch.to_pylist():
                yield _dump({name: _plain(value) for name, value in row.items() if value is not None})


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _dump(fields: dict[str, object]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str).encode()


_READERS = {".jsonl": _read_jsonl, ".txt": _read_text, ".parquet": _read_parquet}
_PAGE_SUFFIXES = (".html", ".html.gz")
_SUFFIXES = (*_READERS, *_PAGE_SUFFIXES)


def _urn(payload: bytes) -> str:
    return f"urn:sha256:{hashlib.sha256(payload).hexdigest()}"


def _day(moment: datetime | None) -> str | None:
    return moment.astimezone(IST).date().isoformat() if moment else None


def _text_field(fields: dict[str, object], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise RejectedArticle("bad_record", f"{name} is {type(value).__name__}, not text")
    return value.strip() or None if value else None


def _parse_time(text: str | None) -> datetime | None:
    """Parse ISO 8601; a time without zone is Indian Standard Time, a date alone its midnight."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise RejectedArticle("bad_published_at", f"{text!r} is not ISO 8601") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=IST)
