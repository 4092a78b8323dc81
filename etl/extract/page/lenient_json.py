"""Parse the JSON that pages carry in scripts: with comments, stray semicolons and commas, raw line breaks."""

import html
import json
import re
from collections.abc import Iterator

from etl.extract.page.limits import LIMITS

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
_DECODER = json.JSONDecoder(strict=False)
_WRAPPING = re.compile(r"<!--|-->|/[/*]\s?<!\[CDATA\[(?:\s?\*/)?|/[/*]\s?\]\]>(?:\s?\*/)?|<!\[CDATA\[|\]\]>")
_COMMENT_LINE = re.compile(r"^[ \t]{0,40}//.*$", re.M)
_LAST_COMMA = re.compile(r",(?=\s*+[}\]])")
_SPACES_AND_SEMICOLONS = " \t\r\n;,\u00a0\ufeff"


def parse_json_script(text: str) -> list[Json]:
    """Return the values of a script: usually one; what follows the last readable value is ignored.

    A script that is not JSON, or is longer than the limit, has none.
    """
    if len(text) > LIMITS.script:
        return []
    bare = text
    for mend in (_keep, _unwrap, _drop_comments_and_commas, html.unescape):
        bare = mend(bare)
        if values := list(_read_values(bare)):
            return values
    return []


def read_value(text: str, start: int) -> tuple[Json, int] | None:
    """Return the JSON value that starts at an offset, and the offset after it; None if there is none."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return value, end


def _read_values(text: str) -> Iterator[Json]:
    at = 0
    while True:
        while at < len(text) and text[at] in _SPACES_AND_SEMICOLONS:
            at += 1
        found = read_value(text, at)
        if found is None:
            return
        value, at = found
        yield value


def _keep(text: str) -> str:
    return text


def _unwrap(text: str) -> str:
    return _WRAPPING.sub("", text)


def _drop_comments_and_commas(text: str) -> str:
    return _LAST_COMMA.sub("", _COMMENT_LINE.sub("", text))
