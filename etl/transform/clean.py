"""Clean: from an article as its source gave it to the text that everything else points into."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date

from w3lib.url import canonicalize_url, url_query_cleaner

from etl.errors import RejectedArticle
from etl.models import (
    IST,
    UNDATED,
    Article,
    RawArticle,
    fold_name,
    make_article_id,
    make_source_id,
)
from etl.transform.text import devanagari_share, normalise_text

MIN_TEXT_CHARS = 40
MIN_DEVANAGARI_SHARE = 0.5
_TRACKING = (
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "fbclid",
    "gclid",
    "igshid",
)
_TIME_CODE = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
_BOILERPLATE = re.compile(
    r"(देखें|वीडियो देखें|यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|और पढ़ें|Also Read|Read More)\s*[:：|-].*", re.I
)
_SENTENCE_END = ("।", ".", "?", "!", "”", '"', "’", "॥")
_SITE_TAIL = re.compile(r"\s*\|[^|]*(न्यूज़?|समाचार|टाइम्स|हिंदी|हिन्दी|News|Times|Hindi)[^|]*$")


def clean_article(raw: RawArticle, partition_day: str) -> Article:
    """Clean one article.

    Raises:
        RejectedArticle: `no_text`, `too_short` or `not_hindi`.
    """
    title = clean_title(raw.title) if raw.title else None
    body = "\n".join(clean_lines(normalise_text(raw.text), raw.title))
    _require_hindi_text(body)
    text = f"{title}\n{body}" if title else body
    canonical_url = canonical_form(raw.url) if raw.url else None
    article_id = make_article_id(canonical_url, raw.source_name, text)
    url = raw.url or f"urn:mulaqat:article:{article_id}"
    return Article(
        article_id=article_id,
        partition_day=partition_day,
        source_id=make_source_id(raw.source_name),
        source_name=raw.source_name,
        url=url,
        canonical_url=canonical_url or url,
        title=title,
        text=text,
        body_start_char=len(text) - len(body),
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        published_at=raw.published_at,
        anchor_date=_anchor_date(raw, partition_day),
    )


def canonical_form(url: str) -> str:
    """Return the URL without tracking parameters and fragment, its query sorted, its host in lower case."""
    return str(canonicalize_url(url_query_cleaner(url, _TRACKING, remove=True, unique=False)))


def clean_title(title: str) -> str | None:
    """Return the headline without the site's name that pages append after a bar."""
    return _SITE_TAIL.sub("", normalise_text(title).replace("\n", " ")).strip() or None


def clean_lines(text: str, title: str | None) -> Iterator[str]:
    """Yield the body's paragraphs: no repeated headline, no "read also" lines, no video captions.

    A caption is a time code ("01:04") and, where the next line ends like no sentence, that line too.
    """
    headline = fold_name(normalise_text(title)) if title else None
    after_time_code = False
    for number, line in enumerate(text.split("\n")):
        is_repeated_title = number == 0 and fold_name(line) == headline
        is_caption = after_time_code and not line.endswith(_SENTENCE_END)
        after_time_code = _TIME_CODE.fullmatch(line) is not None
        if not (is_repeated_title or is_caption or after_time_code or _BOILERPLATE.fullmatch(line)):
            yield line


def _require_hindi_text(body: str) -> None:
    if not body:
        raise RejectedArticle("no_text", "nothing is left after cleaning")
    if len(body) < MIN_TEXT_CHARS:
        raise RejectedArticle("too_short", f"{len(body)} characters, at least {MIN_TEXT_CHARS} are needed")
    if (share := devanagari_share(body)) < MIN_DEVANAGARI_SHARE:
        raise RejectedArticle("not_hindi", f"{share:.0%} of the letters are Devanagari")


def _anchor_date(raw: RawArticle, partition_day: str) -> date | None:
    if raw.published_at:
        return raw.published_at.astimezone(IST).date()
    return None if partition_day == UNDATED else date.fromisoformat(partition_day)
