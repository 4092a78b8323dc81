"""Read the Hindi pages of known publishers from WARC files of other crawlers, such as Common Crawl's CC-NEWS.

A record keeps its URL, HTTP headers and body. Its partition day is the day of publication that the page gives, else
the day of the crawl.
"""

import gzip
import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from etl.domain.days import india_day
from etl.domain.language import identify_language
from etl.domain.raw import RawRecord
from etl.extract.inbox import make_bad_file
from etl.extract.page import find_published
from etl.extract.page.decode import decode_page
from etl.extract.sources import Source, source_of_url
from etl.storage.paths import AnyPath

WARC_SUFFIXES = (".warc", ".warc.gz")
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.I | re.S)
_DEVANAGARI = re.compile(r"[\u0900-\u097f]+")
_MIN_CHARS = 200
_CHUNK_BYTES = 1 << 20
# Raised by warcio for a damaged file; AttributeError for a truncated header line.
_READ_ERRORS = (ArchiveLoadFailed, OSError, ValueError, EOFError, zlib.error, AttributeError)


def read_warc(file: AnyPath, sources: Sequence[Source]) -> Iterator[RawRecord]:
    """Yield the pages with status 200 of known publishers that are written in the language of their source.

    For a file that is not a WARC file, or is truncated, the last record is a failure that clean rejects.
    """
    try:
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, no_record_parse=False):
                if record.rec_type == "response":
                    yield from _read_page(record, sources)
        if file.suffix == ".gz":
            _check_complete(file)
    except _READ_ERRORS as error:
        yield make_bad_file(file, error)


def _check_complete(file: AnyPath) -> None:
    """Decompress the whole file to detect truncation, which warcio does not report."""
    with file.open("rb") as compressed, gzip.open(compressed) as stream:
        while stream.read(_CHUNK_BYTES):
            pass


def _read_page(record: Any, sources: Sequence[Source]) -> Iterator[RawRecord]:
    url, http = record.rec_headers.get_header("WARC-Target-URI"), record.http_headers
    source = source_of_url(sources, url or "")
    content_type = (http.get_header("Content-Type") if http else None) or ""
    if source is None or http.get_statuscode() != "200" or "html" not in content_type.lower():
        return
    payload = record.content_stream().read()
    if record.raw_stream.limit:
        raise EOFError(f"the file is truncated within {url}")
    if not source.is_article(url) or _identify_page_language(payload, content_type) != source.language:
        return
    published = find_published(payload, url=url, content_type=content_type, sources=sources)
    moment = published or datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
    transfer_headers = ("content-encoding", "transfer-encoding", "content-length", "set-cookie")
    headers = tuple((name, value) for name, value in http.headers if name.lower() not in transfer_headers)
    day = india_day(moment).isoformat()
    yield RawRecord(source.name, url, content_type, payload, day, headers)


def _identify_page_language(payload: bytes, content_type: str) -> str | None:
    """Return the language of the Devanagari words of a page; None if there are too few."""
    words = " ".join(_DEVANAGARI.findall(_MARKUP.sub(" ", decode_page(payload, content_type))))
    return identify_language(words) if len(words) >= _MIN_CHARS else None
