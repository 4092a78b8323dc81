"""Read the metadata of a page: JSON-LD, OpenGraph, microdata, meta tags."""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import extruct
from bs4 import BeautifulSoup, Tag

_ARTICLE_TYPES = {
    "article", "newsarticle", "reportagenewsarticle", "blogposting", "liveblogposting", "opinionnewsarticle",
    "analysisnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "advertisercontentarticle",
}  # fmt: skip
_VIDEO_TYPES = {"videoobject", "video.other", "video", "video.movie", "video.episode"}
_ITEM_DEPTH = 6
_MetaKind = Literal["published", "modified", "author", "section", "tags"]
_META_NAMES: dict[_MetaKind, tuple[str, ...]] = {
    "published": (
        "article:published_time", "og:article:published_time", "publish-date", "publishdate", "publish_date",
        "published_at", "pubdate", "datepublished", "dc.date.issued", "dcterms.created", "dc.date", "date",
        "sailthru.date", "parsely-pub-date", "article.published", "cxenseparse:recs:publishtime", "created-date",
    ),
    "modified": (
        "article:modified_time", "og:updated_time", "last-modified", "lastmod", "modified-date", "datemodified",
        "dcterms.modified", "article.updated",
    ),
    "author": ("author", "article:author", "dc.creator", "sailthru.author", "parsely-author", "byl"),
    "section": ("article:section", "section", "parsely-section"),
    "tags": ("news_keywords", "article:tag", "keywords"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """Metadata of a page. Each list has the most trusted value first, with the method that found it.

    Attributes:
        titles: headlines.
        published: times of publication, not parsed.
        modified: times of the last change, not parsed.
        authors: one text per statement; several names are joined with commas.
        sections: sections of the newspaper.
        tags: keywords, without repetitions.
        article_body: text of the article in JSON-LD or microdata; None if it is not there.
        canonical_urls: as in the page, not resolved.
        is_article: the metadata calls the page an article.
        is_video: the metadata calls the page a video and not an article.
        is_free: False if the metadata says that the article is behind a paywall.
    """

    titles: list[tuple[str, str]] = field(default_factory=list)
    published: list[tuple[str, str]] = field(default_factory=list)
    modified: list[tuple[str, str]] = field(default_factory=list)
    authors: list[tuple[str, str]] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    article_body: str | None = None
    canonical_urls: list[tuple[str, str]] = field(default_factory=list)
    is_article: bool = False
    is_video: bool = False
    is_free: bool = True


def read_metadata(soup: BeautifulSoup, text: str, url: str | None) -> PageMetadata:
    """Read the metadata of a page; skip malformed parts.

    Args:
        soup: the whole page.
        text: the decoded HTML, for extruct.
        url: of the page; None if unknown.
    """
    data = _extract(text, url)
    json_ld = list(_items(data.get("json-ld", [])))
    microdata = list(_items(data.get("microdata", [])))
    items = [("json-ld", item) for item in json_ld if _types(item) & _ARTICLE_TYPES]
    items += [("microdata", item) for item in microdata if _types(item) & _ARTICLE_TYPES]
    graph = {key: value for part in data.get("opengraph", []) for key, value in reversed(part["properties"])}
    og_type = str(graph.get("og:type", "")).lower()
    videos = any(_types(item) & _VIDEO_TYPES for item in (*json_ld, *microdata)) or og_type in _VIDEO_TYPES
    bodies = (body for _, item in items for body in _texts(item.get("articleBody")))
    tags = [tag for _, item in items for tag in _texts(item.get("keywords"))]
    return PageMetadata(
        titles=[*_item_values(items, "headline"), *_opengraph_values(graph, "og:title", "twitter:title")],
        published=[
            *_item_values(items, "datePublished"),
            *_meta_values(soup, "published"),
            *_item_values(items, "dateCreated"),
        ],
        modified=[*_item_values(items, "dateModified"), *_meta_values(soup, "modified")],
        authors=[*_item_values(items, "author"), *_meta_values(soup, "author")],
        sections=[*_item_values(items, "articleSection"), *_meta_values(soup, "section")],
        tags=tuple(_split_tags(tags or [text for text, _ in _meta_values(soup, "tags")])),
        article_body=max(bodies, key=len, default=None),
        canonical_urls=[*_canonical_links(soup), *_opengraph_values(graph, "og:url")],
        is_article=bool(items) or og_type == "article",
        is_video=videos and not items and og_type != "article",
        is_free=not any(str(item.get("isAccessibleForFree")).lower() == "false" for _, item in items),
    )


def unescape(text: str) -> str:
    """Resolve character references, also those that were escaped several times."""
    for _ in range(4):
        plain = html.unescape(text)
        if plain == text:
            break
        text = plain
    return text


def _extract(text: str, url: str | None) -> dict[str, list[Any]]:
    try:
        data: dict[str, list[Any]] = extruct.extract(
            text, base_url=url, syntaxes=["json-ld", "opengraph", "microdata"], errors="ignore"
        )
    except (
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
        AssertionError,
    ):  # Some pages make lxml itself fail.
        return {}
    return data


def _items(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield every JSON-LD object or microdata item of a tree, outer ones first, down to a limited depth."""
    if depth > _ITEM_DEPTH:
        return
    if isinstance(value, list):
        for part in value:
            yield from _items(part, depth)
    elif isinstance(value, dict):
        item = _properties(value)
        yield {**item, "@type": value.get("@type", value.get("type"))}
        for part in item.values():
            if isinstance(part, dict | list):
                yield from _items(part, depth + 1)


def _properties(value: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of a microdata item, or a JSON-LD object itself."""
    properties = value.get("properties")
    return properties if isinstance(properties, dict) else value


def _types(item: dict[str, Any]) -> set[str]:
    declared = item.get("@type")
    values = declared if isinstance(declared, list) else [declared]
    return {str(value).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for value in values}


def _item_values(items: list[tuple[str, dict[str, Any]]], name: str) -> Iterator[tuple[str, str]]:
    for method, item in items:
        joined = ", ".join(dict.fromkeys(_texts(item.get(name))))
        if joined:
            yield joined, method


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the texts of a value that is a text, a number, an object with a name, or a list of these."""
    if isinstance(value, str):
        if plain := unescape(value).strip():
            yield plain
    elif isinstance(value, list) and depth < 3:
        for part in value:
            yield from _texts(part, depth + 1)
    elif isinstance(value, dict) and depth < 3:
        inner = _properties(value)
        yield from _texts(inner.get("name", inner.get("@value")), depth + 1)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def _opengraph_values(graph: dict[str, Any], *names: str) -> Iterator[tuple[str, str]]:
    for name in names:
        if isinstance(graph.get(name), str) and graph[name].strip():
            yield unescape(graph[name]).strip(), "opengraph"


def _meta_values(soup: BeautifulSoup, kind: _MetaKind) -> Iterator[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for tag in soup.find_all("meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name, content = tag.get(attribute), tag.get("content")
            if isinstance(name, str) and isinstance(content, str) and content.strip():
                found.setdefault(name.lower(), []).append(unescape(content).strip())
    for name in _META_NAMES[kind]:
        for content in found.get(name, ()):
            yield content, "meta"


def _canonical_links(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    for link in soup.find_all("link"):
        rel, href = link.get("rel"), link.get("href")
        if rel and "canonical" in [str(word).lower() for word in rel] and isinstance(href, str):
            yield href.strip(), "link"


def _split_tags(tags: list[str]) -> Iterator[str]:
    parts = (part.strip() for tag in tags for part in tag.split(","))
    yield from dict.fromkeys(part for part in parts if part)


def drop_scripts(soup: BeautifulSoup) -> None:
    """Remove elements without readable text: scripts, styles, templates, embedded objects."""
    for tag in soup.find_all(("script", "style", "template", "noscript", "svg", "iframe", "object")):
        if isinstance(tag, Tag):
            tag.decompose()
