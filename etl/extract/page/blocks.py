"""Split a page into the text blocks that a reader sees, in document order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from etl.extract.page.metadata import unescape

_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
})  # fmt: skip
_SPACES = re.compile(r"[\s\u00a0]+")
_SENTENCE_END = ("।", ".", "?", "!", "”", '"', "’", "॥", "|", ":", "…")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text between two block boundaries.

    Attributes:
        text: one line, with runs of spaces collapsed and character references resolved.
        element: the innermost block-level element around the text.
        link_char_count: number of characters of link text.
    """

    text: str
    element: Tag
    link_char_count: int

    @property
    def link_share(self) -> float:
        """Fraction of link text, 0 to 1."""
        return min(1.0, self.link_char_count / max(1, len(self.text)))

    def is_inside(self, *names: str) -> bool:
        """Return whether the block is inside an element with one of these tag names."""
        return self.element.name in names or self.element.find_parent(names) is not None


def read_blocks(root: Tag) -> list[Block]:
    """Return the text blocks under an element, in document order, without empty ones."""
    return [block for block in _iterate_blocks(root) if block.text]


def block_element(node: PageElement, root: Tag) -> Tag:
    """Return the innermost block-level element around a node."""
    parent = node.parent
    while parent is not None and parent is not root and parent.name in _INLINE:
        parent = parent.parent
    return parent if parent is not None else root


def _iterate_blocks(root: Tag) -> Iterator[Block]:
    pieces: list[str] = []
    link_chars, element, line_breaks = 0, root, 0
    for node in root.descendants:
        if isinstance(node, Tag):
            if node.name == "br":
                line_breaks += 1
            elif node.name not in _INLINE:
                yield _make_block(pieces, element, link_chars)
                pieces, link_chars, line_breaks = [], 0, 0
            continue
        if not isinstance(node, NavigableString) or isinstance(node, PreformattedString):
            continue
        if not node.strip():
            pieces.append(" ")
            continue
        parent = block_element(node, root)
        ended = line_breaks and (line_breaks > 1 or "".join(pieces).rstrip().endswith(_SENTENCE_END))
        if parent is not element or ended:
            yield _make_block(pieces, element, link_chars)
            pieces, link_chars, element = [], 0, parent
        elif line_breaks:
            pieces.append(" ")
        line_breaks = 0
        pieces.append(str(node))
        if node.find_parent("a") is not None:
            link_chars += len(node.strip())
    yield _make_block(pieces, element, link_chars)


def _make_block(pieces: list[str], element: Tag, link_chars: int) -> Block:
    return Block(_SPACES.sub(" ", unescape("".join(pieces))).strip(), element, link_chars)
