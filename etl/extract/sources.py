"""Sources as data: read `seeds/sources.toml`, one entry per publisher, into validated frozen records."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, TypeVar, get_type_hints
from urllib.parse import urlsplit

import soupsieve

from etl.domain.characters import one_line
from etl.domain.ids import make_source_id
from etl.domain.urls import find_url_problem, host_of
from etl.errors import BadSetting

GapNote = Literal["no archive: nothing to backfill"]
"""Why a source has no articles for a past day (closed list)."""
NO_ARCHIVE: GapNote = "no archive: nothing to backfill"
_EXAMPLE_DATE = {"year": "2020", "month": "02", "day": "14"}
_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors of a publisher's article pages; None where the generic extractor is used.

    Attributes:
        title: the headline.
        body: the element (or elements, in order) that contain the paragraphs of the body.
        published: an element whose `datetime` or `content` attribute, or text, is the time of publication.
        author: the author's name.
        drop: elements that are removed before title and body are read.
    """

    title: str | None = None
    body: str | None = None
    published: str | None = None
    author: str | None = None
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Politeness:
    """Limits for requests to one host.

    Attributes:
        crawl_delay_seconds: minimum time between the starts of two requests; robots.txt may require more.
        concurrency: maximum number of requests at the same time.
    """

    crawl_delay_seconds: float = 2.0
    concurrency: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """One publisher: where its articles are found and how its pages are read.

    Attributes:
        name: as stored with its articles; its slug is the id used in paths, tables and parameters.
        name_hi: Hindi name.
        home_url: address of the home page.
        domains: hosts of its articles, including their subdomains.
        language: ISO 639-1 code of its articles.
        licence_note: terms under which its pages may be read and stored.
        archive_note: what it offers for a past day.
        feeds: URLs of RSS or Atom feeds.
        news_sitemaps: URLs of sitemaps (or indexes) of the last days.
        sitemap_archive: URL template of the sitemap of one past day or month, with `{year}` (four digits), `{month}`
            and `{day}` (two digits each); None if it has no archive.
        listings: URLs of pages that link to new articles.
        article_pattern: regular expression that is searched in the URL of an article; None accepts every URL.
        crawl_delay_seconds: minimum time between two requests to one host; robots.txt may require more.
        concurrency: maximum number of requests to one host at the same time.
        verified: a person has checked the entry against the live site.
        enabled: scheduled runs crawl it.
        selectors: CSS selectors of its pages.
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
        """Slug of the name."""
        return make_source_id(self.name)

    @property
    def politeness(self) -> Politeness:
        """Limits for requests to its hosts."""
        return Politeness(self.crawl_delay_seconds, self.concurrency)

    def owns(self, url: str) -> bool:
        """Return whether a URL is on one of its hosts."""
        host = host_of(url)
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)

    def is_article(self, url: str) -> bool:
        """Return whether a URL is on one of its hosts and matches its article pattern."""
        return self.owns(url) and (not self.article_pattern or bool(re.search(self.article_pattern, url)))

    def archive_url(self, day: str) -> str | None:
        """Return the URL of the sitemap that lists a past day (YYYY-MM-DD), or None if it has no archive."""
        if self.sitemap_archive is None:
            return None
        return self.sitemap_archive.format(**dict(zip(_EXAMPLE_DATE, day.split("-"), strict=True)))


def read_sources(path: Path) -> tuple[Source, ...]:
    """Read and validate `sources.toml`.

    Raises:
        BadSetting: the file is missing, is not TOML, or has an invalid entry; the message gives entry and field.
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
    """Return the source that owns the host of a URL; if there are several, the one with the longest domain."""
    owners = [source for source in sources if source.owns(url)]
    host = host_of(url)
    return max(owners, key=lambda source: _match_length(source, host), default=None)


def _match_length(source: Source, host: str) -> int:
    return max(len(domain) for domain in source.domains if host == domain or host.endswith(f".{domain}"))


def _read_source(path: Path, number: int, table: dict[str, Any]) -> Source:
    where = f"{path}: source {table.get('name', number)!r}"
    selectors = table.pop("selectors", {})
    source = _build(Source, table | {"selectors": _build(Selectors, selectors, f"{where}: selectors")}, where)
    for problem in _find_problems(source):
        raise BadSetting(f"{where}: {problem}")
    return source


def _build(record_type: type[_Record], table: dict[str, Any], where: str) -> _Record:
    hints = get_type_hints(record_type)
    known = {field.name: field for field in fields(record_type)}  # type: ignore[arg-type]
    if unknown := table.keys() - known.keys():
        raise BadSetting(f"{where}: unknown field {', '.join(sorted(unknown))}")
    values = {name: _check_value(hints[name], value, f"{where}: {name}") for name, value in table.items()}
    try:
        return record_type(**values)
    except TypeError as error:
        raise BadSetting(f"{where}: {str(error).partition(') ')[2] or error}") from error


def _check_value(hint: Any, value: Any, where: str) -> Any:
    if hint == tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadSetting(f"{where}: expected a list of strings, found {value!r}")
        return tuple(value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (isinstance(value, bool) and hint is not bool):
        raise BadSetting(f"{where}: {value!r} has the wrong type, {type(value).__name__}")
    return value


def _find_problems(source: Source) -> Iterable[str]:
    archive = source.sitemap_archive
    urls = [source.home_url, *source.feeds, *source.news_sitemaps, *source.listings]
    if archive:
        try:
            urls.append(archive.format(**_EXAMPLE_DATE))
        except (KeyError, IndexError, AttributeError, ValueError):
            yield f"sitemap_archive: {archive!r} may only contain {{year}}, {{month}} and {{day}}"
    for url in urls:
        if not host_of(url) or urlsplit(url).scheme not in ("http", "https") or find_url_problem(url):
            yield f"{url!r} is not an http(s) URL"
    if one_line(source.name) != source.name:
        yield "name: only one line without control characters is allowed"
    if not source.domains:
        yield "domains: at least one host is required"
    if not (source.feeds or source.news_sitemaps or source.listings or archive):
        yield "nothing to discover articles from: set feeds, news_sitemaps, listings or sitemap_archive"
    if source.crawl_delay_seconds < 0 or not 1 <= source.concurrency <= 16:
        yield "crawl_delay_seconds must not be negative; concurrency must be between 1 and 16"
    yield from _find_bad_patterns(source)


def _find_bad_patterns(source: Source) -> Iterable[str]:
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
            raise BadSetting(f"{path}: the {what} {value!r} appears twice")
        seen.add(value)
