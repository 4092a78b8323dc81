"""What is collected: raw records, and articles as their source gives them."""

from dataclasses import dataclass
from datetime import datetime

FAILURE_TYPE = "application/vnd.mulaqat.failure+json"
"""Media type of a raw record that keeps why an address gave no page."""
HINT_HEADER = "Mulaqat-Published-At"
"""Added to a page's headers: the time of publication that its feed, sitemap or metadata file told (ISO 8601)."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One thing as it was collected, before anybody tried to understand it.

    Attributes:
        source_name: the publisher as the source names it.
        uri: where it came from: the article's URL, or `urn:` for a file line without one.
        content_type: media type of the payload (`application/json` for inbox articles, `FAILURE_TYPE` for an
            address that gave no page).
        payload: the bytes, untouched but for the packing of their transfer.
        partition_day: the day it is filed under, or `UNDATED`.
        http_headers: of a page, as its server sent them, with `HINT_HEADER` where a feed or sitemap dated it.
    """

    source_name: str
    uri: str
    content_type: str
    payload: bytes
    partition_day: str
    http_headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as its source gave it, parsed but not cleaned.

    Attributes:
        url: exactly as given; None for a file without one.
        text: the body, its paragraphs parted by newlines.
        published_at: with zone; None where the source tells nothing.
        canonical_url: where the page says it lives; None where it says nothing.
        modified_at: with zone; None where the source tells nothing.
        tags: the publisher's own keywords.
        extraction: how each field of a page was found, `title=h1;published_at=json-ld;body=density`; None for
            articles that came as fields.
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
