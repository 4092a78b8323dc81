"""Read the microdata items of a page (schema.org attributes in the markup), in one pass over its tree."""

from collections.abc import Iterator

from bs4.element import PageElement, Tag

from etl.extract.page.blocks import read_blocks
from etl.extract.page.items import Properties
from etl.extract.page.lenient_json import Json
from etl.extract.page.limits import LIMITS
from etl.extract.page.tree import text_prefix

_VALUE_ATTRIBUTES = ("content", "datetime", "href", "src", "data")
_MAX_BODIES = 3


def read_microdata(root: Tag) -> list[Properties]:
    """Return the outermost items; nested ones are values of their properties, as in JSON-LD.

    A property that occurs several times has a list of values.
    """
    found: list[Properties] = []
    scopes: list[Properties] = []
    open_elements: list[tuple[Iterator[PageElement], bool]] = [(iter(root.contents), False)]
    body_count = 0
    while open_elements:
        children, has_scope = open_elements[-1]
        node = next(children, None)
        if node is None:
            open_elements.pop()
            if has_scope:
                scopes.pop()
        elif isinstance(node, Tag):
            names = str(node.get("itemprop") or "")[: LIMITS.attribute].split()
            item: Properties | None = {"@type": _types(node)} if node.has_attr("itemscope") else None
            if scopes and names:
                is_body = "articleBody" in names and item is None
                body_count += is_body
                value: Json = (
                    item if item is not None else _value(node, is_body and body_count <= _MAX_BODIES)
                )
                for name in names:
                    _add(scopes[-1], name, value)
            elif item is not None:
                found.append(item)
            if item is not None:
                scopes.append(item)
            open_elements.append((iter(node.contents), item is not None))
    return found


def _types(element: Tag) -> Json:
    return [*str(element.get("itemtype") or "")[: LIMITS.attribute].split()]


def _value(element: Tag, is_body: bool) -> str:
    for attribute in _VALUE_ATTRIBUTES:
        if isinstance(value := element.get(attribute), str):
            return value
    if is_body:
        return "\n".join(block.text for block in read_blocks(element).every)
    return text_prefix(element, LIMITS.title)


def _add(item: Properties, name: str, value: Json) -> None:
    known = item.get(name)
    if known is None:
        item[name] = value
    elif isinstance(known, list):
        known.append(value)
    else:
        item[name] = [known, value]
