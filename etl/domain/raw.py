"""Raw records as collected, and articles as parsed from them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

FAILURE_TYPE = "application/vnd.mulaqat.failure+json"
"""Media type of a raw record that stores why a URL gave no page."""
HINT_HEADER = "Mulaqat-Published-At"
"""Header added to a page: the publication time from its feed, sitemap or metadata file (ISO 8601)."""

RecordKind = Literal["page", "fields", "failure"]
"""What a raw record stores: a web page; the JSON object of an inbox article; why a URL or file gave no page."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One item as it was collected, not yet parsed.

    Attributes:
        source_name: the publisher's name.
        uri: the article's URL, or a `urn:` for a file line without one.
        content_type: media type of the payload. A page has the one that its server sent: it says nothing about the
            kind of the record.
        payload: the bytes as received, after removal of transfer encodings.
        partition_day: ISO day of its partition, or `UNDATED`.
        http_headers: of a page, as its server sent them, plus `HINT_HEADER` if a feed or sitemap dated it.
        kind: decides how the payload is parsed.
        collected_at: with zone; None until the record is archived, which then takes the time of writing. An article
            cannot be published much later.
        place: file and line or row of an inbox record, for people; empty for a page that was fetched.

    The last two do not count when records are compared: the same record may come again, from another file.
    """

    source_name: str
    uri: str
    content_type: str
    payload: bytes
    partition_day: str
    http_headers: tuple[tuple[str, str], ...] = ()
    kind: RecordKind = "page"
    collected_at: datetime | None = field(default=None, compare=False)
    place: str = field(default="", compare=False)


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
        extraction: how each field of a page was found, `title=h1;published_at=json-ld;body=density`; for articles from
            files of fields only the fields that could not be read, `published_at=unreadable`; None if there are none.
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
