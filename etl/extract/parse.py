"""Parse raw records into articles: JSON objects of the inbox, web pages, failure records."""

import json
from collections.abc import Sequence
from dataclasses import replace

from etl.domain.raw import FAILURE_TYPE, HINT_HEADER, RawArticle, RawRecord
from etl.errors import RejectedArticle
from etl.extract.inbox import parse_fields
from etl.extract.page import extract_page
from etl.extract.page.timestamps import parse_timestamp
from etl.extract.sources import Source

_HTML_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/octet-stream")


def parse_article(record: RawRecord, sources: Sequence[Source] = ()) -> RawArticle:
    """Parse one raw record.

    Args:
        record: from the raw archive.
        sources: known publishers; their selectors are used for their pages.

    Raises:
        RejectedArticle: `bad_json`, `bad_record` or `bad_published_at` for a JSON object; the reasons of
            `extract_page` for a page; the stored reason for a failure record.
    """
    media_type = record.content_type.partition(";")[0].strip().lower()
    if media_type == FAILURE_TYPE:
        failure = json.loads(record.payload)
        raise RejectedArticle(failure["reason"], failure["detail"])
    if media_type == "application/json":
        return parse_fields(record.payload)
    if media_type not in _HTML_TYPES:
        raise RejectedArticle("not_html", f"the media type is {media_type}")
    article = extract_page(
        record.payload,
        url=record.uri if record.uri.startswith("http") else None,
        content_type=record.content_type,
        sources=sources,
        source_name=record.source_name,
    )
    return article if article.published_at else _with_hinted_date(article, record)


def _with_hinted_date(article: RawArticle, record: RawRecord) -> RawArticle:
    """Date an undated page by the time that its feed, sitemap or metadata file gives."""
    hint = next((value for name, value in record.http_headers if name == HINT_HEADER), None)
    published_at = parse_timestamp(hint) if hint else None
    if published_at is None:
        return article
    return replace(article, published_at=published_at, extraction=f"{article.extraction};published_at=source")
