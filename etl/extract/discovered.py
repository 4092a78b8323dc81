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
        reread_urls: documents that the next run reads again even if they are not modified: an index, since its
            sitemaps may change, and a document that could not be read.
        problems: documents, or entries of them, that were not read, each with the reason.
    """

    urls: tuple[DiscoveredUrl, ...] = ()
    reread_urls: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()
