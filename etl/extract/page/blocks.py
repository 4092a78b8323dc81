"""Split a page into the text blocks that a reader sees, in document order, in one pass over its tree."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from etl.extract.page.outside import is_outside_article
from etl.extract.page.plain import one_line

_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
})  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PICTURES = frozenset({"img", "picture", "amp-img", "video", "amp-video"})
_SENTENCE_END = ("।", ".", "?", "!", "”", '"', "’", "॥", "|", ":", "…")
_MAX_OUTSIDE = 20
"""Marked elements around a block that are recorded; deeper ones are inside a marked element anyway."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text between two block boundaries.

    Attributes:
        number: position on the page, from 0.
        text: one line, with runs of spaces collapsed and character references resolved.
        element: the innermost block-level element around the text.
        heading: the innermost heading element (`h1` to `h6`) around the text.
        link_char_count: number of characters of link text.
        outside: ids of the elements around the text that are marked as not part of an article, outermost first.
        is_after_rule: a horizontal rule (`hr`) separates the block from the one before it.
    """

    number: int
    text: str
    element: Tag
    heading: Tag | None
    link_char_count: int
    outside: tuple[int, ...]
    is_after_rule: bool

    @property
    def link_share(self) -> float:
        """Fraction of link text, 0 to 1."""
        return min(1.0, self.link_char_count / max(1, len(self.text)))


@dataclass(slots=True)
class Extent:
    """The part of the page that a block-level element covers.

    Attributes:
        element: the element.
        heading: the innermost heading element around its text, itself included.
        outside: ids of the marked elements around its text, itself included, outermost first.
        h1_count: number of `h1` elements before it.
        start: number of its first block; `end` is one after its last block.
        char_count: number of characters of its text.
        has_picture: an image or a video is inside.
    """

    element: Tag
    heading: Tag | None = None
    outside: tuple[int, ...] = ()
    h1_count: int = 0
    start: int = 0
    end: int = 0
    char_count: int = 0
    has_picture: bool = False


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """The text blocks of a page, or of a part of it.

    Attributes:
        every: all blocks, in document order.
        extents: of each block-level element, by the id of the element.
        dropped: numbers of the blocks that belong to other articles.
    """

    every: tuple[Block, ...]
    extents: dict[int, Extent]
    dropped: frozenset[int] = frozenset()

    @property
    def kept(self) -> list[Block]:
        """Blocks that were not dropped."""
        return [block for block in self.every if block.number not in self.dropped]

    def drop(self, numbers: frozenset[int]) -> "PageBlocks":
        """Return the page without these blocks."""
        return replace(self, dropped=self.dropped | numbers)

    def extent_of(self, element: PageElement | None) -> Extent | None:
        """Return the part that an element covers; None for an inline element and one outside the page."""
        return self.extents.get(id(element))

    def inside(self, element: Tag) -> list[Block]:
        """Return the kept blocks inside an element; only marked elements inside it count as `outside`."""
        extent = self.extent_of(element)
        if extent is None:
            return list(read_blocks(element).every)
        blocks = (
            block for block in self.every[extent.start : extent.end] if block.number not in self.dropped
        )
        return [replace(block, outside=block.outside[len(extent.outside) :]) for block in blocks]


@dataclass(frozen=True, slots=True)
class _OpenElement:
    """An element that the walk has entered and not left.

    Attributes:
        children: those that the walk has not visited.
        extent: of the innermost block-level element around the text.
        outside: ids of the marked elements around its children, inline ones included.
        is_link: its text is link text.
    """

    children: Iterator[PageElement]
    extent: Extent
    outside: tuple[int, ...] = ()
    is_link: bool = False


class _Walk:
    """One pass over a tree. The stack replaces every search for elements around a text."""

    def __init__(self, root: Tag) -> None:
        self.blocks: list[Block] = []
        extent = Extent(root, root if root.name in HEADINGS else None)
        self.extents = {id(root): extent}
        self._open = [_OpenElement(iter(root.contents), extent, (), root.name == "a")]
        self._pieces: list[str] = []
        self._last_text = ""
        self._link_char_count = self._line_break_count = self._h1_count = 0
        self._has_rule = False

    def run(self) -> None:
        """Visit every node."""
        while self._open:
            current = self._open[-1]
            node = next(current.children, None)
            if node is None:
                self._leave()
            elif isinstance(node, Tag):
                self._enter(node, current)
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                self._read_text(node, current)

    def _enter(self, tag: Tag, around: _OpenElement) -> None:
        outside = around.outside
        if len(outside) < _MAX_OUTSIDE and is_outside_article(tag):
            outside = (*outside, id(tag))
        extent = around.extent
        if tag.name == "br":
            self._line_break_count += 1
        elif tag.name not in _INLINE:
            self._end_block(extent)
            heading = tag if tag.name in HEADINGS else extent.heading
            extent = Extent(tag, heading, outside, self._h1_count, len(self.blocks))
            self.extents[id(tag)] = extent
            self._h1_count += tag.name == "h1"
            self._has_rule = self._has_rule or tag.name == "hr"
        if tag.name in _PICTURES:
            extent.has_picture = True
        is_link = around.is_link or tag.name == "a"
        self._open.append(_OpenElement(iter(tag.contents), extent, outside, is_link))

    def _leave(self) -> None:
        extent = self._open.pop().extent
        around = self._open[-1].extent if self._open else None
        if extent is around:
            return
        self._end_block(extent)
        extent.end = len(self.blocks)
        if around is not None:
            around.char_count += extent.char_count
            around.has_picture = around.has_picture or extent.has_picture

    def _read_text(self, node: NavigableString, around: _OpenElement) -> None:
        bare = node.strip()
        if not bare:
            self._pieces.append(" ")
            return
        around.extent.char_count += len(bare) + 1
        if self._line_break_count > 1 or (self._line_break_count and self._last_text.endswith(_SENTENCE_END)):
            self._end_block(around.extent)
        elif self._line_break_count:
            self._pieces.append(" ")
        self._line_break_count = 0
        self._pieces.append(str(node))
        self._last_text = bare
        if around.is_link:
            self._link_char_count += len(bare)

    def _end_block(self, extent: Extent) -> None:
        """End the block before an element begins or ends, or at a line break."""
        if text := one_line("".join(self._pieces)):
            links, rule = self._link_char_count, self._has_rule
            block = Block(len(self.blocks), text, extent.element, extent.heading, links, extent.outside, rule)
            self.blocks.append(block)
            self._has_rule = False
        self._pieces.clear()
        self._last_text = ""
        self._link_char_count = self._line_break_count = 0


def read_blocks(root: Tag) -> PageBlocks:
    """Return the text blocks under an element, without empty ones."""
    walk = _Walk(root)
    walk.run()
    return PageBlocks(tuple(walk.blocks), walk.extents)
