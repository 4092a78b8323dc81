"""Characters of pages as a reader sees them."""

import html
import re

from etl.domain.characters import mend_surrogates
from etl.domain.hindi import mend_doubled, remove_invisible

_REFERENCE = re.compile(r"&[#\w]")
_MAX_ESCAPES = 4


def plain_text(text: str) -> str:
    """Resolve character references, repair text encoded twice and split emoji, and remove invisible marks.

    References that were escaped several times are resolved, too. Spaces are unchanged.
    """
    for _ in range(_MAX_ESCAPES):
        if not _REFERENCE.search(text):
            break
        text = html.unescape(text)
    return remove_invisible(mend_doubled(mend_surrogates(text)))


def one_line(text: str) -> str:
    """Return the plain text with single spaces."""
    return " ".join(plain_text(text).split())
