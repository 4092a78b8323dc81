"""Find the paragraphs of an article: by the publisher's selectors, its JSON-LD, or the density of prose.

All methods share the code that reads the lines and removes boilerplate.
"""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile

import trafilatura
from bs4 import BeautifulSoup, Tag

from etl.domain.hindi import fold_name
from etl.extract.page.blocks import Block, read_blocks
from etl.extract.page.boilerplate import (
    is_boilerplate,
    is_caption,
    is_link_list,
    is_outside_article,
    starts_other_content,
)

# It logs every page that it cannot read; such pages are counted by reason instead.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
MIN_BODY_CHARS = 120
_SENTENCE_CHARS = 40
_LONG_CHARS = 160
_SENTENCE_END = re.compile(r"[।.?!॥|…][\"'”’)\]]*$|[\"”’]$")
_WORD = re.compile(r"[\w\u0900-\u097f]+")
_HINDI = re.compile(r"[\u0900-\u097f]")
_LETTER = re.compile(r"[^\W\d_]|[\u0900-\u097f]")
_SHINGLE_WORDS = 4
_GAP_COST = 30
"""Score that a line other than prose takes from a span of text; a line of prose adds its length."""
_OTHER_CONTENT_COST, _HEADLINE_COST = 250, 2000
"""Score that a heading of other stories takes, and a headline: the article rarely, or never, continues after it."""


@dataclass(frozen=True, slots=True)
class Body:
    """Paragraphs of an article, and the method that found them."""

    paragraphs: tuple[str, ...]
    method: str

    @property
    def char_count(self) -> int:
        """Number of characters of all paragraphs."""
        return sum(map(len, self.paragraphs))


def find_body(
    soup: BeautifulSoup, page_text: str, *, selector: str | None, article_body: str | None, title: str | None
) -> Body:
    """Return the paragraphs of the article; none if the page has no article.

    Args:
        soup: the page without scripts and styles.
        page_text: the decoded HTML, for trafilatura.
        selector: the publisher's CSS selector of the body.
        article_body: text of the body in the page's JSON-LD.
        title: headline; a paragraph that repeats it is left out.
    """
    density = Body(_read_densest(soup, title), "density")
    min_char_count = max(MIN_BODY_CHARS, density.char_count // 2)
    attempts: tuple[Callable[[], Body], ...] = (
        lambda: Body(_read_selected(soup, selector, title), "selectors"),
        lambda: Body(_read_json_ld_lines(soup, article_body, title), "json-ld"),
        lambda: density,
        lambda: Body(_keep_lines((article_body or "").split("\n"), title), "json-ld"),
        lambda: Body(_read_trafilatura(page_text, title), "trafilatura"),
    )
    best = Body((), "none")
    for attempt in attempts:
        body = attempt()
        if body.char_count >= min_char_count:
            return body
        best = max(best, body, key=lambda found: found.char_count)
    return best


def _read_selected(soup: BeautifulSoup, selector: str | None, title: str | None) -> tuple[str, ...]:
    elements = soup.select(selector) if selector else []
    chosen = {id(element) for element in elements}
    outermost = [e for e in elements if not any(id(parent) in chosen for parent in e.parents)]
    # After another headline, another article starts.
    outermost = [e for e in outermost if e.find_previous("h1") is outermost[0].find_previous("h1")]
    return _keep_blocks([block for element in outermost for block in read_blocks(element)], outermost, title)


def _read_json_ld_lines(soup: BeautifulSoup, article_body: str | None, title: str | None) -> tuple[str, ...]:
    """Return the visible lines that also occur in the JSON-LD; none if they cover less than half of it."""
    body_shingles, body_text = _shingles(article_body or ""), fold_name(article_body or "")
    if not body_shingles:
        return ()
    found = [block for block in read_blocks(soup) if _is_in_body(block, body_shingles, body_text)]
    shown: set[str] = set().union(*(_shingles(block.text) for block in found))
    if 2 * len(shown & body_shingles) < len(body_shingles):
        return ()
    return _keep_lines([block.text for block in found], title)


def _is_in_body(block: Block, body_shingles: set[str], body_text: str) -> bool:
    own = _shingles(block.text)
    return 2 * len(own & body_shingles) >= len(own) if own else fold_name(block.text) in body_text


def _read_densest(soup: BeautifulSoup, title: str | None) -> tuple[str, ...]:
    """Return the span of the page with the highest score: prose adds to the score, other blocks take from it.

    This is maximum subsequence segmentation (Pasternack & Roth 2009) over blocks instead of words.
    """
    blocks = _drop_outside_article(read_blocks(soup), [soup])
    is_hindi = _hindi_share("".join(block.text for block in blocks if _is_prose(block))) > 0.5
    span, best_score, score, start = slice(0), 0.0, 0.0, 0
    for number, block in enumerate(blocks):
        score += _score(block, is_hindi)
        if score <= 0:
            score, start = 0.0, number + 1
        elif score > best_score:
            best_score, span = score, slice(start, number + 1)
    return _keep_blocks(blocks[span], [soup], title)


def _score(block: Block, is_hindi: bool) -> float:
    if _is_prose(block) and not (is_hindi and _hindi_share(block.text) < 0.3):
        return len(block.text)
    if block.element.name == "h1":
        return -_HEADLINE_COST
    if starts_other_content(block.text):
        return -_OTHER_CONTENT_COST
    return -_GAP_COST - block.link_char_count / 2


def _is_prose(block: Block) -> bool:
    if block.link_share > 0.35 or len(block.text) < _SENTENCE_CHARS or is_boilerplate(block.text):
        return False
    return bool(_SENTENCE_END.search(block.text)) or len(block.text) >= _LONG_CHARS


def _hindi_share(text: str) -> float:
    return len(_HINDI.findall(text)) / max(1, len(_LETTER.findall(text)))


def _drop_outside_article(blocks: list[Block], roots: list[Tag]) -> list[Block]:
    """Remove blocks in elements marked as not part of an article, unless the element has half of all text."""
    ends = {id(root) for root in roots}
    weight: Counter[int] = Counter()
    within: list[list[int]] = []
    for block in blocks:
        chain = list(takewhile(lambda e: id(e) not in ends, (block.element, *block.element.parents)))
        within.append([id(element) for element in chain if is_outside_article(element)])
        weight.update(dict.fromkeys(within[-1], len(block.text)))
    half = sum(len(block.text) for block in blocks) / 2
    return [
        block
        for block, parts in zip(blocks, within, strict=True)
        if all(weight[part] > half for part in parts)
    ]


def _keep_blocks(blocks: list[Block], roots: list[Tag], title: str | None) -> tuple[str, ...]:
    body = _drop_outside_article(blocks, roots)
    kept = [b for b in body if not (is_link_list(b) or is_caption(b) or starts_other_content(b.text))]
    return _keep_lines([block.text for block in kept], title)


def _keep_lines(lines: Iterable[str], title: str | None) -> tuple[str, ...]:
    """Remove boilerplate, the repeated headline, and lines that repeat an earlier one."""
    seen = {fold_name(title)} if title else set()
    kept: list[str] = []
    for line in (line.strip() for line in lines):
        key = fold_name(line)
        if not key or is_boilerplate(line) or key in seen:
            continue
        if " " in key:  # A single word, such as हां (yes), may repeat.
            seen.add(key)
        kept.append(line)
    return tuple(kept)


def _read_trafilatura(page_text: str, title: str | None) -> tuple[str, ...]:
    found: str | None = trafilatura.extract(page_text, include_comments=False, include_tables=False)
    return _keep_lines((found or "").split("\n"), title)


def _shingles(text: str) -> set[str]:
    words = _WORD.findall(fold_name(text))
    return {" ".join(words[at : at + _SHINGLE_WORDS]) for at in range(len(words) - _SHINGLE_WORDS + 1)}
