"""Read the Hindi pages of known publishers from WARC files of other crawlers, such as Common Crawl's CC-NEWS.

A record keeps its URL, HTTP headers and body. Its partition day is the day of publication that the page gives, else
the day of the crawl. A damaged record, or a page that cannot be read, is one counted failure; the others are read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from etl.domain.days import UNDATED, india_day, is_plausible_moment, latest_plausible_day
from etl.domain.language import identify_language
from etl.domain.raw import RawRecord
from etl.errors import RejectedArticle, RejectReason
from etl.extract.boundary import reject_errors
from etl.extract.failure import make_failure
from etl.extract.fields import DEFAULT_SOURCE
from etl.extract.inbox import file_label, file_urn, make_bad_file
from etl.extract.limits import RECORD_LIMITS, RecordLimits
from etl.extract.markup import strip_markup
from etl.extract.page import find_published
from etl.extract.page.decode import decode_page
from etl.extract.sources import Source, source_of_url
from etl.extract.warc_members import Damage, ForeignRecord, read_members
from etl.storage.paths import AnyPath

WARC_SUFFIXES = (".warc", ".warc.gz")
_HTTP_PARSER = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/2"])
_DEVANAGARI = re.compile(r"[\u0900-\u097f]+")
_MIN_CHARS = 200
_TRANSFER_HEADERS = ("content-encoding", "transfer-encoding", "content-length", "set-cookie")


def read_warc(
    file: AnyPath,
    sources: Sequence[Source],
    collected_at: datetime | None = None,
    limits: RecordLimits = RECORD_LIMITS,
) -> Iterator[RawRecord]:
    """Yield the pages with status 200 of known publishers that are written in the language of their source.

    Args:
        collected_at: when the file is read, with zone; a later date of its crawl is not believed.

    Yields:
        Pages, and failures that clean rejects: of a page that cannot be read; of a damaged part of the file; of a file
        that is not a WARC file or is truncated, as the last record.
    """
    reader = _Reader(file, sources, collected_at or datetime.now(UTC), limits)
    try:
        for member in read_members(file, limits):
            yield from reader.read_damage(member) if isinstance(member, Damage) else reader.read(member)
    except OSError as error:
        yield make_bad_file(file, error)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is needed to read the records of one file."""

    file: AnyPath
    sources: Sequence[Source]
    collected_at: datetime
    limits: RecordLimits

    def read_damage(self, damage: Damage) -> Iterator[RawRecord]:
        """Yield a failure of the page if it is known, else of the part of the file."""
        source = source_of_url(self.sources, damage.url or "")
        if damage.is_last:
            yield make_bad_file(self.file, ValueError(damage.detail))
        elif source and damage.url:
            yield self._failure(source.name, damage.url, "unreadable", damage.detail, damage.offset)
        else:
            uri = file_urn(self.file, f"#byte={damage.offset}")
            yield self._failure(DEFAULT_SOURCE, uri, "unreadable", damage.detail, damage.offset)

    def read(self, record: ForeignRecord) -> Iterator[RawRecord]:
        """Yield the page of a record, or its failure; nothing for what is not an article of a known publisher."""
        url = record.headers.get_header("WARC-Target-URI") or ""
        source = source_of_url(self.sources, url)
        if (
            record.headers.get_header("WARC-Type") != "response"
            or source is None
            or not source.is_article(url)
        ):
            return
        try:
            with reject_errors(f"{file_label(self.file)}, {url}"):
                yield from self._read_page(record, url, source)
        except RejectedArticle as error:
            yield self._failure(source.name, url, error.reason, error.detail, record.offset)

    def _read_page(self, record: ForeignRecord, url: str, source: Source) -> Iterator[RawRecord]:
        if record.block is None:
            raise RejectedArticle("too_large", f"more than {self.limits.page_bytes} bytes")
        http, payload = _split_response(record.headers, record.block, self.limits.page_bytes)
        content_type = http.get_header("Content-Type") or ""
        if http.get_statuscode() != "200" or "html" not in content_type.lower():
            return
        if len(payload) > self.limits.page_bytes:
            raise RejectedArticle("too_large", f"more than {self.limits.page_bytes} bytes")
        if _identify_page_language(payload, content_type) != source.language:
            return
        crawled_at = self._crawl_time(record.headers)
        latest = latest_plausible_day(crawled_at)
        published = find_published(
            payload, url=url, content_type=content_type, sources=self.sources, latest=latest
        )
        moment = published or crawled_at
        headers = tuple(pair for pair in http.headers if pair[0].lower() not in _TRANSFER_HEADERS)
        day = india_day(moment).isoformat()
        yield RawRecord(source.name, url, content_type, payload, day, headers, collected_at=crawled_at)

    def _crawl_time(self, headers: StatusAndHeaders) -> datetime:
        """Return when a page was crawled; the time of reading if the record gives none that can be true."""
        try:
            moment = datetime.fromisoformat(headers.get_header("WARC-Date") or "")
        except ValueError:
            return self.collected_at
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        latest = latest_plausible_day(self.collected_at)
        return moment if is_plausible_moment(moment, latest) else self.collected_at

    def _failure(
        self, source_name: str, uri: str, reason: RejectReason, detail: str, offset: int
    ) -> RawRecord:
        place = f"{file_label(self.file)}, byte {offset}"
        return make_failure(source_name, uri, reason, detail, UNDATED, place=place)


def _split_response(headers: StatusAndHeaders, block: bytes, limit: int) -> tuple[StatusAndHeaders, bytes]:
    """Return HTTP headers and decoded body of a response; of the body at most one byte more than the limit."""
    stream = LimitReader(BytesIO(block), len(block))
    http = _HTTP_PARSER.parse(stream)
    record = ArcWarcRecord("warc", "response", headers, stream, http, None, len(block))
    return http, record.content_stream().read(limit + 1)


def _identify_page_language(payload: bytes, content_type: str) -> str | None:
    """Return the language of the Devanagari words of a page; None if there are too few."""
    words = " ".join(_DEVANAGARI.findall(strip_markup(decode_page(payload, content_type))))
    return identify_language(words) if len(words) >= _MIN_CHARS else None
