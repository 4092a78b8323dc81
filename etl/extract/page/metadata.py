"""Read the metadata of a page: JSON-LD, OpenGraph, microdata, meta tags."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bs4 import BeautifulSoup

from etl.extract.page.item_text import read_captions, read_item_text
from etl.extract.page.items import Item, choose_items, find_items, texts_of
from etl.extract.page.lenient_json import parse_json_script
from etl.extract.page.limits import LIMITS
from etl.extract.page.microdata import read_microdata
from etl.extract.page.plain import one_line, plain_text
from etl.extract.page.scripts import Script
from etl.extract.page.tree import text_prefix

_VIDEO_TYPES = {"videoobject", "video.other", "video", "video.movie", "video.episode"}
_MAX_HEADINGS = 20
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
        shown_titles: headings and titles that the page shows its readers or other sites, without methods.
        published: times of publication, not parsed.
        modified: times of the last change, not parsed.
        authors: one text per statement; several names are joined with commas.
        sections: sections of the newspaper.
        tags: keywords, without repetitions.
        article_body: text of the article in JSON-LD or microdata, one paragraph per line; None if it is not there.
        captions: of the pictures that the page's item lists, one per line; None if there are none.
        canonical_urls: as in the page, not resolved.
        is_live: the metadata calls the page a live blog, and `article_body` has its updates.
        is_video: the metadata calls the page a video and not an article.
        is_free: False if the metadata says that the article is behind a paywall.
    """

    titles: list[tuple[str, str]] = field(default_factory=list)
    shown_titles: list[str] = field(default_factory=list)
    published: list[tuple[str, str]] = field(default_factory=list)
    modified: list[tuple[str, str]] = field(default_factory=list)
    authors: list[tuple[str, str]] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    article_body: str | None = None
    captions: str | None = None
    canonical_urls: list[tuple[str, str]] = field(default_factory=list)
    is_live: bool = False
    is_video: bool = False
    is_free: bool = True


def read_metadata(soup: BeautifulSoup, scripts: Iterable[Script], url: str | None) -> PageMetadata:
    """Read the metadata of a page; skip malformed parts, and descriptions of other articles.

    Args:
        soup: the page without scripts and styles.
        scripts: of the page.
        url: of the page; None if unknown.
    """
    meta = _read_meta_tags(soup)
    canonical_urls = [*_canonical_links(soup), *((value, "opengraph") for value in meta.get("og:url", ()))]
    every = [*_read_json_ld(scripts), *find_items(list(read_microdata(soup)), "microdata")]
    urls = [value for value in (url, *(value for value, _ in canonical_urls)) if value]
    shown_titles = _shown_titles(soup, meta)
    items = choose_items(every, shown_titles, urls)
    og_type = next(iter(meta.get("og:type", ())), "").lower()
    has_video = any(item.types & _VIDEO_TYPES for item in every) or og_type in _VIDEO_TYPES
    tags = [tag for item in items for tag in texts_of(item.properties.get("keywords"))]
    return PageMetadata(
        titles=[*_titles(items), *_meta_values(meta, ("og:title", "twitter:title"), "opengraph")],
        shown_titles=shown_titles,
        published=[
            *_item_values(items, "datePublished"),
            *_meta_values(meta, _META_NAMES["published"]),
            *_item_values(items, "dateCreated"),
        ],
        modified=[*_item_values(items, "dateModified"), *_meta_values(meta, _META_NAMES["modified"])],
        authors=[*_item_values(items, "author"), *_meta_values(meta, _META_NAMES["author"])],
        sections=[*_item_values(items, "articleSection"), *_meta_values(meta, _META_NAMES["section"])],
        tags=tuple(_split_tags(tags or [text for text, _ in _meta_values(meta, _META_NAMES["tags"])])),
        article_body=read_item_text(items),
        captions=read_captions(items),
        canonical_urls=canonical_urls,
        is_live=any("liveblogposting" in item.types for item in items),
        is_video=has_video and not items and og_type != "article",
        is_free=not any(str(item.properties.get("isAccessibleForFree")).lower() == "false" for item in items),
    )


def _read_json_ld(scripts: Iterable[Script]) -> Iterator[Item]:
    for script in scripts:
        if script.media_type == "application/ld+json":
            yield from find_items(parse_json_script(script.text), "json-ld")


def _shown_titles(soup: BeautifulSoup, meta: dict[str, list[str]]) -> list[str]:
    """Return the titles that the page shows its readers or other sites, without repetitions."""
    elements = [*soup.find_all("title", limit=1), *soup.find_all("h1", limit=_MAX_HEADINGS)]
    texts = [text_prefix(element, LIMITS.title) for element in elements]
    return [*dict.fromkeys(filter(None, map(one_line, [*texts, *meta.get("og:title", ())[:1]])))]


def _titles(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    for item in items:
        name = "headline" if item.properties.get("headline") else "name"
        if headline := next(texts_of(item.properties.get(name)), None):
            yield headline, item.method


def _item_values(items: Sequence[Item], name: str) -> Iterator[tuple[str, str]]:
    for item in items:
        if joined := ", ".join(dict.fromkeys(texts_of(item.properties.get(name)))):
            yield joined, item.method


def _read_meta_tags(soup: BeautifulSoup) -> dict[str, list[str]]:
    """Return the contents of the meta tags by name in lower case, in document order."""
    found: dict[str, list[str]] = {}
    for tag in soup.find_all("meta"):
        content = tag.get("content")
        if not isinstance(content, str) or not (text := plain_text(content).strip()):
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if isinstance(name := tag.get(attribute), str):
                found.setdefault(name[: LIMITS.attribute].lower(), []).append(text)
    return found


def _meta_values(
    meta: dict[str, list[str]], names: Iterable[str], method: str = "meta"
) -> Iterator[tuple[str, str]]:
    for name in names:
        for content in meta.get(name, ()):
            yield content, method


def _canonical_links(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    for link in soup.find_all("link"):
        rel, href = link.get("rel"), link.get("href")
        if rel and "canonical" in [str(word).lower() for word in rel] and isinstance(href, str):
            yield href.strip(), "link"


def _split_tags(tags: list[str]) -> Iterator[str]:
    parts = (part.strip() for tag in tags for part in tag.split(","))
    yield from dict.fromkeys(part for part in parts if part)
