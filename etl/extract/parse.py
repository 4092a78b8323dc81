"""Parse raw records into articles: JSON objects of the inbox, web pages, failure records."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from etl.domain.characters import mend_surrogates
from etl.domain.days import latest_plausible_day
from etl.domain.raw import HINT_HEADER, RawArticle, RawRecord
from etl.domain.urls import host_of
from etl.errors import RejectedArticle
from etl.extract.fields import parse_fields
from etl.extract.page import extract_page
from etl.extract.page.budget import PageReader
from etl.extract.page.timestamps import parse_timestamp
from etl.extract.sources import Source

_HTML_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/octet-stream")


def parse_article(
    record: RawRecord, sources: Sequence[Source] = (), read_page: PageReader = extract_page
) -> RawArticle:
    """Parse one raw record.

    Args:
        record: from the raw archive; its kind decides how it is parsed, never a header of its server.
        sources: known publishers; their selectors are used for their pages.
        read_page: `extract_page`, or a `BudgetedReader` to limit what a page may cost.

    Returns:
        The article. Its texts can be encoded, and its times are plausible: an article is not published long after it
        was collected.

    Raises:
        RejectedArticle: `bad_json` or `bad_record` for a JSON object; the reasons of `extract_page` for a page; the
            stored reason for a failure record.
    """
    if record.kind == "failure":
        failure = json.loads(record.payload)
        raise RejectedArticle(failure["reason"], failure["detail"])
    latest = latest_plausible_day(record.collected_at)
    if record.kind == "fields":
        return parse_fields(record.payload, latest)
    return _parse_page(record, sources, latest, read_page)


def is_own_page(record: RawRecord, article: RawArticle, sources: Sequence[Source]) -> bool:
    """Return whether the record is a page of the publisher that owns the article's URL, under this URL."""
    if record.kind != "page" or not _is_web(record.uri) or article.canonical_url is None:
        return False
    return _speaks_for(record, article.canonical_url, sources) and _speaks_for(record, record.uri, sources)


def _parse_page(
    record: RawRecord, sources: Sequence[Source], latest: date | None, read_page: PageReader
) -> RawArticle:
    media_type = record.content_type.partition(";")[0].strip().lower()
    if media_type not in _HTML_TYPES:
        raise RejectedArticle("not_html", f"the media type is {media_type}")
    article = read_page(
        record.payload,
        url=record.uri if _is_web(record.uri) else None,
        content_type=record.content_type,
        sources=sources,
        source_name=record.source_name,
        latest=latest,
    )
    article = _encodable(article)
    return article if article.published_at else _with_hinted_date(article, record, latest)


def _speaks_for(record: RawRecord, url: str, sources: Sequence[Source]) -> bool:
    """Return whether the record's source owns a URL; an unknown source owns the host that it is named after."""
    known = [source for source in sources if source.name == record.source_name]
    if known:
        return any(source.owns(url) for source in known)
    return host_of(url).removeprefix("www.") == record.source_name


def _with_hinted_date(article: RawArticle, record: RawRecord, latest: date | None) -> RawArticle:
    """Date an undated page by the time that its feed, sitemap or metadata file gives."""
    hint = next((value for name, value in record.http_headers if name == HINT_HEADER), None)
    published_at = parse_timestamp(hint, latest) if hint else None
    if published_at is None:
        return article
    extraction = ";".join(filter(None, (article.extraction, "published_at=source")))
    return replace(article, published_at=published_at, extraction=extraction)


def _encodable(article: RawArticle) -> RawArticle:
    """Mend lone surrogates in all texts of a page: its scripts can contain them as JSON escapes."""
    return replace(
        article,
        url=_mended(article.url),
        title=_mended(article.title),
        text=mend_surrogates(article.text),
        canonical_url=_mended(article.canonical_url),
        author=_mended(article.author),
        section=_mended(article.section),
        tags=tuple(map(mend_surrogates, article.tags)),
    )


def _mended(text: str | None) -> str | None:
    return mend_surrogates(text) if text else text


def _is_web(uri: str) -> bool:
    return uri.startswith(("http://", "https://"))
