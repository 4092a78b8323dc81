"""Records of discovery: the URLs that a feed, sitemap or listing lists."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from etl.extract.fetch import Page

FetchDocument = Callable[[str], Page | None]
"""Fetches a feed, sitemap or listing by URL. Returns None if it is not modified. Raises FetchFailed."""


@dataclass(frozen=True, slots=True)
class DiscoveredUrl:
    """A URL that may be an article.

    Attributes:
        url: absolute.
        published_at: time of publication given by the document; None if it gives none.
        modified_at: time of the last change given by the document; None if it gives none.
    """

    url: str
    published_at: datetime | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DocumentContents:
    """The URLs of one feed, listing or sitemap, or of all sitemaps of an index.

    Attributes:
        urls: in document order.
        index_urls: documents that only list other sitemaps. If one is not modified, its sitemaps still may be.
        problems: sitemaps of an index that were not read, each with the reason.
    """

    urls: tuple[DiscoveredUrl, ...]
    index_urls: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()
