"""Find the author of an article in the metadata, the markup or a byline."""

import re

from bs4 import BeautifulSoup

from etl.extract.page.blocks import read_blocks
from etl.extract.page.metadata import PageMetadata

_MARKED = "[itemprop=author] [itemprop=name], [itemprop=author], a[rel~=author], .author.vcard"
_LONGEST_LINE = 80
_NAME = r"(?P<name>[^\W\d][\w\u0900-\u0963\u200d .]{3,40}?)"
_BYLINE = re.compile(
    rf"\W*(?:(?:written|reported|edited)?\s*by\s*[:：-]?|(?:लेखक|रिपोर्टर|रिपोर्ट|द्वारा)\s*[:：-])\s*{_NAME}(?:\s*[|,–-].*)?"
    rf"|\W*{_NAME.replace('name', 'signed')}\s*,\s*(?:विशेष\s+)?(?:संवाददाता|रिपोर्टर|ब्यूरो)\W*",
    re.I,
)
_LABEL = re.compile(r"^(?:(?:written|reported|edited|translated|posted)\s+)?by\b\s*[:：-]?\s*", re.I)


def find_author(
    soup: BeautifulSoup, metadata: PageMetadata, selector: str | None
) -> tuple[str, str] | tuple[None, None]:
    """Return the author, as the page spells the name, and the method that found it; None if there is none.

    Args:
        soup: the page without scripts and styles.
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
    for block in read_blocks(soup):
        if len(block.text) <= _LONGEST_LINE and (line := _BYLINE.fullmatch(block.text)):
            return (line["name"] or line["signed"]).strip(), "visible"
    return None, None


def _text_at(soup: BeautifulSoup, selector: str) -> str | None:
    element = soup.select_one(selector)
    text = " ".join(element.get_text(" ").split()) if element else ""
    return _LABEL.sub("", text) or None
