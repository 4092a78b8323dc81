"""Find the headline of a page by comparing visible headings with the metadata."""

import re

from bs4 import BeautifulSoup

from etl.domain.hindi import fold_name
from etl.extract.page.metadata import unescape

_SPACES = re.compile(r"\s+")
_TAIL = re.compile(r"\s+[|\-–—:»]+\s+[^|–—»]{2,40}$")
_HINDI = re.compile(r"[\u0900-\u097f]")
_MIN_CHARS = 8


def find_title(
    soup: BeautifulSoup, metadata_titles: list[tuple[str, str]], selector: str | None
) -> tuple[str, str] | tuple[None, None]:
    """Return the headline and the method that found it; None if there is none.

    Candidates, in this order: the publisher's selector; an `h1` that agrees with the `title` element or the metadata;
    the metadata; the only `h1`; if the `title` element is not Hindi, the first Hindi `h2` or `h3`; the `title` element
    without the name of the site.

    Args:
        soup: the page without scripts and styles.
        metadata_titles: headlines of the metadata, most trusted first, each with its method.
        selector: the publisher's CSS selector of the headline.
    """
    if selector and (element := soup.select_one(selector)) and (text := _text(element.get_text(" "))):
        return text, "selectors"
    page_title = _text(soup.title.get_text()) if soup.title else ""
    headings = [text for heading in soup.find_all("h1") if (text := _text(heading.get_text(" ")))]
    declared = [text for text, _ in metadata_titles] + [page_title]
    for heading in headings:
        if len(heading) >= _MIN_CHARS and any(_agree(heading, text) for text in declared):
            return heading, "h1"
    for text, method in metadata_titles:
        if len(clean := _text(_without_tail(text, page_title))) >= _MIN_CHARS:
            return clean, method
    if headings and (len(headings) == 1 or not page_title):
        return max(headings, key=len), "h1"
    subheadings = (_text(heading.get_text(" ")) for heading in soup.find_all(("h2", "h3")))
    hindi_subheading = next(
        (text for text in subheadings if _HINDI.search(text) and len(text) >= _MIN_CHARS), None
    )
    if hindi_subheading and not _HINDI.search(page_title):
        return hindi_subheading, "heading"
    if page_title:
        return _TAIL.sub("", page_title), "title"
    return None, None


def _agree(heading: str, title: str) -> bool:
    """Return whether one text contains the other, or they share most of their words."""
    one, other = fold_name(heading), fold_name(title)
    if one in other or (len(other) >= _MIN_CHARS and other in one):
        return True
    words, others = set(one.split()), set(other.split())
    return len(words & others) >= 0.6 * max(1, min(len(words), len(others)))


def _without_tail(text: str, page_title: str) -> str:
    """Remove the name of the site from the end of a metadata headline if the `title` element ends with it too."""
    tail = _TAIL.search(text)
    return text[: tail.start()] if tail and page_title.endswith(tail.group().strip()) else text


def _text(text: str) -> str:
    return _SPACES.sub(" ", unescape(text)).strip()
