"""Raw records as collected, and articles as parsed from them."""

from dataclasses import dataclass
from datetime import datetime

FAILURE_TYPE = "application/vnd.mulaqat.failure+json"
"""Media type of a raw record that stores why a URL gave no page."""
HINT_HEADER = "Mulaqat-Published-At"
"""Header added to a page: the publication time from its feed, sitemap or metadata file (ISO 8601)."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One item as it was collected, not yet parsed.

    Attributes:
        source_name: the publisher's name.
        uri: the article's URL, or a `urn:` for a file line without one.
        content_type: media type of the payload (`application/json` for inbox articles, `FAILURE_TYPE` for a URL that
            gave no page).
        payload: the bytes as received, after removal of transfer encodings.
        partition_day: ISO day of its partition, or `UNDATED`.
        http_headers: of a page, as its server sent them, plus `HINT_HEADER` if a feed or sitemap dated it.
    """

    source_name: str
    uri: str
    content_type: str
    payload: bytes
    partition_day: str
    http_headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article, parsed but not cleaned.

    Attributes:
        url: exactly as given; None for a file record without one.
        text: the body, one paragraph per line.
        published_at: with zone; None if the source does not give it.
        canonical_url: from the page; None if it does not give one.
        modified_at: with zone; None if the source does not give it.
        tags: the publisher's own keywords.
        extraction: how each field of a page was found, `title=h1;published_at=json-ld;body=density`; None for
            articles from files of fields.
    """

    source_name: str
    url: str | None
    title: str | None
    text: str
    published_at: datetime | None
    canonical_url: str | None = None
    author: str | None = None
    modified_at: datetime | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    extraction: str | None = None
