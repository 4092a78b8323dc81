"""Find the author of an article in the metadata, the markup or a byline."""

import re

from bs4 import BeautifulSoup

from etl.extract.page.blocks import PageBlocks
from etl.extract.page.limits import LIMITS
from etl.extract.page.metadata import PageMetadata
from etl.extract.page.tree import text_prefix

_MARKED = "[itemprop=author] [itemprop=name], [itemprop=author], a[rel~=author], .author.vcard"
_LONGEST_LINE = 80
_MARKS = " \t|-–—:•*·()[]{}/\\.,;\"'“”‘’"
_NAME = r"(?P<name>[^\W\d][\w\u0900-\u0963\u200d .]{3,40}?)"
_BYLINE = re.compile(
    rf"(?:(?:(?:written|reported|edited) ?)?by ?[:：-]?|(?:लेखक|रिपोर्टर|रिपोर्ट|द्वारा) ?[:：-]) ?{_NAME}(?: ?[|,–-].*)?"
    rf"|{_NAME.replace('name', 'signed')} ?, ?(?:विशेष )?(?:संवाददाता|रिपोर्टर|ब्यूरो)",
    re.I,
)
_LABEL = re.compile(r"^(?:(?:written|reported|edited|translated|posted) )?by\b ?[:：-]? ?", re.I)


def find_author(
    soup: BeautifulSoup, page: PageBlocks, metadata: PageMetadata, selector: str | None
) -> tuple[str, str] | tuple[None, None]:
    """Return the author, as the page spells the name, and the method that found it; None if there is none.

    Args:
        soup: the page without scripts and styles.
        page: its blocks.
        metadata: of the page.
        selector: the publisher's CSS selector of the author.
    """
    if selector and (name := _text_at(soup, selector)):
        return name, "selectors"
    for name, method in metadata.authors:
        if not name.startswith(("http://", "https://")):
            return name, method
    if name := _text_at(soup, _MARKED):
        return name, "markup"
    for block in page.every:
        if len(block.text) <= _LONGEST_LINE and (line := _BYLINE.fullmatch(block.text.strip(_MARKS))):
            return (line["name"] or line["signed"]).strip(), "visible"
    return None, None


def _text_at(soup: BeautifulSoup, selector: str) -> str | None:
    element = soup.select_one(selector)
    text = text_prefix(element, LIMITS.title) if element else ""
    return _LABEL.sub("", text) or None
