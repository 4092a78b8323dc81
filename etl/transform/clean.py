"""Clean an article: turn the text from its source into the text that all offsets point into."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime

from etl.domain.article import Article, TextSegment
from etl.domain.days import UNDATED, india_day, is_plausible_day
from etl.domain.hindi import fold_name
from etl.domain.ids import make_article_id, make_source_id
from etl.domain.language import identify_language
from etl.domain.raw import RawArticle
from etl.domain.urls import canonical_form
from etl.errors import RejectedArticle
from etl.transform.align import equal_stretches
from etl.transform.legacy_font import find_legacy_font
from etl.transform.limits import MAX_ARTICLE_CHARS, MAX_LINE_CHARS, MAX_TITLE_CHARS
from etl.transform.signature import make_signature
from etl.transform.text import correct_characters, devanagari_share

MIN_TEXT_CHARS = 40
MIN_DEVANAGARI_SHARE = 0.5
MIN_GRAMMAR_SHARE = 0.08
"""Smallest share of Hindi function words in a text that the language identifier does not call Hindi."""
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_GRAMMAR = frozenset(
    ["है", "हैं", "के", "का", "की", "में", "से", "ने", "को", "और", "पर", "कि", "था", "थे", "थी", "यह"]
)
"""Function words of Hindi."""
_TIME_CODE = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
_BOILERPLATE = re.compile(
    r"(देखें|वीडियो देखें|यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|और पढ़ें|Also Read|Read More)\s*[:：|-].*", re.I
)
"""Lines that link to another page: "watch", "read also", "read more"."""
_SENTENCE_END = ("।", ".", "?", "!", "”", '"', "’", "॥")
_SITE_NAME = re.compile("न्यूज|समाचार|टाइम्स|हिंदी|हिन्दी|News|Times|Hindi")
"""Words of site names: "news", "times", "Hindi"."""
# A bar right after a Hindi word, or after a sentence-final verb and a space, is a danda typed on a Latin keyboard.
_BAR_AS_DANDA = re.compile(
    r"([\u0900-\u0963\u0970-\u097f]|(?<!\S)(?:है|हैं|था|थे|थी|थीं|गई|गए|गया|गयी|गये|कहा|की|दी|ली|हो|रहा|रहे|रही|"
    r"हुई|हुआ|हुए|किया|किए|दिया|लिया|होगा|होगी|होंगे|जाएं|करे|सके) )\|(?=\s|$)"
)


def clean_article(raw: RawArticle, partition_day: str) -> Article:
    """Clean one article.

    Raises:
        RejectedArticle: `too_long`, `no_text`, `too_short`, `legacy_font` or `not_hindi`.
    """
    _refuse_too_long(raw)
    title = clean_title(raw.title) if raw.title else None
    lines = list(_clean_lines(raw.text, raw.title))
    body = "\n".join(clean for clean, _, _ in lines)
    text = f"{title}\n{body}" if title else body
    body_start_char = len(text) - len(body)
    language = _require_hindi_text(body)
    given_url = raw.canonical_url or raw.url
    canonical_url = _canonical_or_none(given_url)
    article_id = make_article_id(canonical_url, raw.source_name, text)
    published_at = _plausible(raw.published_at)
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
        body_start_char=body_start_char,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        published_at=published_at,
        anchor_date=_anchor_date(published_at, partition_day),
        author=raw.author,
        modified_at=_plausible(raw.modified_at),
        section=raw.section,
        tags=raw.tags,
        language=language,
        extraction=raw.extraction,
        segments=tuple(_segments(lines, body_start_char)),
        signature=make_signature(body),
    )


def clean_title(title: str) -> str | None:
    """Return the headline without the site name that many pages append after a bar; None if nothing is left."""
    line = correct_characters(title).replace("\n", " ")
    headline, bar, last_part = line.rpartition("|")
    return (headline if bar and _SITE_NAME.search(last_part) else line).strip() or None


def clean_line(line: str) -> str:
    """Return one paragraph with its characters corrected, and dandas for bars typed instead."""
    return _BAR_AS_DANDA.sub(r"\1।", correct_characters(line).replace("\n", " "))


def _refuse_too_long(raw: RawArticle) -> None:
    """Refuse a text that would cost too much.

    Raises:
        RejectedArticle: `too_long`.
    """
    longest_line = max(map(len, raw.text.split("\n")))
    for what, length, limit in (
        ("title", len(raw.title or ""), MAX_TITLE_CHARS),
        ("text", len(raw.text), MAX_ARTICLE_CHARS),
        ("line", longest_line, MAX_LINE_CHARS),
    ):
        if length > limit:
            raise RejectedArticle("too_long", f"{what} of {length} characters, at most {limit} are read")


def _clean_lines(text: str, title: str | None) -> Iterator[tuple[str, str, int]]:
    """Yield the paragraphs of the body without repeated headline, "read also" lines and video captions.

    A caption is a line with only a time code ("01:04") and the line after it, unless that line ends like a
    sentence.

    Yields:
        The clean paragraph, the raw line it comes from, and the offset of that line in `text`.
    """
    headline = fold_name(correct_characters(title)) if title else None
    after_time_code, is_first = False, True
    for match in _LINE.finditer(text):
        line = clean_line(match[0])
        if not line:
            continue
        is_repeated_title = is_first and fold_name(line) == headline
        is_caption = after_time_code and not line.endswith(_SENTENCE_END)
        after_time_code, is_first = _TIME_CODE.fullmatch(line) is not None, False
        if not (is_repeated_title or is_caption or after_time_code or _BOILERPLATE.fullmatch(line)):
            yield line, match[0], match.start()


def _segments(lines: list[tuple[str, str, int]], start_char: int) -> Iterator[TextSegment]:
    """Yield the stretches of clean text that are unchanged from the raw text; a changed line gives several."""
    for clean, given, given_start in lines:
        for first, last, there in equal_stretches(clean, given):
            yield TextSegment(start_char + first, start_char + last, given_start + there)
        start_char += len(clean) + 1


def _canonical_or_none(url: str | None) -> str | None:
    try:
        return canonical_form(url) if url else None
    except ValueError:
        return None


def _require_hindi_text(body: str) -> str:
    """Return the language code "hi".

    Raises:
        RejectedArticle: the body is empty, too short, in a legacy font, or not Hindi.
    """
    if not body:
        raise RejectedArticle("no_text", "nothing is left after cleaning")
    if len(body) < MIN_TEXT_CHARS:
        raise RejectedArticle("too_short", f"{len(body)} characters, at least {MIN_TEXT_CHARS} are needed")
    if font := find_legacy_font(body):
        raise RejectedArticle("legacy_font", f"typed for {font}, not in Unicode")
    if (share := devanagari_share(body)) < MIN_DEVANAGARI_SHARE:
        raise RejectedArticle("not_hindi", f"{share:.0%} of the letters are Devanagari")
    language = identify_language(body)
    if language != "hi" and _grammar_share(body) < MIN_GRAMMAR_SHARE:
        raise RejectedArticle("not_hindi", f"it reads as {language}")
    return "hi"


def _grammar_share(body: str) -> float:
    """Return the share of Hindi function words: it decides where a text is too short for language identification."""
    words = body.split()
    return sum(word.strip("।,.|") in _GRAMMAR for word in words) / len(words)


def _plausible(moment: datetime | None) -> datetime | None:
    """Return a moment in the years that the warehouse accepts; None for others: the article stays, without a date."""
    try:
        return moment if moment and is_plausible_day(india_day(moment)) else None
    except OverflowError:
        return None


def _anchor_date(published_at: datetime | None, partition_day: str) -> date | None:
    if published_at:
        return india_day(published_at)
    return None if partition_day == UNDATED else date.fromisoformat(partition_day)
