"""The text of an article in its metadata: body, updates of a live blog, captions of a gallery."""

import re
from collections.abc import Iterable, Iterator, Sequence

from etl.extract.page.blocks import read_blocks
from etl.extract.page.items import GALLERY_TYPES, Item, Properties, texts_of
from etl.extract.page.lenient_json import Json
from etl.extract.page.plain import plain_text
from etl.extract.page.scripts import take_scripts
from etl.extract.page.tree import parse_html

_MARKUP = re.compile(r"</?[a-z][a-z0-9]{0,15}[\s/>]", re.I)
_PICTURE_KEYS = ("associatedMedia", "image", "hasPart", "itemListElement", "mainEntity")
_CAPTION_KEYS = ("caption", "description", "text", "name")


def read_lines(text: str) -> list[str]:
    """Return the paragraphs of a text that may contain HTML."""
    plain = plain_text(text)
    if _MARKUP.search(plain):
        soup = parse_html(plain)
        take_scripts(soup)
        return [block.text for block in read_blocks(soup).every]
    return [line for line in map(str.strip, plain.splitlines()) if line]


def read_item_text(items: Sequence[Item]) -> str | None:
    """Return the longest body that an item gives, one paragraph per line; None if there is none."""
    bodies = ("\n".join(_body_lines(item.properties)) for item in items)
    return max(bodies, key=len, default="") or None


def read_captions(items: Iterable[Item]) -> str | None:
    """Return the description of a gallery and the captions of its pictures; None if no item is a gallery."""
    lines: list[str] = []
    for item in items:
        has_media = isinstance(item.properties.get("associatedMedia"), list)
        if item.types & GALLERY_TYPES or has_media:
            lines += [
                line for text in texts_of(item.properties.get("description")) for line in read_lines(text)
            ]
            for key in _PICTURE_KEYS:
                lines += _caption_lines(item.properties.get(key))
    return "\n".join(dict.fromkeys(lines)) or None


def _body_lines(properties: Properties) -> list[str]:
    bodies = list(texts_of(properties.get("articleBody")))
    lines = read_lines(max(bodies, key=len, default=""))
    known = set(lines)
    for update in _objects(properties.get("liveBlogUpdate")):
        for key in ("headline", "articleBody"):
            texts = texts_of(update.get(key))
            lines += [line for text in texts for line in read_lines(text) if line not in known]
    return lines


def _caption_lines(value: Json, depth: int = 0) -> Iterator[str]:
    for picture in _objects(value):
        if depth < 2 and isinstance(inner := picture.get("item"), dict):
            yield from _caption_lines(inner, depth + 1)
        caption = next((text for key in _CAPTION_KEYS for text in texts_of(picture.get(key))), "")
        yield from read_lines(caption)


def _objects(value: Json) -> list[Properties]:
    values = value if isinstance(value, list) else [value]
    return [part for part in values if isinstance(part, dict)]
