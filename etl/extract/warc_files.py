"""WARC files of others, such as Common Crawl's CC-NEWS: their pages of known publishers, in Hindi.

A record keeps its address, HTTP headers and body; its day is the page's own, else that on which it was crawled.
"""

import gzip
import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from etl.domain.days import IST
from etl.domain.language import identify_language
from etl.domain.raw import RawRecord
from etl.extract.inbox import bad_file
from etl.extract.page import find_published
from etl.extract.page.decode import decode_page
from etl.extract.sources import Source, source_of_url
from etl.storage.paths import AnyPath

WARC_SUFFIXES = (".warc", ".warc.gz")
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.I | re.S)
_DEVANAGARI = re.compile(r"[\u0900-\u097f]+")
_MIN_LETTERS = 200
_CHUNK_BYTES = 1 << 20
# What warcio raises on a broken file; AttributeError where a header line is cut.
_UNREADABLE = (ArchiveLoadFailed, OSError, ValueError, EOFError, zlib.error, AttributeError)


def read_warc(file: AnyPath, sources: Sequence[Source]) -> Iterator[RawRecord]:
    """Yield the pages that known publishers answered with status 200 and that read as their source's language.

    A file that is no WARC, or breaks off, ends in a record for cleaning to reject.
    """
    try:
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, no_record_parse=False):
                if record.rec_type == "response":
                    yield from _page_of(record, sources)
        if file.suffix == ".gz":
            _read_to_the_end(file)
    except _UNREADABLE as error:
        yield bad_file(file, error)


def _read_to_the_end(file: AnyPath) -> None:
    """Unpack all of a file: warcio does not tell where one breaks off."""
    with file.open("rb") as packed, gzip.open(packed) as plain:
        while plain.read(_CHUNK_BYTES):
            pass


def _page_of(record: Any, sources: Sequence[Source]) -> Iterator[RawRecord]:
    url, http = record.rec_headers.get_header("WARC-Target-URI"), record.http_headers
    source = source_of_url(sources, url or "")
    content_type = (http.get_header("Content-Type") if http else None) or ""
    if source is None or http.get_statuscode() != "200" or "html" not in content_type.lower():
        return
    payload = record.content_stream().read()
    if record.raw_stream.limit:
        raise EOFError(f"it breaks off within {url}")
    if not source.is_article(url) or _language(payload, content_type) != source.language:
        return
    published = find_published(payload, url=url, content_type=content_type, sources=sources)
    moment = published or datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
    of_transfer = ("content-encoding", "transfer-encoding", "content-length", "set-cookie")
    headers = tuple((name, value) for name, value in http.headers if name.lower() not in of_transfer)
    day = moment.astimezone(IST).date().isoformat()
    yield RawRecord(source.name, url, content_type, payload, day, headers)


def _language(payload: bytes, content_type: str) -> str | None:
    """Return the language of a page's visible words; None where hardly any are Devanagari."""
    words = " ".join(_DEVANAGARI.findall(_MARKUP.sub(" ", decode_page(payload, content_type))))
    return identify_language(words) if len(words) >= _MIN_LETTERS else None
