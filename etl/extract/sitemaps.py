"""Read sitemaps and sitemap indexes within one budget for all documents of an index."""

import zlib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from etl.domain.urls import absolute_url
from etl.errors import FetchFailed, RejectedArticle, RejectReason
from etl.extract.boundary import reject_errors
from etl.extract.discovered import DiscoveredUrl, DocumentContents, FetchDocument
from etl.extract.entries import read_entries
from etl.extract.entry_times import parse_time
from etl.extract.feeds import read_feed
from etl.extract.fetch import Page
from etl.extract.page.decode import decode_page
from etl.extract.xml_pieces import CutDocument, XmlField, cut_document

_FIELDS = ("loc", "lastmod", "publication_date")
_GZIP_START = b"\x1f\x8b"
_NAMED_COUNT = 20
"""Number of sitemaps left out of an index that are named, each in a problem of its own."""


@dataclass(frozen=True, slots=True)
class SitemapLimits:
    """Limits for a sitemap, or for an index and all sitemaps under it.

    Attributes:
        children: number of sitemaps of one index that are read: half from its start, half from its end, where the
            newest are.
        documents: number of documents, indexes included.
        document_bytes: size of one document after decompression.
        total_bytes: size of all documents after decompression.
        entries: number of URLs of one sitemap (the protocol allows no more).
        urls: number of URLs of all sitemaps.
    """

    children: int = 50
    documents: int = 200
    document_bytes: int = 50 * 1024 * 1024
    total_bytes: int = 100 * 1024 * 1024
    entries: int = 50_000
    urls: int = 100_000


def read_sitemap(
    url: str, fetch: FetchDocument, latest: date | None, limits: SitemapLimits = SitemapLimits()
) -> DocumentContents:
    """Fetch and read a sitemap, or an index and the sitemaps under it. Of a very long index, read only both ends.

    Args:
        url: of the sitemap or index.
        fetch: fetches a document.
        latest: last day on which an article can have been published; a later time is treated as unknown.
        limits: where to stop.

    Raises:
        FetchFailed: the sitemap at `url` could not be fetched. A failed sitemap of an index is listed in `problems`.
    """
    reading = _Reading(fetch, latest, limits)
    reading.read(url)
    return DocumentContents(tuple(reading.urls), frozenset(reading.reread), tuple(reading.problems))


@dataclass(slots=True)
class _Reading:
    """The reading of one sitemap or index, and what was found so far."""

    fetch: FetchDocument
    latest: date | None
    limits: SitemapLimits
    urls: list[DiscoveredUrl] = field(default_factory=list)
    reread: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    _waiting: deque[str] = field(default_factory=deque)
    _known: set[str] = field(default_factory=set)
    _document_count: int = 0
    _byte_count: int = 0

    def read(self, root_url: str) -> None:
        """Read a document and all documents under it, level by level, each once."""
        self._add_children([root_url])
        while self._waiting:
            if self._is_spent():
                left = len(self._waiting)
                self.problems.append(f"too_large: {root_url}: {left} sitemaps left out, its budget is spent")
                break
            url = self._waiting.popleft()
            try:
                with reject_errors(url):
                    self._read_document(url)
            except FetchFailed as error:
                if url == root_url:
                    raise
                self.problems.append(str(error))
            except RejectedArticle as error:
                self._add_problem(url, error.reason, error.detail)

    def _is_spent(self) -> bool:
        return (
            self._document_count >= self.limits.documents
            or self._byte_count >= self.limits.total_bytes
            or len(self.urls) >= self.limits.urls
        )

    def _read_document(self, url: str) -> None:
        self._document_count += 1
        page = self.fetch(url)
        if page is None:
            return
        page = replace(page, body=_unpack(page.body, self.limits.document_bytes))
        self._byte_count += len(page.body)
        document = cut_document(page)
        match document.kind:
            case "feed":
                contents = read_feed(page, self.latest, document)
                self.urls += contents.urls
                self.problems += contents.problems
                self.reread |= contents.reread_urls
            case "sitemap":
                self.urls += self._read_entries(page, document)
            case "index":
                self.reread.add(page.url)
                self._add_children([entry.url for entry in self._read_entries(page, document)])
            case None:
                self._read_lines(page)

    def _read_entries(self, page: Page, document: CutDocument) -> list[DiscoveredUrl]:
        found, problems = read_entries(
            page.url,
            document,
            lambda fields: _read_entry(page.url, fields, self.latest),
            self.limits.entries,
        )
        self.problems += problems
        if not document.is_complete:
            self.reread.add(page.url)
        return found

    def _read_lines(self, page: Page) -> None:
        """Read a sitemap that is a text file with one URL per line."""
        lines = decode_page(page.body, page.header("Content-Type")).split()
        if not lines or not all(line.startswith(("http://", "https://")) for line in lines):
            self._add_problem(page.url, "unreadable", "neither a sitemap nor a feed")
        else:
            self.urls += map(DiscoveredUrl, lines[: self.limits.entries])

    def _add_children(self, urls: Sequence[str]) -> None:
        half, count = self.limits.children // 2, len(urls)
        left_out = urls[half : count - half] if count > self.limits.children else ()
        chosen = urls if not left_out else [*urls[:half], *urls[count - half :]]
        self.problems += [f"{url}: left out, its index names {count}" for url in left_out[:_NAMED_COUNT]]
        if len(left_out) > _NAMED_COUNT:
            self.problems.append(f"{len(left_out) - _NAMED_COUNT} more sitemaps left out")
        new = [url for url in dict.fromkeys(chosen) if url not in self._known]
        self._known.update(new)
        self._waiting.extend(new)

    def _add_problem(self, url: str, reason: RejectReason, detail: str) -> None:
        self.problems.append(f"{reason}: {url}: {detail}")
        self.reread.add(url)


def _read_entry(base_url: str, fields: Sequence[XmlField], latest: date | None) -> DiscoveredUrl | None:
    texts = {name: [field.text for field in fields if field.name == name and field.text] for name in _FIELDS}
    url = absolute_url(base_url, texts["loc"][0].replace("&amp;", "&")) if texts["loc"] else None
    if url is None:
        return None
    return DiscoveredUrl(
        url, parse_time(texts["publication_date"], latest), parse_time(texts["lastmod"], latest)
    )


def _unpack(body: bytes, limit_bytes: int) -> bytes:
    """Decompress a gzip file; return other bytes unchanged."""
    if not body.startswith(_GZIP_START):
        return body
    unpacked = zlib.decompressobj(wbits=31).decompress(body, limit_bytes + 1)
    if len(unpacked) > limit_bytes:
        raise RejectedArticle("too_large", f"more than {limit_bytes} bytes after decompression")
    return unpacked
