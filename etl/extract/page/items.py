"""Articles that the metadata of a page describes (JSON-LD, microdata), and the choice of the one that is this page's.

Pages describe related stories as well, in a `@graph` or an `ItemList`. Only the item of this page may title or date it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from etl.domain.urls import absolute_url
from etl.extract.page.agreement import Agreement, compare_titles
from etl.extract.page.lenient_json import Json
from etl.extract.page.limits import LIMITS
from etl.extract.page.plain import plain_text

ItemMethod = Literal["json-ld", "microdata"]
Properties = dict[str, Json]
ARTICLE_TYPES = frozenset({
    "article", "newsarticle", "reportagenewsarticle", "blogposting", "liveblogposting", "opinionnewsarticle",
    "analysisnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "advertisercontentarticle",
    "imagegallery", "mediagallery",
})  # fmt: skip
GALLERY_TYPES = frozenset({"imagegallery", "mediagallery"})
_OWN_KEYS = ("@graph", "mainEntity", "mainEntityOfPage")
"""Properties whose objects describe the page itself; other ones (`itemListElement`, `hasPart`) describe other pages."""
_MAX_DEPTH = 10
_SURE = 3
_SCORES: dict[Agreement, int] = {"equal": 3, "contained": 2, "similar": 1, "unknown": 0, "different": -2}


@dataclass(frozen=True, slots=True)
class Item:
    """A JSON-LD object or a microdata item.

    Attributes:
        properties: with the types as `@type`.
        is_nested: it is part of an object that is not this page.
    """

    method: ItemMethod
    properties: Properties
    is_nested: bool

    @property
    def types(self) -> set[str]:
        """Types in lower case, without the address of the vocabulary."""
        declared = self.properties.get("@type", self.properties.get("type"))
        values = declared if isinstance(declared, list) else [declared]
        return {str(value).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for value in values}

    @property
    def is_article(self) -> bool:
        """Whether one of its types is a kind of article."""
        return bool(self.types & ARTICLE_TYPES)


def find_items(value: Json, method: ItemMethod, *, is_nested: bool = False, depth: int = 0) -> Iterator[Item]:
    """Yield every object of a tree, outer ones first, down to a limited depth."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for part in value:
            yield from find_items(part, method, is_nested=is_nested, depth=depth + 1)
    elif isinstance(value, dict):
        yield Item(method, value, is_nested)
        for key, part in value.items():
            if isinstance(part, dict | list):
                inner = is_nested or key not in _OWN_KEYS
                yield from find_items(part, method, is_nested=inner, depth=depth + 1)


def choose_items(items: Sequence[Item], titles: Sequence[str], urls: Sequence[str]) -> list[Item]:
    """Return the article items that describe this page, in document order; none if none surely does.

    Args:
        items: of the whole page; those that are not articles are ignored.
        titles: headings and titles that the page shows.
        urls: its own URL and the canonical one, as far as they are known.
    """
    articles = [item for item in items if item.is_article][: LIMITS.items]
    own_urls = {key for url in urls if (key := _url_key(url))}
    base = next(iter(urls), "")
    scores = [_score(item, titles, own_urls, base) for item in articles]
    best = max(scores, default=0)
    if best > 0:
        return [item for item, score in zip(articles, scores, strict=True) if score >= min(best, _SURE)]
    top = [(item, score) for item, score in zip(articles, scores, strict=True) if not item.is_nested]
    return [item for item, score in top if score == 0] if len(top) == 1 else []


def texts_of(value: Json, depth: int = 0) -> Iterator[str]:
    """Yield the texts of a value that is a text, a number, an object with a name, or a list of these."""
    if isinstance(value, str):
        if plain := plain_text(value).strip():
            yield plain
    elif isinstance(value, list) and depth < 3:
        for part in value:
            yield from texts_of(part, depth + 1)
    elif isinstance(value, dict) and depth < 3:
        yield from texts_of(value.get("name", value.get("@value")), depth + 1)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def _score(item: Item, titles: Sequence[str], own_urls: set[str], base: str) -> int:
    declared = {
        key for url in _item_urls(item.properties) if (key := _url_key(absolute_url(base, url) or ""))
    }
    score = -1 if item.is_nested else 0
    if own_urls and declared:
        score += _SURE if declared & own_urls else -1
    headline = next((text for key in ("headline", "name") for text in texts_of(item.properties.get(key))), "")
    agreements = [compare_titles(headline, title) for title in titles]
    return score + max((_SCORES[agreement] for agreement in agreements), default=0)


def _item_urls(properties: Properties) -> Iterator[str]:
    page = properties.get("mainEntityOfPage")
    values = [properties.get("url"), properties.get("@id"), page]
    if isinstance(page, dict):
        values += [page.get("@id"), page.get("url")]
    yield from (value for value in values if isinstance(value, str))


def _url_key(url: str) -> str | None:
    """Return a key that is equal for the addresses of one page; None for a home page and for text that is no URL."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    if parts.scheme not in ("http", "https") or not (path or parts.query):
        return None
    host = parts.netloc.lower()
    for prefix in ("www.", "m.", "amp."):
        host = host.removeprefix(prefix)
    return f"{host}{path.removesuffix('/amp')}?{parts.query}"
