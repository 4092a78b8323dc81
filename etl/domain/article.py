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
    """A span of clean text that occurs verbatim in the source's text.

    Attributes:
        start_char: in `Article.text`; with `end_char` half-open.
        raw_start_char: its start in `RawArticle.text`.
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
        title: clean title; None if there is none.
        text: the text that all offsets refer to: the title and a newline (if there is a title), then the body, one
            paragraph per line.
        body_start_char: start of the body in `text` (0 without a title).
        text_sha256: of `text` in UTF-8.
        anchor_date: the day that relative dates refer to: IST day of publication, else the partition day; None in the
            partition `UNDATED`.
        language: ISO 639-1, as identified.
        extraction: see `RawArticle.extraction`.
        segments: the verbatim spans of the body, in order; cleaning changed what is between them.
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
    """One collected record that cannot be used. Articles and rejections add up to the collected records."""

    partition_day: str
    source_name: str
    uri: str
    payload_sha256: str
    reason: RejectReason
    detail: str


@dataclass(frozen=True, slots=True)
class SourceCount:
    """Counts of one source on one day, before the load.

    Attributes:
        discovered_count: known URLs and file entries: collected or still pending.
        fetched_count: collected, without URLs that gave no page.
        extracted_count: fetched, and an article could be read.
        not_modified_count: repeated requests whose page had not changed.
        pending_count: URLs waiting for another attempt.
        note: why the source gave nothing, if known.
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
    """One word of Stanza's. `lemma`, `upos`, `feats` are None if their processor did not run on the sentence."""

    text: str
    start_char: int
    end_char: int
    lemma: str | None
    upos: str | None
    feats: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span labelled by the NER model. `text` is the article's text from start to end."""

    text: str
    label: MentionLabel
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One annotated sentence; `sentence_number` counts from 0 in the article, the sentences of the title first."""

    article_id: str
    sentence_number: int
    start_char: int
    end_char: int
    text: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
