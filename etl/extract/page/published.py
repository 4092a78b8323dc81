"""Find the times of publication and last change of a page: metadata first, then dates near the headline."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Literal

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from etl.domain.days import india_day
from etl.extract.page.blocks import Block, PageBlocks
from etl.extract.page.limits import LIMITS
from etl.extract.page.timestamps import find_visible_date, parse_timestamp
from etl.extract.page.tree import text_prefix

_TimeKind = Literal["published", "modified"]
_LONGEST_LINE = 160
_LINES_BEFORE, _LINES_AFTER = 8, 25
_OTHER_STORIES = ("li", "aside", "nav", "footer")
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
    page: PageBlocks,
    metadata_published: list[tuple[str, str]],
    metadata_modified: list[tuple[str, str]],
    *,
    selector: str | None,
    title: str | None,
    url: str | None,
    latest: date | None = None,
) -> Times:
    """Return the times of a page. A time without a zone is in Indian Standard Time.

    Args:
        soup: the page without scripts and styles.
        page: its blocks.
        metadata_published: texts of the metadata, most trusted first, each with its method.
        metadata_modified: same for the last change.
        selector: the publisher's CSS selector of the time of publication.
        title: headline of the page; visible dates are searched near it.
        url: of the page; a date in its path is used if nothing better is found.
        latest: last plausible day; a later time is skipped, and the next candidate is used.
    """
    search = _TimeSearch(soup, page, latest)
    visible = search.read_visible(title)
    published = [
        *search.selected(selector),
        *search.parsed(metadata_published),
        *search.tagged("published"),
        *visible["published"],
        *search.in_url(url),
        *visible["modified"],
    ]
    modified = [*search.parsed(metadata_modified), *search.tagged("modified"), *visible["modified"]]
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


class _TimeSearch:
    """Candidates for the times of one page, without those after the last plausible day."""

    def __init__(self, soup: BeautifulSoup, page: PageBlocks, latest: date | None) -> None:
        self._soup = soup
        self._page = page
        self._latest = latest

    def parsed(self, texts: Iterable[tuple[str, str]]) -> Iterator[tuple[datetime, str]]:
        for text, method in islice(texts, LIMITS.times):
            if moment := parse_timestamp(text, self._latest):
                yield moment, method

    def selected(self, selector: str | None) -> Iterator[tuple[datetime, str]]:
        for element in self._soup.select(selector, limit=LIMITS.times) if selector else ():
            if moment := self._element_time(element):
                yield moment, "selectors"

    def tagged(self, kind: _TimeKind) -> Iterator[tuple[datetime, str]]:
        """Yield the times of `time` elements and microdata that are outside lists of other stories."""
        names = {"published": ("datepublished", "datecreated"), "modified": ("datemodified",)}[kind]
        elements = self._soup.find_all(_has_time, limit=LIMITS.times)
        for element in elements:
            named = str(element.get("itemprop") or "").lower()
            is_named = named in names
            is_plain = element.name == "time" and not named and kind == "published"
            if not (is_named or is_plain) or element.find_parent(_OTHER_STORIES) is not None:
                continue
            if is_plain and _MODIFIED_WORD.search(_text_before(element)):
                continue
            if moment := self._element_time(element):
                yield moment, "microdata" if is_named else "time"

    def read_visible(self, title: str | None) -> dict[_TimeKind, list[tuple[datetime, str]]]:
        """Return the dates of short lines near the headline: below it first, then above, nearest first."""
        blocks = self._page.every
        headline = _find_headline(blocks, title)
        after = [(n - headline, n) for n in range(headline, min(len(blocks), headline + _LINES_AFTER))]
        before = [(headline - n, n) for n in range(max(0, headline - _LINES_BEFORE), headline)]
        found: dict[_TimeKind, list[tuple[datetime, str]]] = {"published": [], "modified": []}
        for _, number in [*after, *sorted(before)]:
            for line in _split_labels(blocks[number].text):
                if moment := find_visible_date(line, self._latest):
                    is_modified = _MODIFIED_WORD.search(line) and not _PUBLISHED_WORD.search(line)
                    found["modified" if is_modified else "published"].append((moment, "visible"))
        return found

    def in_url(self, url: str | None) -> Iterator[tuple[datetime, str]]:
        if url and (match := _URL_DAY.search(url)):
            year, month, day = (int(part) for part in match.groups() if part)
            if moment := parse_timestamp(f"{year:04d}-{month:02d}-{day:02d}", self._latest):
                yield moment, "url"

    def _element_time(self, element: Tag) -> datetime | None:
        for attribute in ("datetime", "content", "data-time", "title"):
            value = element.get(attribute)
            if isinstance(value, str) and (moment := parse_timestamp(value, self._latest)):
                return moment
        return find_visible_date(text_prefix(element, _LONGEST_LINE), self._latest)


def _has_time(tag: Tag) -> bool:
    if tag.name == "time":
        return True
    return str(tag.get("itemprop") or "")[: LIMITS.attribute].lower().startswith("date")


def _text_before(element: Tag) -> str:
    """Return the words of the same parent before an element: the label of a time."""
    words: list[str] = []
    for sibling in element.previous_siblings:
        if sum(map(len, words)) > _LONGEST_LINE or (isinstance(sibling, Tag) and sibling.name == "time"):
            break
        if isinstance(sibling, Tag):
            words.append(text_prefix(sibling, _LONGEST_LINE))
        elif isinstance(sibling, NavigableString):
            words.append(str(sibling)[-_LONGEST_LINE:])
    return " ".join(words)


def _find_headline(blocks: Sequence[Block], title: str | None) -> int:
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
