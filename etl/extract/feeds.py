"""Read RSS and Atom feeds."""

from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime

import feedparser

from etl.domain.urls import absolute_url
from etl.extract.discovered import DiscoveredUrl
from etl.extract.fetch import Page


def read_feed(page: Page) -> Iterator[DiscoveredUrl]:
    """Yield the items of a feed, in order. Of a broken feed, yield the items that can be read."""
    for entry in feedparser.parse(page.body, response_headers=dict(page.headers)).entries:
        link = entry.get("link")
        if link and (url := absolute_url(page.url, link)):
            # `entry.get("updated_parsed")` falls back to "published_parsed" and warns about it.
            updated = entry["updated_parsed"] if "updated_parsed" in entry else None  # noqa: SIM401
            published = entry.get("published_parsed")
            yield DiscoveredUrl(url, _from_struct(published), _from_struct(updated))


def _from_struct(moment: object) -> datetime | None:
    """Convert the `struct_time` in UTC that feedparser returns; None if it is empty or out of range."""
    try:
        return datetime.fromtimestamp(timegm(moment), UTC) if moment else None  # type: ignore[arg-type]
    except (ValueError, OverflowError, TypeError):
        return None
