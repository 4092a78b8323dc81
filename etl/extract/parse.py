"""Raw records to articles: JSON objects from the inbox, pages from the web, addresses that gave none."""

import json
from collections.abc import Sequence
from dataclasses import replace

from etl.domain.raw import FAILURE_TYPE, HINT_HEADER, RawArticle, RawRecord
from etl.errors import RejectedArticle
from etl.extract.inbox import parse_fields
from etl.extract.page import extract_page
from etl.extract.page.moments import parse_stamp
from etl.extract.sources import Source

_HTML_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/octet-stream")


def parse_article(record: RawRecord, sources: Sequence[Source] = ()) -> RawArticle:
    """Read one raw record.

    Args:
        sources: known publishers, whose selectors read their pages.

    Raises:
        RejectedArticle: `bad_json`, `bad_record`, `bad_published_at`; of a page what `extract_page` raises; of an
            address that gave no page the reason that was kept.
    """
    media_type = record.content_type.partition(";")[0].strip().lower()
    if media_type == FAILURE_TYPE:
        failure = json.loads(record.payload)
        raise RejectedArticle(failure["reason"], failure["detail"])
    if media_type == "application/json":
        return parse_fields(record.payload)
    if media_type not in _HTML_TYPES:
        raise RejectedArticle("not_html", f"its type is {media_type}")
    article = extract_page(
        record.payload,
        url=record.uri if record.uri.startswith("http") else None,
        content_type=record.content_type,
        sources=sources,
        source_name=record.source_name,
    )
    return article if article.published_at else _dated_by_hint(article, record)


def _dated_by_hint(article: RawArticle, record: RawRecord) -> RawArticle:
    hint = next((value for name, value in record.http_headers if name == HINT_HEADER), None)
    published_at = parse_stamp(hint) if hint else None
    if published_at is None:
        return article
    return replace(article, published_at=published_at, extraction=f"{article.extraction};published_at=source")
