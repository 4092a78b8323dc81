"""The paragraphs of an article, found by the publisher's selectors, its own JSON-LD, or where the page's prose is.

Whatever finds them, the lines are read and cleared of boilerplate the same way.
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
from etl.extract.page.boilerplate import begins_rest, is_apart, is_boilerplate, is_caption, is_link_list

# It tells of every page that it cannot read; we count those by reason.
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
"""What a line that is no prose costs a stretch of text; a line of prose earns its length."""
_REST_COST, _HEADLINE_COST = 250, 2000
"""What the heading of other stories costs, and a headline: rarely, or never, does the article go on behind it."""


@dataclass(frozen=True, slots=True)
class Body:
    """An article's paragraphs, and the method that found them."""

    paragraphs: tuple[str, ...]
    method: str

    @property
    def char_count(self) -> int:
        """How long it is."""
        return sum(map(len, self.paragraphs))


def find_body(
    soup: BeautifulSoup, page_text: str, *, selector: str | None, article_body: str | None, title: str | None
) -> Body:
    """Return the article's paragraphs; without any where the page holds no article.

    Args:
        soup: the page without its machine parts.
        page_text: the page as it came, for trafilatura.
        selector: the publisher's selector of its body.
        article_body: the body as the page's JSON-LD repeats it.
        title: repeated headlines are left out.
    """
    density = Body(_read_densest(soup, title), "density")
    believable = max(MIN_BODY_CHARS, density.char_count // 2)
    attempts: tuple[Callable[[], Body], ...] = (
        lambda: Body(_read_selected(soup, selector, title), "selectors"),
        lambda: Body(_read_guided(soup, article_body, title), "json-ld"),
        lambda: density,
        lambda: Body(_keep_lines((article_body or "").split("\n"), title), "json-ld"),
        lambda: Body(_read_trafilatura(page_text, title), "trafilatura"),
    )
    best = Body((), "none")
    for attempt in attempts:
        body = attempt()
        if body.char_count >= believable:
            return body
        best = max(best, body, key=lambda found: found.char_count)
    return best


def _read_selected(soup: BeautifulSoup, selector: str | None, title: str | None) -> tuple[str, ...]:
    elements = soup.select(selector) if selector else []
    chosen = {id(element) for element in elements}
    outermost = [e for e in elements if not any(id(parent) in chosen for parent in e.parents)]
    # Behind another headline stands another article.
    outermost = [e for e in outermost if e.find_previous("h1") is outermost[0].find_previous("h1")]
    return _keep_blocks([block for element in outermost for block in read_blocks(element)], outermost, title)


def _read_guided(soup: BeautifulSoup, article_body: str | None, title: str | None) -> tuple[str, ...]:
    """Read the lines that the page's JSON-LD repeats, as the page shows them; none where they are not half of it."""
    said, said_text = _shingles(article_body or ""), fold_name(article_body or "")
    if not said:
        return ()
    found = [block for block in read_blocks(soup) if _is_said(block, said, said_text)]
    shown: set[str] = set().union(*(_shingles(block.text) for block in found))
    return _keep_lines([block.text for block in found], title) if 2 * len(shown & said) >= len(said) else ()


def _is_said(block: Block, said: set[str], said_text: str) -> bool:
    own = _shingles(block.text)
    return 2 * len(own & said) >= len(own) if own else fold_name(block.text) in said_text


def _read_densest(soup: BeautifulSoup, title: str | None) -> tuple[str, ...]:
    """Read the stretch of the page that earns most: prose earns, what is between it costs.

    This is maximum subsequence segmentation (Pasternack & Roth 2009) over blocks instead of words.
    """
    blocks = _drop_apart(read_blocks(soup), [soup])
    is_hindi = _hindi_share("".join(block.text for block in blocks if _is_prose(block))) > 0.5
    stretch, best, earned, first = slice(0), 0.0, 0.0, 0
    for number, block in enumerate(blocks):
        earned += _worth(block, is_hindi)
        if earned <= 0:
            earned, first = 0.0, number + 1
        elif earned > best:
            best, stretch = earned, slice(first, number + 1)
    return _keep_blocks(blocks[stretch], [soup], title)


def _worth(block: Block, is_hindi: bool) -> float:
    if _is_prose(block) and not (is_hindi and _hindi_share(block.text) < 0.3):
        return len(block.text)
    if block.element.name == "h1":
        return -_HEADLINE_COST
    if begins_rest(block.text):
        return -_REST_COST
    return -_GAP_COST - block.link_char_count / 2


def _is_prose(block: Block) -> bool:
    if block.link_share > 0.35 or len(block.text) < _SENTENCE_CHARS or is_boilerplate(block.text):
        return False
    return bool(_SENTENCE_END.search(block.text)) or len(block.text) >= _LONG_CHARS


def _hindi_share(text: str) -> float:
    return len(_HINDI.findall(text)) / max(1, len(_LETTER.findall(text)))


def _drop_apart(blocks: list[Block], roots: list[Tag]) -> list[Block]:
    """Leave out the blocks in parts that stand apart; what holds half of the text does not stand apart."""
    ends = {id(root) for root in roots}
    weight: Counter[int] = Counter()
    within: list[list[int]] = []
    for block in blocks:
        chain = list(takewhile(lambda e: id(e) not in ends, (block.element, *block.element.parents)))
        within.append([id(element) for element in chain if is_apart(element)])
        weight.update(dict.fromkeys(within[-1], len(block.text)))
    half = sum(len(block.text) for block in blocks) / 2
    return [
        block
        for block, parts in zip(blocks, within, strict=True)
        if all(weight[part] > half for part in parts)
    ]


def _keep_blocks(blocks: list[Block], roots: list[Tag], title: str | None) -> tuple[str, ...]:
    body = _drop_apart(blocks, roots)
    kept = [b for b in body if not (is_link_list(b) or is_caption(b) or begins_rest(b.text))]
    return _keep_lines([block.text for block in kept], title)


def _keep_lines(lines: Iterable[str], title: str | None) -> tuple[str, ...]:
    """Leave out boilerplate, the repeated headline, and what was said before in the same words."""
    seen = {fold_name(title)} if title else set()
    kept: list[str] = []
    for line in (line.strip() for line in lines):
        key = fold_name(line)
        if not key or is_boilerplate(line) or key in seen:
            continue
        if " " in key:  # one word may be said twice, such as हां
            seen.add(key)
        kept.append(line)
    return tuple(kept)


def _read_trafilatura(page_text: str, title: str | None) -> tuple[str, ...]:
    found: str | None = trafilatura.extract(page_text, include_comments=False, include_tables=False)
    return _keep_lines((found or "").split("\n"), title)


def _shingles(text: str) -> set[str]:
    words = _WORD.findall(fold_name(text))
    return {" ".join(words[at : at + _SHINGLE_WORDS]) for at in range(len(words) - _SHINGLE_WORDS + 1)}
