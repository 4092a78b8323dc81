"""Clean articles, rejections, and annotated sentences.

Offsets are code points, half-open, into `Article.text`. None means "not known", never "empty".
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from etl.errors import RejectReason

MentionLabel = Literal["PERSON", "ORGANIZATION", "LOCATION", "DATE", "NUMBER", "ARTEFACT"]


@dataclass(frozen=True, slots=True)
class TextSegment:
    """A stretch of clean text that stands letter for letter in the text as the source gave it.

    Attributes:
        start_char: in `Article.text`; with `end_char` half-open.
        raw_start_char: where it begins in `RawArticle.text`.
    """

    start_char: int
    end_char: int
    raw_start_char: int


@dataclass(frozen=True, slots=True)
class Article:
    """One clean article.

    Attributes:
        article_id: see `make_article_id`.
        source_id: slug of the source's name.
        url: exactly as the source gave it, or `urn:mulaqat:article:<article_id>`.
        canonical_url: scheme and host lower-cased, tracking parameters and fragment dropped.
        title: clean title; None where there is none.
        text: what every offset points into: the title, a newline (when there is a title), the body with its
            paragraphs parted by newlines.
        body_start_char: where the body begins in `text` (0 without a title).
        text_sha256: of `text` in UTF-8.
        anchor_date: the day relative dates are counted from: IST day of publication, else the partition day;
            None in the partition `UNDATED`.
        language: ISO 639-1, as identified.
        extraction: see `RawArticle.extraction`.
        segments: where the body comes from, in order; what cleaning changed lies between them.
        signature: MinHash of the body, see etl.transform.signature.
    """

    article_id: str
    partition_day: str
    source_id: str
    source_name: str
    url: str
    canonical_url: str
    title: str | None
    text: str
    body_start_char: int
    text_sha256: str
    published_at: datetime | None
    anchor_date: date | None
    author: str | None = None
    modified_at: datetime | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    extraction: str | None = None
    segments: tuple[TextSegment, ...] = ()
    signature: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """One thing that was collected and could not be used. With the articles it adds up to what came in."""

    partition_day: str
    source_name: str
    uri: str
    payload_sha256: str
    reason: RejectReason
    detail: str


@dataclass(frozen=True, slots=True)
class SourceCount:
    """What one source gave for one day, before the load.

    Attributes:
        discovered_count: addresses and file entries known: collected, or still waiting.
        fetched_count: those that gave something to read.
        extracted_count: those that gave an article's fields.
        not_modified_count: times that a page was asked for again and had not changed.
        pending_count: addresses that wait for another try.
        note: why there is nothing, where that is known.
    """

    partition_day: str
    source_name: str
    discovered_count: int
    fetched_count: int
    extracted_count: int
    not_modified_count: int
    pending_count: int
    note: str | None


@dataclass(frozen=True, slots=True)
class Token:
    """One word as Stanza sees it. `lemma`, `upos`, `feats` are None where the processor did not run."""

    text: str
    start_char: int
    end_char: int
    lemma: str | None
    upos: str | None
    feats: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that the NER model labelled. `text` is the article's text from start to end."""

    text: str
    label: MentionLabel
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One annotated sentence; `sentence_number` counts from 0 in the article, the title's sentences first."""

    article_id: str
    sentence_number: int
    start_char: int
    end_char: int
    text: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
