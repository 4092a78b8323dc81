"""Find the times of publication and last change of a page: metadata first, then dates near the headline."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from bs4 import BeautifulSoup, Tag

from etl.domain.days import india_day
from etl.extract.page.blocks import Block, read_blocks
from etl.extract.page.timestamps import find_visible_date, parse_timestamp

_TimeKind = Literal["published", "modified"]
_LONGEST_LINE = 160
_LINES_BEFORE, _LINES_AFTER = 8, 25
_MODIFIED_WORD = re.compile(r"updated?|modified|अपडेट|संशोधित|अद्यतन", re.I)
_PUBLISHED_WORD = re.compile(r"publish|posted|created|first\s|प्रकाशित|जारी|पोस्ट|दिनांक", re.I)
_MODIFIED_LABEL = re.compile(r"(?=\b(?:Last\s+)?(?:Updated|Modified)\b|अंतिम अपडेट|(?<!अंतिम )अपडेट)")
_LABEL = re.compile(
    rf"{_MODIFIED_LABEL.pattern}|(?=\b(?:First\s+)?(?:Publish|Posted|Created)|प्रकाशित|जारी|पोस्ट)"
)
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)|[-/]((?:19|20)\d\d)(\d\d)(\d\d)(?:[-/._]|$)"
)


@dataclass(frozen=True, slots=True)
class Times:
    """Times of publication and last change, each with the method that found it; None if the page gives none."""

    published_at: datetime | None = None
    published_method: str | None = None
    modified_at: datetime | None = None
    modified_method: str | None = None


def find_times(
    soup: BeautifulSoup,
    metadata_published: list[tuple[str, str]],
    metadata_modified: list[tuple[str, str]],
    *,
    selector: str | None,
    title: str | None,
    url: str | None,
) -> Times:
    """Return the times of a page. A time without a zone is in Indian Standard Time.

    Args:
        soup: the page without scripts and styles.
        metadata_published: texts of the metadata, most trusted first, each with its method.
        metadata_modified: same for the last change.
        selector: the publisher's CSS selector of the time of publication.
        title: headline of the page; visible dates are searched near it.
        url: of the page; a date in its path is used if nothing better is found.
    """
    visible = _read_visible(soup, title)
    published = [
        *_selected(soup, selector),
        *_parsed(metadata_published),
        *_tagged(soup, "published"),
        *visible["published"],
        *_in_url(url),
        *visible["modified"],
    ]
    modified = [*_parsed(metadata_modified), *_tagged(soup, "modified"), *visible["modified"]]
    published_at, published_method = _first_exact(published)
    modified_at, modified_method = _first_exact(modified)
    if published_at and modified_at and modified_at < published_at:
        modified_at = modified_method = None
    return Times(published_at, published_method, modified_at, modified_method)


def _first_exact(found: list[tuple[datetime, str]]) -> tuple[datetime, str] | tuple[None, None]:
    """Return the first time; if it is a midnight, the first one of the same day with a time of day, if any."""
    if not found:
        return None, None
    first = found[0][0]
    exact = (pair for pair in found if india_day(pair[0]) == first.date() and pair[0].time() != time())
    return next(exact, found[0]) if first.time() == time() else found[0]


def _parsed(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[datetime, str]]:
    for text, method in texts:
        if moment := parse_timestamp(text):
            yield moment, method


def _selected(soup: BeautifulSoup, selector: str | None) -> Iterator[tuple[datetime, str]]:
    for element in soup.select(selector) if selector else ():
        if moment := _element_time(element):
            yield moment, "selectors"


def _tagged(soup: BeautifulSoup, kind: _TimeKind) -> Iterator[tuple[datetime, str]]:
    """Yield the times of `time` elements and microdata that are outside lists of other stories."""
    names = {"published": ("datepublished", "datecreated"), "modified": ("datemodified",)}[kind]
    for element in soup.find_all(lambda tag: tag.name == "time" or tag.has_attr("itemprop")):
        named = str(element.get("itemprop") or "").lower()
        is_named = named in names
        is_plain = element.name == "time" and not named and kind == "published"
        if (is_named or is_plain) and element.find_parent(("li", "aside", "nav", "footer")) is None:
            if is_plain and _MODIFIED_WORD.search(element.parent.get_text(" ") if element.parent else ""):
                continue
            if moment := _element_time(element):
                yield moment, "microdata" if is_named else "time"


def _element_time(element: Tag) -> datetime | None:
    for attribute in ("datetime", "content", "data-time", "title"):
        value = element.get(attribute)
        if isinstance(value, str) and (moment := parse_timestamp(value)):
            return moment
    return find_visible_date(element.get_text(" ")[:_LONGEST_LINE])


def _read_visible(soup: BeautifulSoup, title: str | None) -> dict[_TimeKind, list[tuple[datetime, str]]]:
    """Return the dates of short lines near the headline: those below it first, then those above, nearest first."""
    blocks = read_blocks(soup)
    headline = _find_headline(blocks, title)
    after = [
        (number - headline, number) for number in range(headline, min(len(blocks), headline + _LINES_AFTER))
    ]
    before = [(headline - number, number) for number in range(max(0, headline - _LINES_BEFORE), headline)]
    found: dict[_TimeKind, list[tuple[datetime, str]]] = {"published": [], "modified": []}
    for _, number in [*after, *sorted(before)]:
        for line in _split_labels(blocks[number].text):
            if moment := find_visible_date(line):
                is_modified = _MODIFIED_WORD.search(line) and not _PUBLISHED_WORD.search(line)
                found["modified" if is_modified else "published"].append((moment, "visible"))
    return found


def _find_headline(blocks: list[Block], title: str | None) -> int:
    for number, block in enumerate(blocks):
        if block.element.name == "h1" and (not title or block.text[:40] == title[:40]):
            return number
    matching = (n for n, block in enumerate(blocks) if title and block.text[:40] == title[:40])
    return next(matching, 0)


def _split_labels(line: str) -> Iterator[str]:
    """Split a short line that gives both times into one part per label. Long lines yield nothing."""
    if len(line) > _LONGEST_LINE:
        return
    has_both = _MODIFIED_WORD.search(line) and _PUBLISHED_WORD.search(line)
    yield from _LABEL.split(line) if has_both else _MODIFIED_LABEL.split(line)


def _in_url(url: str | None) -> Iterator[tuple[datetime, str]]:
    if url and (match := _URL_DAY.search(url)):
        year, month, day = (int(part) for part in match.groups() if part)
        if moment := parse_timestamp(f"{year:04d}-{month:02d}-{day:02d}"):
            yield moment, "url"
