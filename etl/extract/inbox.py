"""Read the inbox: articles in files, such as the dumps that engineers load.

| file | contents |
|---|---|
| `.jsonl` | one article per line: `url`, `title`, `text`, `published_at`, `source`; only `text` is required |
| `.parquet` | one article per row, in columns of the same names |
| `.txt` | the text of one article; the other fields are in a `.json` file of the same name |
| `.html`, `.html.gz` | one saved page; `url`, `source`, `published_at`, all optional, are in such a `.json` file |

The payload of the first three is a JSON object; a page is stored unchanged. `etl.extract.warc_files` reads WARC files,
`etl.extract.crawl` fetches lists of URLs.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq

from etl.domain.days import IST, UNDATED, india_day
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
    """Read a file, or the files of a folder in order of their paths.

    Args:
        path: a file of a kind listed above, or a folder.
        default_day: partition of readable articles without a date of publication; None means `UNDATED`.
        sources: known publishers; the URL of a saved page decides which one is its source.

    Yields:
        One record per article. An article that cannot be parsed is stored too, and clean rejects it with a reason.

    Raises:
        BadSetting: the path does not exist or is not of these kinds.
    """
    if path.is_dir():
        for file in list_files(path):
            if is_inbox_file(file):
                yield from _read_file(file, default_day, sources)
    elif path.is_file() and is_inbox_file(path):
        yield from _read_file(path, default_day, sources)
    else:
        raise BadSetting(f"{path}: no such folder, and not a {', '.join(_SUFFIXES)} file")


def is_inbox_file(file: AnyPath) -> bool:
    """Return whether `read_inbox` reads files with this suffix."""
    return file.name.endswith(_SUFFIXES)


def parse_fields(payload: bytes) -> RawArticle:
    """Parse the JSON object of one article.

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


def make_bad_file(file: AnyPath, error: Exception) -> RawRecord:
    """Return the failure record of a file whose contents do not match its suffix. Clean rejects it."""
    return make_failure(DEFAULT_SOURCE, f"urn:file:{quote(file.name)}", "bad_file", str(error), UNDATED)


def read_url_list(file: AnyPath) -> list[str]:
    """Return the URLs of a `.urls` file: one per line; lines that start with `#` are comments."""
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
            yield make_bad_file(file, error)


def _file_record(payload: bytes, default_day: str | None) -> RawRecord:
    uri = _urn(payload)
    try:
        article = parse_fields(payload)
    except RejectedArticle:
        return RawRecord(DEFAULT_SOURCE, uri, _JSON_TYPE, payload, UNDATED)
    day = _day(article.published_at) or default_day or UNDATED
    return RawRecord(article.source_name, article.url or uri, _JSON_TYPE, payload, day)


def _page_record(file: AnyPath, default_day: str | None, sources: Sequence[Source]) -> RawRecord:
    """Read a saved page. If its metadata file cannot be read, store the page without metadata."""
    payload = read_page(file)
    try:
        fields = _read_sidecar(file)
        url, source_name = _text_field(fields, "url"), _text_field(fields, "source")
        published_at = _parse_time(_text_field(fields, "published_at"))
    except (ValueError, RejectedArticle):
        return RawRecord(DEFAULT_SOURCE, _urn(payload), _HTML_TYPE, payload, UNDATED)
    known = source_of_url(sources, url or "")
    hint = ((HINT_HEADER, published_at.isoformat()),) if published_at else ()
    day = _day(published_at) or _day(find_published(payload, url=url, sources=sources))
    return RawRecord(
        source_name=source_name or (known.name if known else DEFAULT_SOURCE),
        uri=url or _urn(payload),
        content_type=_HTML_TYPE,
        payload=payload,
        partition_day=day or default_day or UNDATED,
        http_headers=(("Content-Type", _HTML_TYPE), *hint),
    )


def read_page(file: AnyPath) -> bytes:
    """Return the bytes of a saved page, decompressed unless they are not gzip or decompress beyond 50 MiB."""
    compressed = file.read_bytes()
    if file.suffix != ".gz":
        return compressed
    decompressor = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = decompressor.decompress(compressed, _MAX_PAGE_BYTES)
    except zlib.error:
        return compressed
    return compressed if decompressor.unconsumed_tail else content


def _read_sidecar(file: AnyPath) -> dict[str, object]:
    sidecar = _sidecar_path(file)
    fields = json.loads(sidecar.read_bytes()) if sidecar.exists() else {}
    if not isinstance(fields, dict):
        raise ValueError(f"{sidecar} is not a JSON object")
    return fields


def _sidecar_path(file: AnyPath) -> AnyPath:
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
        sidecar = _sidecar_path(file)
        yield (sidecar.read_bytes() if sidecar.exists() else b"") + b"\n" + file.read_bytes()


def _read_parquet(file: AnyPath) -> Iterator[bytes]:
    with file.open("rb") as stream, pq.ParquetFile(stream) as table:
        columns = [name for name in _FIELDS if name in table.schema_arrow.names]
        for batch in table.iter_batches(columns=columns):
            for row in batch.to_pylist():
                yield _dump({name: _to_json_value(value) for name, value in row.items() if value is not None})


def _to_json_value(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _dump(fields: dict[str, object]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str).encode()


_READERS = {".jsonl": _read_jsonl, ".txt": _read_text, ".parquet": _read_parquet}
_PAGE_SUFFIXES = (".html", ".html.gz")
_SUFFIXES = (*_READERS, *_PAGE_SUFFIXES)


def _urn(payload: bytes) -> str:
    return f"urn:sha256:{hashlib.sha256(payload).hexdigest()}"


def _day(moment: datetime | None) -> str | None:
    return india_day(moment).isoformat() if moment else None


def _text_field(fields: dict[str, object], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise RejectedArticle("bad_record", f"{name} is {type(value).__name__}, not text")
    return value.strip() or None if value else None


def _parse_time(text: str | None) -> datetime | None:
    """Parse ISO 8601. A time without zone is in Indian Standard Time; a date alone means midnight."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise RejectedArticle("bad_published_at", f"{text!r} is not ISO 8601") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=IST)
