"""Sources as data: `seeds/sources.toml`, one entry a publisher, read into frozen records and checked."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, TypeVar, get_type_hints
from urllib.parse import urlsplit

import soupsieve

from etl.domain.ids import make_source_id
from etl.domain.urls import host_of
from etl.errors import BadSetting

Gap = Literal["no archive: nothing to backfill"]
NO_ARCHIVE: Gap = "no archive: nothing to backfill"
_DATE_FIELDS = {"year": "2020", "month": "02", "day": "14"}
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors of a publisher's article pages; None where only the generic extractor knows.

    Attributes:
        title: the headline.
        body: the element (or elements, in order) that hold the body's paragraphs.
        published: an element whose `datetime` or `content` attribute, or text, is the time of publication.
        author: who wrote it.
        drop: elements that are taken out before anything is read.
    """

    title: str | None = None
    body: str | None = None
    published: str | None = None
    author: str | None = None
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One publisher: where its articles are found and how its pages are read.

    Attributes:
        name: as it is stored with its articles; its slug names it in paths, tables and parameters.
        name_hi: as it calls itself.
        domains: hosts of its articles; their subdomains count too.
        language: ISO 639-1 code of its articles.
        feeds: RSS or Atom addresses.
        news_sitemaps: sitemaps (or indexes) of the last days.
        sitemap_archive: address of the sitemap of one past day, or month, with `{year}`, `{month}`, `{day}`
            (two digits each, the year four); None where it keeps none.
        listings: pages that link to new articles.
        article_pattern: regular expression that an article's URL matches somewhere; None: any URL may be one.
        crawl_delay_seconds: least time between two requests to one host; robots.txt may ask for more.
        concurrency: requests to one host at a time.
        licence_note: under which terms its pages may be read and kept.
        archive_note: what it can give for a past day.
        verified: somebody has checked the live site.
        enabled: scheduled runs ask it.
    """

    name: str
    name_hi: str
    home_url: str
    domains: tuple[str, ...]
    language: str
    licence_note: str
    archive_note: str
    feeds: tuple[str, ...] = ()
    news_sitemaps: tuple[str, ...] = ()
    sitemap_archive: str | None = None
    listings: tuple[str, ...] = ()
    article_pattern: str | None = None
    crawl_delay_seconds: float = 2.0
    concurrency: int = 1
    verified: bool = False
    enabled: bool = False
    selectors: Selectors = Selectors()

    @property
    def source_id(self) -> str:
        """Its slug."""
        return make_source_id(self.name)

    def owns(self, url: str) -> bool:
        """Tell whether a URL is on one of its hosts."""
        host = host_of(url)
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)

    def is_article(self, url: str) -> bool:
        """Tell whether a URL of its hosts looks like one of its articles."""
        return self.owns(url) and (not self.article_pattern or bool(re.search(self.article_pattern, url)))

    def archive_url(self, day: str) -> str | None:
        """Return the sitemap that lists a past day (YYYY-MM-DD), or None where it keeps no archive."""
        if self.sitemap_archive is None:
            return None
        return self.sitemap_archive.format(**dict(zip(_DATE_FIELDS, day.split("-"), strict=True)))


def read_sources(path: Path) -> tuple[Source, ...]:
    """Read and check `sources.toml`.

    Raises:
        BadSetting: no such file, no TOML, or an entry that cannot be used; the message names entry and field.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("source", [])
    except FileNotFoundError as error:
        raise BadSetting(
            f"{path} is missing: restore seeds/ from git, or point MULAQAT_SEEDS at a copy"
        ) from error
    except ValueError as error:
        raise BadSetting(f"{path}: {error}") from error
    sources = tuple(_read_source(path, number, table) for number, table in enumerate(tables, 1))
    _require_unique(path, "name", (source.source_id for source in sources))
    _require_unique(path, "domain", (domain for source in sources for domain in source.domains))
    return sources


def source_of_url(sources: Iterable[Source], url: str) -> Source | None:
    """Return the source on whose hosts a URL lies; of several the one with the longest domain."""
    owners = [source for source in sources if source.owns(url)]
    host = host_of(url)
    return max(owners, key=lambda source: _match_length(source, host), default=None)


def _match_length(source: Source, host: str) -> int:
    return max(len(domain) for domain in source.domains if host == domain or host.endswith(f".{domain}"))


def _read_source(path: Path, number: int, table: dict[str, Any]) -> Source:
    where = f"{path}: source {table.get('name', number)!r}"
    selectors = table.pop("selectors", {})
    source = _build(Source, table | {"selectors": _build(Selectors, selectors, f"{where}: selectors")}, where)
    for problem in _problems(source):
        raise BadSetting(f"{where}: {problem}")
    return source


def _build(record_type: type[Record], table: dict[str, Any], where: str) -> Record:
    hints = get_type_hints(record_type)
    known = {field.name: field for field in fields(record_type)}  # type: ignore[arg-type]
    if unknown := table.keys() - known.keys():
        raise BadSetting(f"{where}: unknown field {', '.join(sorted(unknown))}")
    values = {name: _value(hints[name], value, f"{where}: {name}") for name, value in table.items()}
    try:
        return record_type(**values)
    except TypeError as error:
        raise BadSetting(f"{where}: {str(error).partition(') ')[2] or error}") from error


def _value(hint: Any, value: Any, where: str) -> Any:
    if hint == tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadSetting(f"{where}: a list of texts is wanted, not {value!r}")
        return tuple(value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (isinstance(value, bool) and hint is not bool):
        raise BadSetting(f"{where}: {value!r} is {type(value).__name__}")
    return value


def _problems(source: Source) -> Iterable[str]:
    archive = source.sitemap_archive
    addresses = [source.home_url, *source.feeds, *source.news_sitemaps, *source.listings]
    if archive:
        try:
            addresses.append(archive.format(**_DATE_FIELDS))
        except (KeyError, IndexError, ValueError):
            yield f"sitemap_archive: only {{year}}, {{month}} and {{day}} can be filled in, not {archive!r}"
    for address in addresses:
        if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
            yield f"{address!r} is no http(s) address"
    if not source.domains:
        yield "domains: at least one host is needed"
    if not (source.feeds or source.news_sitemaps or source.listings or archive):
        yield "nothing to discover articles with: give feeds, news_sitemaps, listings or sitemap_archive"
    if source.crawl_delay_seconds < 0 or not 1 <= source.concurrency <= 16:
        yield "crawl_delay_seconds must not be negative, concurrency lies in 1 to 16"
    yield from _unreadable_patterns(source)


def _unreadable_patterns(source: Source) -> Iterable[str]:
    try:
        re.compile(source.article_pattern or "")
    except re.error as error:
        yield f"article_pattern: {error}"
    selectors = source.selectors
    single = (selectors.title, selectors.body, selectors.published, selectors.author)
    for selector in (*filter(None, single), *selectors.drop):
        try:
            soupsieve.compile(selector)
        except soupsieve.SelectorSyntaxError as error:
            yield f"selectors: {selector!r}: {str(error).splitlines()[0]}"


def _require_unique(path: Path, what: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise BadSetting(f"{path}: the {what} {value!r} stands twice")
        seen.add(value)
