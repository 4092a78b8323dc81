"""Remove further articles from a page that continues with the next story."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from etl.domain.hindi import fold_name
from etl.extract.page.blocks import read_blocks
from etl.extract.page.timestamps import find_visible_date

_HEADINGS = ("h1", "h2", "h3")
_HINDI = re.compile(r"[\u0900-\u097f]")
_MIN_LETTERS = 300
_DATELINE_BLOCKS, _DATELINE_CHARS = 6, 80


def drop_other_articles(soup: BeautifulSoup, title: str | None) -> None:
    """Remove articles other than the one of the headline from the tree.

    Two kinds of elements are removed:

    - other `<article>` elements, if one `<article>` element contains the headline and its text;
    - later siblings of an element that contains the headline and its text, with the same tag and class, that start
      with a heading of their own followed by a date.
    """
    headings = soup.find_all("h1")
    wanted = fold_name(title or "")
    heading = next((h for h in headings if fold_name(h.get_text(" ")) == wanted), None)
    if heading is None:
        return
    ancestors = [element for element in heading.parents if element.name not in ("body", "html", "[document]")]
    own = [element for element in ancestors if _contains_text(element, heading)]
    for other in [*_other_elements(soup, own), *_similar_siblings(own)]:
        other.extract()


def _contains_text(element: Tag, heading: Tag) -> bool:
    return len(_HINDI.findall(element.get_text())) - len(heading.get_text()) >= _MIN_LETTERS


def _other_elements(soup: BeautifulSoup, own: list[Tag]) -> Iterator[Tag]:
    article = next((element for element in own if element.name == "article"), None)
    if article is not None:
        around = {id(element) for element in (article, *article.parents)}
        for other in soup.find_all("article"):
            if id(other) not in around and article not in other.parents:
                yield other


def _similar_siblings(own: list[Tag]) -> Iterator[Tag]:
    for element in own:
        if label := element.get("class"):
            for sibling in element.find_next_siblings(element.name):
                if sibling.get("class") == label and _starts_like_article(sibling):
                    yield sibling


def _starts_like_article(element: Tag) -> bool:
    blocks = read_blocks(element)[:_DATELINE_BLOCKS]
    if not blocks or not blocks[0].is_inside(*_HEADINGS):
        return False
    return any(len(block.text) <= _DATELINE_CHARS and find_visible_date(block.text) for block in blocks[1:])
