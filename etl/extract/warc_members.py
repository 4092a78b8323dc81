"""Read the records of a foreign WARC file one at a time, and go on behind a damaged one.

warcio stops at the first damaged record and reads header lines and contents of any length into memory. Here the sizes
are limited, and a record is given only after its end was checked.
"""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from etl.extract.boundary import describe_error
from etl.extract.limits import RecordLimits
from etl.storage.paths import AnyPath, open_buffered

_GZIP, _WARC = b"\x1f\x8b\x08", b"WARC/"
_CHUNK_BYTES = 1 << 16
_PARSER = StatusAndHeadersParser(["WARC/"])


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """One record.

    Attributes:
        offset: where it begins in the file.
        block: its contents; None if they are larger than the limit.
    """

    offset: int
    headers: StatusAndHeaders
    block: bytes | None


@dataclass(frozen=True, slots=True)
class Damage:
    """A part of the file that cannot be read.

    Attributes:
        url: of the record, if its headers could be read.
        is_last: no further record follows: the file may be cut off.
    """

    offset: int
    detail: str
    url: str | None
    is_last: bool


def read_members(file: AnyPath, limits: RecordLimits) -> Iterator[ForeignRecord | Damage]:
    """Yield the records of a WARC file, compressed record by record or not at all, and its damaged parts, in order."""
    with open_buffered(file) as stream:
        offset: int | None = 0
        while offset is not None:
            cursor = _Cursor(stream, offset, limits)
            try:
                yield from cursor.read_records()
                offset = cursor.next_offset()
            except OSError:
                raise
            except Exception as error:  # a damaged record raises all kinds of errors
                offset = _find_record(stream, cursor.record_offset + 1, cursor.is_gzip)
                yield Damage(cursor.record_offset, describe_error(error), cursor.url, offset is None)


class _Cursor:
    """Reads records from an offset: those of one gzip member, or one record of a file that is not compressed.

    Attributes:
        record_offset: where damage is looked for: behind it the search for the next record begins.
        url: of the record that is being read.
    """

    def __init__(self, stream: BinaryIO, offset: int, limits: RecordLimits) -> None:
        stream.seek(offset)
        start = stream.read(len(_GZIP))
        stream.seek(offset)
        self.is_gzip = start == _GZIP
        self.record_offset = offset
        self.url: str | None = None
        self._stream, self._limits = stream, limits
        self._member = _GzipMember(stream) if self.is_gzip else None
        self._reader = io.BufferedReader(self._member) if self._member else stream

    def read_records(self) -> Iterator[ForeignRecord]:
        while headers := self._read_headers():
            block = self._read_block(headers)
            self._require_end()
            yield ForeignRecord(self.record_offset, headers, block)
            if not self.is_gzip:
                return

    def next_offset(self) -> int | None:
        """Return where the next record begins; None at the end of the file."""
        if self._member:
            self._stream.seek(self._member.end_offset())
        offset = self._stream.tell()
        return offset if self._stream.read(1) else None

    def _read_headers(self) -> StatusAndHeaders | None:
        """Return the headers of the next record; None at the end."""
        self.url = None
        line = b"\n"
        while line in (b"\r\n", b"\n"):
            if not self.is_gzip:
                self.record_offset = self._stream.tell()
            line = self._read_line(self._limits.header_bytes)
        if not line:
            return None
        lines = [line]
        while lines[-1] not in (b"\r\n", b"\n"):
            lines.append(self._read_line(self._limits.header_bytes - sum(map(len, lines))))
            if not lines[-1]:
                raise EOFError("the file ends within the headers of a record")
        if not line.startswith(_WARC):
            raise ValueError(f"not a WARC record: {line[:40]!r}")
        headers = _PARSER.parse(io.BytesIO(b"".join(lines)))
        self.url = headers.get_header("WARC-Target-URI")
        return headers

    def _read_line(self, limit: int) -> bytes:
        line = self._reader.readline(max(1, limit))
        if line and not line.endswith(b"\n") and len(line) >= limit:
            raise ValueError(f"headers of more than {self._limits.header_bytes} bytes")
        return line

    def _read_block(self, headers: StatusAndHeaders) -> bytes | None:
        length = int(headers.get_header("Content-Length") or "")
        if length < 0:
            raise ValueError(f"a length of {length} bytes")
        limit = self._limits.page_bytes + self._limits.header_bytes
        is_kept = length <= limit and headers.get_header("WARC-Type") == "response"
        kept = self._reader.read(length) if is_kept else None
        rest = length - len(kept or b"")
        while rest and (chunk := self._reader.read(min(rest, _CHUNK_BYTES))):
            rest -= len(chunk)
        if rest:
            raise EOFError(f"the file is truncated within {self.url}")
        return kept

    def _require_end(self) -> None:
        """Check that a record ends where its length says: with an empty line, or at the end of its member."""
        line = self._reader.readline(4)
        if line not in (b"\r\n", b"\n", b""):
            raise ValueError(f"a wrong length: {self.url} goes on after it")


class _GzipMember(io.RawIOBase):
    """The decompressed contents of one gzip member."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decompressor = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer; 0 bytes are the end of the member.

        Raises:
            EOFError: the file ends within the member.
            zlib.error: the member is damaged.
        """
        data = b""
        while not data and not self._decompressor.eof:
            given = self._decompressor.unconsumed_tail or self._stream.read(_CHUNK_BYTES)
            data = self._decompressor.decompress(given, len(buffer))
            if not given and not data:
                raise EOFError("the file is truncated")
        buffer[: len(data)] = data
        return len(data)

    def end_offset(self) -> int:
        """Return where the next member begins. The whole member must have been read."""
        return self._stream.tell() - len(self._decompressor.unused_data)


def _find_record(stream: BinaryIO, start: int, is_gzip: bool) -> int | None:
    """Return the offset of the first record at or after `start`; None if there is none."""
    marker, position, window = (_GZIP if is_gzip else _WARC), start, b""
    stream.seek(start)
    while chunk := stream.read(_CHUNK_BYTES):
        window += chunk
        found = window.find(marker)
        while found >= 0:
            if _is_record(stream, position + found, is_gzip):
                return position + found
            found = window.find(marker, found + 1)
        kept = window[-len(marker) + 1 :]
        position += len(window) - len(kept)
        window = kept
        stream.seek(position + len(window))
    return None


def _is_record(stream: BinaryIO, offset: int, is_gzip: bool) -> bool:
    """Return whether a record begins here, and not only bytes that look like it."""
    stream.seek(offset if is_gzip else offset - 1)
    if not is_gzip:
        return stream.read(len(_WARC) + 1) == b"\n" + _WARC
    try:
        return io.BufferedReader(_GzipMember(stream)).read(len(_WARC)) == _WARC
    except (EOFError, zlib.error):
        return False
