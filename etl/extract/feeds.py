"""Read RSS and Atom feeds."""

from collections.abc import Iterator, Sequence
from datetime import date

from etl.domain.urls import absolute_url
from etl.extract.discovered import DiscoveredUrl, DocumentContents
from etl.extract.entries import read_entries
from etl.extract.entry_times import parse_time
from etl.extract.fetch import Page
from etl.extract.xml_pieces import CutDocument, XmlField, cut_document

_ENTRY_LIMIT = 5_000
_PUBLISHED = ("pubdate", "published", "issued")
_MODIFIED = ("updated", "modified", "date")


def read_feed(page: Page, latest: date | None, document: CutDocument | None = None) -> DocumentContents:
    """Read the items of a feed, in order. Of a damaged feed, read the items that can be read.

    Args:
        page: the feed.
        latest: last day on which an item can have been published; a later time is treated as unknown.
        document: the feed, if it is cut already.
    """
    document = document or cut_document(page)
    if document.kind != "feed":
        return DocumentContents((), frozenset([page.url]), (f"unreadable: {page.url}: not a feed",))
    found, problems = read_entries(
        page.url, document, lambda fields: _read_item(page.url, fields, latest), _ENTRY_LIMIT
    )
    reread = () if document.is_complete else (page.url,)
    return DocumentContents(tuple(found), frozenset(reread), tuple(problems))


def _read_item(base_url: str, fields: Sequence[XmlField], latest: date | None) -> DiscoveredUrl | None:
    link = next(_find_links(fields), None)
    url = absolute_url(base_url, link.replace("&amp;", "&")) if link else None
    if url is None:
        return None
    published = parse_time((field.text for field in fields if field.name in _PUBLISHED), latest)
    return DiscoveredUrl(
        url, published, parse_time((field.text for field in fields if field.name in _MODIFIED), latest)
    )


def _find_links(fields: Sequence[XmlField]) -> Iterator[str]:
    """Yield the links of an item, best first: RSS has them as text, Atom as attribute; some feeds only have a guid."""
    for field in fields:
        if field.name == "link" and field.attributes.get("rel", "alternate") == "alternate":
            yield from filter(None, (field.text, field.attributes.get("href", "").strip()))
    for field in fields:
        is_link = field.name == "guid" and field.attributes.get("ispermalink", "true").lower() != "false"
        if is_link and field.text.startswith(("http://", "https://")):
            yield field.text
