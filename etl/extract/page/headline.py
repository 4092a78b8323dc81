"""The headline of a page: what it shows agrees with what it says about itself."""

import re

from bs4 import BeautifulSoup

from etl.domain.hindi import fold_name
from etl.extract.page.structured import unescape

_SPACES = re.compile(r"\s+")
_TAIL = re.compile(r"\s+[|\-–—:»]+\s+[^|–—»]{2,40}$")
_HINDI = re.compile(r"[\u0900-\u097f]")
_MIN_CHARS = 8


def find_title(
    soup: BeautifulSoup, said: list[tuple[str, str]], selector: str | None
) -> tuple[str, str] | tuple[None, None]:
    """Return the headline and how it was found.

    The publisher's selector comes first; then the heading that agrees with the page's title or metadata; then the
    metadata; then the only heading; then, where the page's title is no Hindi, the first lower heading that is; then
    the page's title without the site's name.

    Args:
        said: headlines of the metadata, in order of trust, with their methods.
    """
    if selector and (element := soup.select_one(selector)) and (text := _text(element.get_text(" "))):
        return text, "selectors"
    page_title = _text(soup.title.get_text()) if soup.title else ""
    headings = [text for heading in soup.find_all("h1") if (text := _text(heading.get_text(" ")))]
    told = [text for text, _ in said] + [page_title]
    for heading in headings:
        if len(heading) >= _MIN_CHARS and any(_agree(heading, text) for text in told):
            return heading, "h1"
    for text, method in said:
        if len(clean := _text(_without_tail(text, page_title))) >= _MIN_CHARS:
            return clean, method
    if headings and (len(headings) == 1 or not page_title):
        return max(headings, key=len), "h1"
    subheadings = (_text(heading.get_text(" ")) for heading in soup.find_all(("h2", "h3")))
    shown = next((text for text in subheadings if _HINDI.search(text) and len(text) >= _MIN_CHARS), None)
    if shown and not _HINDI.search(page_title):
        return shown, "heading"
    if page_title:
        return _TAIL.sub("", page_title), "title"
    return None, None


def _agree(heading: str, told: str) -> bool:
    """Tell whether one holds the other, or they share most of their words."""
    one, other = fold_name(heading), fold_name(told)
    if one in other or (len(other) >= _MIN_CHARS and other in one):
        return True
    words, others = set(one.split()), set(other.split())
    return len(words & others) >= 0.6 * max(1, min(len(words), len(others)))


def _without_tail(text: str, page_title: str) -> str:
    """Drop the site's name that a headline of the metadata carries at its end as the page's title does."""
    tail = _TAIL.search(text)
    return text[: tail.start()] if tail and page_title.endswith(tail.group().strip()) else text


def _text(text: str) -> str:
    return _SPACES.sub(" ", unescape(text)).strip()
