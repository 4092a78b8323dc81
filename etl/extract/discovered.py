"""Records of discovery: the URLs that a feed, sitemap or listing lists."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from etl.domain.days import is_plausible_moment
from etl.extract.fetch import Page
from etl.extract.page.timestamps import find_visible_date, parse_timestamp

FetchDocument = Callable[[str], Page | None]
"""Fetches a feed, sitemap or listing by URL. Returns None if it is not modified. Raises FetchFailed."""
_WEEKDAY = re.compile(r"[^\d,]{2,12},\s*(?=\d)")


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


def parse_time(texts: Iterable[str], latest: date | None) -> datetime | None:
    """Return the first of these texts that is a plausible time of publication or change; None if there is none.

    A time without a zone is in Indian Standard Time. "05-05-2023 11:00 PM" is read day first, and Hindi is read too.

    Args:
        texts: most trusted first.
        latest: last acceptable day; None: no limit.
    """
    for text in texts:
        moment = (
            parse_timestamp(text)
            or parse_timestamp(_WEEKDAY.sub("", text, count=1))
            or find_visible_date(text[:80])
        )
        if moment and is_plausible_moment(moment, latest):
            return moment
    return None
