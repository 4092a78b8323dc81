"""Characters that no encoder accepts: lone surrogates, and control characters where one line of text is expected."""

import re

_LONE = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def mend_surrogates(text: str) -> str:
    """Return text that can be encoded: two halves of a character are joined, a single half becomes U+FFFD.

    JSON may write a character as two escapes, D83D and DE4F; a text that was cut between them keeps one half.
    """
    if not _LONE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def one_line(text: str) -> str:
    """Return the text without control characters and line breaks; each run of them becomes a space."""
    return _CONTROLS.sub(" ", mend_surrogates(text)).strip()
