"""Parse HTML to a tree of limited depth and size."""

from typing import Any

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

from etl.errors import RejectedArticle
from etl.extract.page.limits import LIMITS, PageLimits
from etl.extract.page.plain import one_line


def parse_html(text: str, limits: PageLimits = LIMITS) -> BeautifulSoup:
    """Parse a page or a fragment of HTML.

    Raises:
        RejectedArticle: `too_costly` as soon as the page exceeds the limits of depth or size.
    """
    return _LimitedTree(text, limits)


def text_prefix(element: Tag, char_count: int) -> str:
    """Return the plain text of an element with single spaces, cut after about this number of characters.

    Unlike `get_text`, it does not read the rest of a long element.
    """
    pieces: list[str] = []
    length = 0
    for piece in element.strings:
        bare = piece.strip()
        if bare:
            # Characters that were encoded twice may look like spaces: only plain text may be stripped.
            pieces.append(piece if len(piece) <= 2 * char_count else bare[:char_count])
            length += len(bare)
        if length > char_count:
            break
    return one_line(" ".join(pieces))


class _LimitedTree(BeautifulSoup):
    """A tree that stops the parser when the page exceeds a limit."""

    _node_count = 0
    _limits = LIMITS

    def __init__(self, text: str, limits: PageLimits) -> None:
        self._limits = limits
        super().__init__(text, "lxml")

    def handle_starttag(self, *args: Any, **options: Any) -> Tag | None:
        """Count an element; called by the parser."""
        self._count_node()
        if len(self.tagStack) > self._limits.depth:
            raise RejectedArticle("too_costly", f"more than {self._limits.depth} nested elements")
        return super().handle_starttag(*args, **options)

    def object_was_parsed(self, o: PageElement, *args: Any, **options: Any) -> None:
        """Count a text or comment; called by the parser."""
        self._count_node()
        super().object_was_parsed(o, *args, **options)

    def _count_node(self) -> None:
        self._node_count += 1
        if self._node_count > self._limits.nodes:
            raise RejectedArticle("too_costly", f"more than {self._limits.nodes} elements and texts")
