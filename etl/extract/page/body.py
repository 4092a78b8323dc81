"""Find the paragraphs of an article: by the publisher's selectors, its JSON-LD, or the density of prose.

All methods share the code that reads the lines and removes boilerplate.
"""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import trafilatura
from bs4 import BeautifulSoup

from etl.domain.hindi import fold_name
from etl.extract.page.blocks import Block, PageBlocks
from etl.extract.page.boilerplate import is_boilerplate, is_caption, is_link_list, starts_other_content

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


@dataclass(frozen=True, slots=True)
class Declared:
    """A body that the metadata or a script of the page gives.

    Attributes:
        lines: paragraphs.
        method: how it was found.
        is_complete: it is taken even if part of it is visible: a live blog shows only its last updates.
    """

    lines: tuple[str, ...]
    method: str
    is_complete: bool = False


def find_body(
    soup: BeautifulSoup,
    page: PageBlocks,
    page_text: str,
    *,
    selector: str | None,
    declared: Sequence[Declared],
    title: str | None,
) -> Body:
    """Return the paragraphs of the article; none if the page has no article.

    Args:
        soup: the page without scripts and styles.
        page: its blocks, without those of other articles.
        page_text: the decoded HTML, for trafilatura.
        selector: the publisher's CSS selector of the body.
        declared: texts that the metadata or the scripts give as body, most trusted first.
        title: headline; a paragraph that repeats it is left out.
    """
    density = Body(_read_densest(page, title), "density")
    written = [Body(keep_lines(text.lines, title), text.method) for text in declared]
    min_char_count = max([MIN_BODY_CHARS, *(body.char_count // 2 for body in (density, *written))])
    shown = (_read_declared_lines(page, text, title) for text in declared if not text.is_complete)
    attempts: tuple[Callable[[], Iterable[Body]], ...] = (
        lambda: [body for body, text in zip(written, declared, strict=True) if text.is_complete],
        lambda: [Body(_read_selected(soup, page, selector, title), "selectors")],
        lambda: shown,
        lambda: [density, *written],
        lambda: [Body(_read_trafilatura(page_text, title), "trafilatura")],
    )
    best = Body((), "none")
    for attempt in attempts:
        for body in attempt():
            if body.char_count >= min_char_count:
                return body
            best = max(best, body, key=lambda found: found.char_count)
    return best


def _read_selected(
    soup: BeautifulSoup, page: PageBlocks, selector: str | None, title: str | None
) -> tuple[str, ...]:
    elements = soup.select(selector) if selector else []
    chosen = {id(element) for element in elements}
    outermost = [e for e in elements if not any(id(parent) in chosen for parent in e.parents)]
    # After another headline, another article starts.
    headline_counts = [extent.h1_count if (extent := page.extent_of(e)) else 0 for e in outermost]
    own = [e for e, count in zip(outermost, headline_counts, strict=True) if count == headline_counts[0]]
    return _keep_blocks([block for element in own for block in page.inside(element)], page, title)


def _read_declared_lines(page: PageBlocks, declared: Declared, title: str | None) -> Body:
    """Return the visible lines that also occur in a declared text; none if they cover less than half of it."""
    text = "\n".join(declared.lines)
    body_shingles, short_lines = _shingles(text), _short_shingles(text)
    if not body_shingles:
        return Body((), declared.method)
    found = [block for block in page.kept if _is_in_body(block, body_shingles, short_lines)]
    shown: set[str] = set().union(*(_shingles(block.text) for block in found))
    if 2 * len(shown & body_shingles) < len(body_shingles):
        return Body((), declared.method)
    return Body(keep_lines([block.text for block in found], title), declared.method)


def _is_in_body(block: Block, body_shingles: set[str], short_shingles: set[str]) -> bool:
    if own := _shingles(block.text):
        return 2 * len(own & body_shingles) >= len(own)
    return " ".join(_WORD.findall(fold_name(block.text))) in short_shingles


def _read_densest(page: PageBlocks, title: str | None) -> tuple[str, ...]:
    """Return the span of the page with the highest score: prose adds to the score, other blocks take from it.

    This is maximum subsequence segmentation (Pasternack & Roth 2009) over blocks instead of words.
    """
    blocks = _drop_outside_article(page.kept)
    is_hindi = _hindi_share("".join(block.text for block in blocks if _is_prose(block))) > 0.5
    span, best_score, score, start = slice(0), 0.0, 0.0, 0
    for number, block in enumerate(blocks):
        score += _score(block, is_hindi)
        if score <= 0:
            score, start = 0.0, number + 1
        elif score > best_score:
            best_score, span = score, slice(start, number + 1)
    return _keep_blocks(blocks[span], page, title)


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


def _drop_outside_article(blocks: list[Block]) -> list[Block]:
    """Remove blocks in elements marked as not part of an article, unless the element has half of all text."""
    weight: Counter[int] = Counter()
    for block in blocks:
        weight.update(dict.fromkeys(block.outside, len(block.text)))
    half = sum(len(block.text) for block in blocks) / 2
    return [block for block in blocks if all(weight[part] > half for part in block.outside)]


def _keep_blocks(blocks: list[Block], page: PageBlocks, title: str | None) -> tuple[str, ...]:
    body = _drop_outside_article(blocks)
    kept = [b for b in body if not (is_link_list(b) or is_caption(b, page) or starts_other_content(b.text))]
    return keep_lines([block.text for block in kept], title)


def keep_lines(lines: Iterable[str], title: str | None) -> tuple[str, ...]:
    """Remove boilerplate, the repeated headline, and lines that repeat an earlier one."""
    seen = {fold_name(title)} if title else set()
    kept: list[str] = []
    for line in (" ".join(line.split()) for line in lines):
        key = fold_name(line)
        if not key or is_boilerplate(line) or key in seen:
            continue
        if " " in key:  # A single word, such as हां (yes), may repeat.
            seen.add(key)
        kept.append(line)
    return tuple(kept)


def _read_trafilatura(page_text: str, title: str | None) -> tuple[str, ...]:
    found: str | None = trafilatura.extract(page_text, include_comments=False, include_tables=False)
    return keep_lines((found or "").split("\n"), title)


def _shingles(text: str) -> set[str]:
    return _word_groups(text, _SHINGLE_WORDS)


def _short_shingles(text: str) -> set[str]:
    return set().union(*(_word_groups(text, count) for count in range(1, _SHINGLE_WORDS)))


def _word_groups(text: str, count: int) -> set[str]:
    words = _WORD.findall(fold_name(text))
    return {" ".join(words[at : at + count]) for at in range(len(words) - count + 1)}
