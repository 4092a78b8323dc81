"""Find the headline of a page by comparing visible headings with the metadata."""

import re

from bs4 import BeautifulSoup, Tag

from etl.extract.page.agreement import is_same_story
from etl.extract.page.limits import LIMITS
from etl.extract.page.plain import one_line
from etl.extract.page.tree import text_prefix

_SEPARATORS = "|-–—:»"
_TAIL_SEPARATOR = re.compile(rf" [{re.escape(_SEPARATORS)}]{{1,5}} ")
_TAIL_CHARS = range(2, 41)
_HINDI = re.compile(r"[\u0900-\u097f]")
_HEADLINE_CLASS = re.compile(r"(?:^|[-_\s])(?:title|headline|heading)(?:$|[-_\s])", re.I)
_MIN_CHARS = 8
_MAX_HEADINGS = 40


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
    if selector and (element := soup.select_one(selector)) and (text := _text(element)):
        return text, "selectors"
    page_title = _text(soup.title) if soup.title else ""
    headings = [text for heading in _headings(soup, "h1") if (text := _text(heading))]
    declared = [one_line(text) for text, _ in metadata_titles] + [page_title]
    for heading in _marked_headlines(soup, headings, declared):
        return heading, "heading"
    for heading in headings:
        if len(heading) >= _MIN_CHARS and any(is_same_story(heading, text) for text in declared):
            return heading, "h1"
    for text, method in metadata_titles:
        clean = _without_tail(one_line(text), page_title)
        if _MIN_CHARS <= len(clean) <= LIMITS.title:
            return clean, method
    if headings and (len(headings) == 1 or not page_title):
        return max(headings, key=len), "h1"
    subheadings = map(_text, _headings(soup, "h2", "h3"))
    hindi_subheading = next(
        (text for text in subheadings if _HINDI.search(text) and len(text) >= _MIN_CHARS), None
    )
    if hindi_subheading and not _HINDI.search(page_title):
        return hindi_subheading, "heading"
    if page_title:
        return _split_tail(page_title)[0], "title"
    return None, None


def _marked_headlines(soup: BeautifulSoup, headings: list[str], declared: list[str]) -> list[str]:
    """Return the `h2` and `h3` that are marked as headline and say what the page declares, if no `h1` does so better.

    On a blog, the `h1` is the name of the blog, which the `title` element repeats beside the headline.
    """
    marked = [
        h
        for h in _headings(soup, "h2", "h3")
        if _HEADLINE_CLASS.search(" ".join(h.get_attribute_list("class")))
    ]
    texts = [text for heading in marked if len(text := _text(heading)) >= _MIN_CHARS]
    for text in texts:
        wanted = [title for title in declared if text in title]
        if wanted and not any(len(heading) >= len(text) for heading in headings):
            return [text]
    return []


def _headings(soup: BeautifulSoup, *names: str) -> list[Tag]:
    return list(soup.find_all(names, limit=_MAX_HEADINGS))


def _without_tail(text: str, page_title: str) -> str:
    """Remove the name of the site from the end of a metadata headline if the `title` element ends with it too."""
    head, tail = _split_tail(text)
    return head if tail and page_title.endswith(tail) else text


def _split_tail(text: str) -> tuple[str, str]:
    """Split the name of the site with its separator from the end of a title; an empty name if there is none."""
    separators = list(_TAIL_SEPARATOR.finditer(text))
    for separator in separators:
        name = text[separator.end() :]
        if len(name) in _TAIL_CHARS and not any(sign in name for sign in "|–—»"):
            return text[: separator.start()], text[separator.start() + 1 :]
    return text, ""


def _text(element: Tag) -> str:
    """Return the text of a heading; empty if it is longer than a headline."""
    text = text_prefix(element, LIMITS.title)
    return text if len(text) <= LIMITS.title else ""
