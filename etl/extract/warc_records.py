"""One raw record as one WARC record, and back: the only module that knows the headers of our archive.

| kind | WARC type |
|---|---|
| a page with HTTP headers and an http(s) URL | `response` |
| a failure | `metadata` |
| anything else | `resource` |

A value that a header line cannot hold (a control character, a space at the end, `<…>` around a URL) is stored percent-
encoded in a header `<name>-Encoded`; reading prefers that one. So no value can end a header line or add another.
Records without `Mulaqat-Kind` are of the first format of this archive. They are read, too.
"""

import re
from base64 import b32encode
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha1
from http import HTTPStatus
from io import BytesIO
from typing import Any, get_args
from urllib.parse import quote, unquote_to_bytes

from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser
from warcio.warcwriter import WARCWriter

from etl.domain.characters import one_line
from etl.domain.raw import HINT_HEADER, RawRecord, RecordKind
from etl.errors import ArchiveDamaged

RECORD_TYPES = ("response", "resource", "metadata")
_URI, _SOURCE, _KIND, _PLACE = "WARC-Target-URI", "Mulaqat-Source", "Mulaqat-Kind", "Mulaqat-Place"
_ENCODED = "-Encoded"
_DEFAULT_TYPE = "application/octet-stream"
_SURVIVES = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]([^\n\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]*)"
)
_URI_SURVIVES = re.compile(r"(?!<)[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NOT_ASCII = re.compile(r"[^\x20-\x7e]+")


def payload_digest(payload: bytes) -> str:
    """Return the SHA-1 of a payload in base 32, as WARC files and indexes give it."""
    return b32encode(sha1(payload).digest()).decode()


def storable(record: RawRecord) -> RawRecord:
    """Return the record as the archive gives it back.

    HTTP headers lose what HTTP does not allow: bad names, control characters, spaces around values; characters outside
    ASCII are percent-encoded. Only a page of the web keeps HTTP headers, and a content type is always among them.
    """
    headers: tuple[tuple[str, str], ...]
    if record.kind != "page" or not record.http_headers or not _is_web(record.uri):
        hints = [_ascii(value) for name, value in record.http_headers if name == HINT_HEADER]
        is_hinted = record.kind == "page" and bool(hints) and bool(hints[0])
        headers = ((HINT_HEADER, hints[0]),) if is_hinted else ()
        return replace(
            record, http_headers=headers, content_type=_ascii(record.content_type) or _DEFAULT_TYPE
        )
    headers = tuple(
        (name, clean)
        for name, value in record.http_headers
        if _HEADER_NAME.fullmatch(name) and ((clean := _ascii(value)) or name.lower() != "content-type")
    )
    given = next((value for name, value in headers if name.lower() == "content-type"), None)
    content_type = given or _ascii(record.content_type) or _DEFAULT_TYPE
    if given is None:
        headers = (*headers, ("Content-Type", content_type))
    return replace(record, http_headers=headers, content_type=content_type)


def write_record(writer: WARCWriter, record: RawRecord) -> None:
    """Append a record, in the form that `storable` returns."""
    is_response = record.kind == "page" and bool(record.http_headers) and _is_web(record.uri)
    given = {_URI: record.uri, _SOURCE: record.source_name, _PLACE: record.place, _KIND: record.kind}
    if not is_response and record.http_headers:
        given[HINT_HEADER] = record.http_headers[0][1]
    headers = dict(_header(name, value) for name, value in given.items() if value or name != _PLACE)
    if record.collected_at:
        headers["WARC-Date"] = record.collected_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    http = StatusAndHeaders(
        f"{HTTPStatus.OK.value} {HTTPStatus.OK.phrase}", list(record.http_headers), protocol="HTTP/1.1"
    )
    writer.write_record(
        writer.create_warc_record(
            _safe_uri(record.uri),
            "response" if is_response else "metadata" if record.kind == "failure" else "resource",
            payload=BytesIO(record.payload),
            length=len(record.payload),
            warc_content_type="" if is_response else record.content_type,
            warc_headers_dict=headers,
            http_headers=http if is_response else None,
        )
    )


def read_record(warc_record: Any, partition_day: str) -> RawRecord:
    """Return the raw record that a WARC record of our archive stores.

    Raises:
        ArchiveDamaged: the payload is shorter than announced or has another digest, or a header is missing.
    """
    headers, http = warc_record.rec_headers, warc_record.http_headers
    payload = warc_record.raw_stream.read()
    if warc_record.raw_stream.limit:
        raise ArchiveDamaged("a record is cut off")
    if warc_record.rec_type == "response" and http is None:  # the first format wrote pages without a URL so
        http, payload = _split_http(payload)
    digest = (headers.get_header("WARC-Payload-Digest") or "").removeprefix("sha1:")
    uri, source_name = exact_uri(headers), _exact(headers, _SOURCE)
    if source_name is None or digest != payload_digest(payload):
        raise ArchiveDamaged(f"the record of {uri!r} is not what was written")
    content_type = (http or headers).get_header("Content-Type") or _DEFAULT_TYPE
    hint = headers.get_header(HINT_HEADER)
    return RawRecord(
        source_name=source_name,
        uri=uri,
        content_type=content_type,
        payload=payload,
        partition_day=partition_day,
        http_headers=tuple(http.headers) if http else ((HINT_HEADER, hint),) if hint else (),
        kind=_read_kind(headers.get_header(_KIND), warc_record.rec_type, content_type),
        collected_at=_read_date(headers.get_header("WARC-Date")),
        place=_exact(headers, _PLACE) or "",
    )


def exact_uri(headers: StatusAndHeaders) -> str:
    """Return the URI of a record, whatever characters it contains."""
    return _exact(headers, _URI) or ""


def is_first_format(headers: StatusAndHeaders) -> bool:
    """Return whether a record was written before values were encoded, so that its URI may have been changed."""
    return headers.get_header(_KIND) is None


def _header(name: str, value: str) -> tuple[str, str]:
    pattern = _URI_SURVIVES if name == _URI else _SURVIVES
    if pattern.fullmatch(value) and value == value.strip():
        return name, value
    return f"{name}{_ENCODED}", quote(value.encode("utf-8", "surrogatepass"), safe="")


def _exact(headers: StatusAndHeaders, name: str) -> str | None:
    encoded: str | None = headers.get_header(f"{name}{_ENCODED}")
    if encoded is not None:
        return unquote_to_bytes(encoded).decode("utf-8", "surrogatepass")
    value: str | None = headers.get_header(name)
    return value


def _safe_uri(uri: str) -> str:
    """Return a URI for tools that read WARC files; the exact one is in its own header if they differ."""
    if _URI_SURVIVES.fullmatch(uri):
        return uri
    return quote(uri.encode("utf-8", "surrogatepass"), safe=":/?#[]@!$&'()*+,;=%~") or "urn:mulaqat:empty"


def _is_web(uri: str) -> bool:
    return uri.startswith(("http://", "https://"))


def _ascii(value: str) -> str:
    return _NOT_ASCII.sub(lambda match: quote(match[0]), one_line(value))


def _read_kind(given: str | None, rec_type: str, content_type: str) -> RecordKind:
    if rec_type == "metadata":
        return "failure"
    for kind in get_args(RecordKind):
        if given == kind:
            return kind  # type: ignore[no-any-return]
    return "fields" if rec_type == "resource" and content_type == "application/json" else "page"


def _read_date(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _split_http(block: bytes) -> tuple[StatusAndHeaders | None, bytes]:
    if not block.startswith(b"HTTP/"):
        return None, block
    stream = BytesIO(block)
    return StatusAndHeadersParser(["HTTP/"]).parse(stream), stream.read()
