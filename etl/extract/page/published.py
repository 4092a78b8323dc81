"""When a page was published and changed: its own statements first, then what readers see beside the headline."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from bs4 import BeautifulSoup, Tag

from etl.domain.days import IST
from etl.extract.page.blocks import Block, read_blocks
from etl.extract.page.moments import find_visible, parse_stamp

_LONGEST_LINE = 160
_LINES_BEFORE, _LINES_AFTER = 8, 25
_CHANGED = re.compile(r"updated?|modified|अपडेट|संशोधित|अद्यतन", re.I)
_TOLD = re.compile(r"publish|posted|created|first\s|प्रकाशित|जारी|पोस्ट|दिनांक", re.I)
_CHANGE_LABEL = re.compile(r"(?=\b(?:Last\s+)?(?:Updated|Modified)\b|अंतिम अपडेट|(?<!अंतिम )अपडेट)")
_LABEL = re.compile(
    rf"{_CHANGE_LABEL.pattern}|(?=\b(?:First\s+)?(?:Publish|Posted|Created)|प्रकाशित|जारी|पोस्ट)"
)
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)|[-/]((?:19|20)\d\d)(\d\d)(\d\d)(?:[-/._]|$)"
)


@dataclass(frozen=True, slots=True)
class Times:
    """When a page was published and changed, and how each was found; None where it tells nothing."""

    published_at: datetime | None = None
    published_method: str | None = None
    modified_at: datetime | None = None
    modified_method: str | None = None


def find_times(
    soup: BeautifulSoup,
    said_published: list[tuple[str, str]],
    said_modified: list[tuple[str, str]],
    *,
    selector: str | None,
    title: str | None,
    url: str | None,
) -> Times:
    """Return the page's times; a time without a zone is Indian Standard Time."""
    seen = _read_visible(soup, title)
    published = [
        *_selected(soup, selector),
        *_parsed(said_published),
        *_tagged(soup, "published"),
        *seen["published"],
        *_in_url(url),
        *seen["changed"],
    ]
    modified = [*_parsed(said_modified), *_tagged(soup, "changed"), *seen["changed"]]
    published_at, published_method = _first_exact(published)
    modified_at, modified_method = _first_exact(modified)
    if published_at and modified_at and modified_at < published_at:
        modified_at = modified_method = None
    return Times(published_at, published_method, modified_at, modified_method)


def _first_exact(found: list[tuple[datetime, str]]) -> tuple[datetime, str] | tuple[None, None]:
    """Return the first; where it tells only the day, the first that also tells the hour of that day."""
    if not found:
        return None, None
    first = found[0][0]
    exact = (
        pair for pair in found if pair[0].astimezone(IST).date() == first.date() and pair[0].time() != time()
    )
    return next(exact, found[0]) if first.time() == time() else found[0]


def _parsed(said: Iterable[tuple[str, str]]) -> Iterator[tuple[datetime, str]]:
    for text, method in said:
        if moment := parse_stamp(text):
            yield moment, method


def _selected(soup: BeautifulSoup, selector: str | None) -> Iterator[tuple[datetime, str]]:
    for element in soup.select(selector) if selector else ():
        if moment := _moment_of(element):
            yield moment, "selectors"


def _tagged(soup: BeautifulSoup, kind: str) -> Iterator[tuple[datetime, str]]:
    """Yield the times of `time` elements and microdata that lie outside lists of other stories."""
    names = {"published": ("datepublished", "datecreated"), "changed": ("datemodified",)}[kind]
    for element in soup.find_all(lambda tag: tag.name == "time" or tag.has_attr("itemprop")):
        named = str(element.get("itemprop") or "").lower()
        is_named = named in names
        is_plain = element.name == "time" and not named and kind == "published"
        if (is_named or is_plain) and element.find_parent(("li", "aside", "nav", "footer")) is None:
            if is_plain and _CHANGED.search(element.parent.get_text(" ") if element.parent else ""):
                continue
            if moment := _moment_of(element):
                yield moment, "microdata" if is_named else "time"


def _moment_of(element: Tag) -> datetime | None:
    for attribute in ("datetime", "content", "data-time", "title"):
        value = element.get(attribute)
        if isinstance(value, str) and (moment := parse_stamp(value)):
            return moment
    return find_visible(element.get_text(" ")[:_LONGEST_LINE])


def _read_visible(soup: BeautifulSoup, title: str | None) -> dict[str, list[tuple[datetime, str]]]:
    """Read the dates in short lines near the headline, the nearest first, those after it before those above."""
    blocks = read_blocks(soup)
    at = _headline_at(blocks, title)
    after = [(number - at, number) for number in range(at, min(len(blocks), at + _LINES_AFTER))]
    before = [(at - number, number) for number in range(max(0, at - _LINES_BEFORE), at)]
    found: dict[str, list[tuple[datetime, str]]] = {"published": [], "changed": []}
    for _, number in [*after, *sorted(before)]:
        for line in _parts(blocks[number].text):
            if moment := find_visible(line):
                found["changed" if _CHANGED.search(line) and not _TOLD.search(line) else "published"].append(
                    (moment, "visible")
                )
    return found


def _headline_at(blocks: list[Block], title: str | None) -> int:
    for number, block in enumerate(blocks):
        if block.element.name == "h1" and (not title or block.text[:40] == title[:40]):
            return number
    matching = (n for n, block in enumerate(blocks) if title and block.text[:40] == title[:40])
    return next(matching, 0)


def _parts(line: str) -> Iterator[str]:
    """Yield a short line; where it tells both times, in whatever order, one part for each label."""
    if len(line) > _LONGEST_LINE:
        return
    tells_both = _CHANGED.search(line) and _TOLD.search(line)
    yield from _LABEL.split(line) if tells_both else _CHANGE_LABEL.split(line)


def _in_url(url: str | None) -> Iterator[tuple[datetime, str]]:
    if url and (match := _URL_DAY.search(url)):
        year, month, day = (int(part) for part in match.groups() if part)
        if moment := parse_stamp(f"{year:04d}-{month:02d}-{day:02d}"):
            yield moment, "url"
