"""HTML to plain text without a parser: for fields that should hold plain text, and to see the language of a page.

`etl.extract.page` reads pages. Every pattern here takes a time that is linear in the length of the text.
"""

import html
import re

_TAG = re.compile(r"</?([a-z][a-z0-9]*)\b[^<>]*>|<!--|-->", re.I)
_CLOSED = re.compile(
    r"</(?:p|div|span|a|b|i|strong|em|h[1-6]|li|ul|ol|td|tr|table)\s*>|<(?:br|p|hr)\b[^<>]*>", re.I
)
"""Tags that plain text does not contain by chance."""
_ANY_TAG = re.compile(r"<[^<>]*>")
_HIDDEN = re.compile(r"<(/?)(?:script|style)\b[^<>]*>", re.I)
_BLOCKS = re.compile(
    r"address|article|aside|blockquote|br|d[dlt]|div|fig(caption|ure)|footer|h[1-6r]|header|li|main|[ou]l|p|pre|section"
    r"|table|t[dhr]",
    re.I,
)


def plain_text(text: str) -> str:
    """Return the text of a piece of HTML, one block per line; any other text unchanged.

    Tags may be escaped once (`&lt;p&gt;`). A newline written as backslash and n counts as one if the text has no other.
    References such as `&amp;` outside of escaped tags are left to cleaning.
    """
    if "\\n" in text and "\n" not in text:
        text = text.replace("\\r", "").replace("\\n", "\n")
    if not _CLOSED.search(text):
        unescaped = html.unescape(text) if "&lt;" in text or "&#60;" in text else text
        if not _CLOSED.search(unescaped):
            return text
        text = unescaped
    lines = _TAG.sub(_break_or_nothing, _drop_hidden(text)).split("\n")
    return "\n".join(stripped for line in lines if (stripped := line.strip()))


def strip_markup(text: str) -> str:
    """Return a page with a space for each tag, and without scripts and styles. The time is linear in the length."""
    return _ANY_TAG.sub(" ", _drop_hidden(text))


def _break_or_nothing(tag: re.Match[str]) -> str:
    return "\n" if _BLOCKS.fullmatch(tag[1] or "") else ""


def _drop_hidden(text: str) -> str:
    """Return the text without the contents of scripts and styles, in one pass; an unclosed one ends the text."""
    kept, start, is_hidden = [], 0, False
    for tag in _HIDDEN.finditer(text):
        if tag[1] and is_hidden:
            start, is_hidden = tag.end(), False
        elif not tag[1] and not is_hidden:
            kept.append(text[start : tag.start()])
            is_hidden = True
    return "".join(kept) + ("" if is_hidden else text[start:])
