"""Read text as if it had no emoji: they are decoration between a name and its case marker ("मोदी🙏 ने")."""

import re
from collections.abc import Sequence

_SYMBOL = (
    "[\u231a-\u23ff\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u27bf\u2b05-\u2b55\U0001f000-\U0001fbff]"
)
_MODIFIER = "[\u200d\u20e3\ufe0e\ufe0f\U000e0020-\U000e007f]"
"""Joiners, variation selectors, keycaps and tags, which change or connect the symbol before them."""
_EMOJI = re.compile(f"{_SYMBOL}{_MODIFIER}*+|[\u20e3\ufe0e\ufe0f]")
_DECORATION = re.compile(f" ?(?:(?:{_EMOJI.pattern}) ?)+")
_CLOSING = frozenset(",.;:!?।॥)]’”")
"""Signs that follow a word without a space."""


def blank_emoji(text: str) -> str:
    """Return the text with spaces for its emoji: every other character keeps its offset."""
    return _EMOJI.sub(lambda match: " " * len(match[0]), text)


def without_emoji(text: str, start_char: int) -> tuple[str, Sequence[int]]:
    """Return one line without emoji, and where each of its characters is.

    An emoji and the spaces around it become one space; nothing at an end of the line and before a closing sign.

    Args:
        text: a line with single spaces.
        start_char: offset of the line in its article.

    Returns:
        The plain line, and for each of its characters the offset in the article.
    """
    if not _EMOJI.search(text):
        return text, range(start_char, start_char + len(text))
    plain: list[str] = []
    offsets: list[int] = []
    end = 0
    for match in _DECORATION.finditer(text):
        plain.append(text[end : match.start()])
        offsets += range(start_char + end, start_char + match.start())
        end = match.end()
        if match.start() > 0 and end < len(text) and text[end] not in _CLOSING and not _is_selector(match[0]):
            plain.append(" ")
            offsets.append(start_char + match.start())
    plain.append(text[end:])
    offsets += range(start_char + end, start_char + len(text))
    return "".join(plain), offsets


def _is_selector(decoration: str) -> bool:
    """Return whether there is no symbol, only a sign that changes the character before it, as in the keycap "1️⃣"."""
    return " " not in decoration and not re.search(_SYMBOL, decoration)
