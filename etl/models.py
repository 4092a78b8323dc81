"""The records that stages pass to each other, and the ids that name them.

Every record is frozen. Offsets are code points, half-open, into `Article.text`. None means "not known"
(never "empty"). Days are ISO text `YYYY-MM-DD` in Indian Standard Time, or `UNDATED`.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from slugify import slugify

from etl.errors import RejectReason

IST = ZoneInfo("Asia/Kolkata")
UNDATED = "undated"
"""The partition of articles whose day of publication nobody knows."""

FAILURE_TYPE = "application/vnd.mulaqat.failure+json"
"""Media type of a raw record that keeps why an address gave no page."""
HINT_HEADER = "Mulaqat-Published-At"
"""Added to a page's headers: the time of publication that its feed, sitemap or metadata file told (ISO 8601)."""

EntityKind = Literal["PER", "ORG", "LOC"]
MentionLabel = Literal["PERSON", "ORGANIZATION", "LOCATION", "DATE", "NUMBER", "ARTEFACT"]
Status = Literal["held", "ongoing", "planned", "requested", "refused", "postponed", "cancelled"]
Format = Literal["bilateral", "multilateral", "unknown"]
Mode = Literal["visit", "phone", "third-party", "multilateral"]
EventType = Literal["CONSULT", "AGREE", "REQUEST", "REJECT", "SANCTION"]
Role = Literal["actor", "recipient", "host", "mediator", "attendee"]
DatePrecision = Literal["day", "week", "month", "year", "none"]

_FOLD = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u093c"))


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One thing as it was collected, before anybody tried to understand it.

    Attributes:
        source_name: the publisher as the source names it.
        uri: where it came from: the article's URL, or `urn:` for a file line without one.
        content_type: media type of the payload (`application/json` for inbox articles, `FAILURE_TYPE` for an
            address that gave no page).
        payload: the bytes, untouched but for the packing of their transfer.
        partition_day: the day it is filed under, or `UNDATED`.
        http_headers: of a page, as its server sent them, with `HINT_HEADER` where a feed or sitemap dated it.
    """

    source_name: str
    uri: str
    content_type: str
    payload: bytes
    partition_day: str
    http_headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as its source gave it, parsed but not cleaned.

    Attributes:
        url: exactly as given; None for a file without one.
        text: the body, its paragraphs parted by newlines.
        published_at: with zone; None where the source tells nothing.
        canonical_url: where the page says it lives; None where it says nothing.
        modified_at: with zone; None where the source tells nothing.
        tags: the publisher's own keywords.
        extraction: how each field of a page was found, `title=h1;published_at=json-ld;body=density`; None for
            articles that came as fields.
    """

    source_name: str
    url: str | None
    title: str | None
    text: str
    published_at: datetime | None
    canonical_url: str | None = None
    author: str | None = None
    modified_at: datetime | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    extraction: str | None = None


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
        signature: MinHash of the body, see etl.transform.near_duplicate.
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


@dataclass(frozen=True, slots=True)
class EntityAttribute:
    """A fact of the gazetteer about an entity.

    Attributes:
        attribute: office.
        value_hi: in Hindi, such as विदेश मंत्री.
        value_code: as a code, such as foreign_minister.
        territory_id: the country or state it is an office of (`country/RU`, `state/goa`).
        valid_from: first day, inclusive; None where not known.
        valid_to: last day, inclusive; None where not known or still so.
    """

    attribute: str
    value_hi: str
    value_code: str
    territory_id: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Entity:
    """The thing that mentions mean.

    Attributes:
        entity_id: see `make_entity_id`.
        name_hi: canonical Hindi name without titles.
        name_latin: ASCII reading of the name, for people who do not read Devanagari ("narendra modi").
        gazetteer_id: row of the gazetteer that knows it; None for an entity discovered in the text.
        name_iso15919: ISO 15919 transliteration of `name_hi` ("narēṁdra mōdī").
        name_en: usual English name ("Narendra Modi"); None where the gazetteer does not know it.
        country_code: ISO 3166-1 alpha-3 of the country it is or belongs to, as the gazetteer or an office beside
            the name says ("RUS"); None where nothing does.
        attributes: what the gazetteer says of it.
    """

    entity_id: str
    kind: EntityKind
    name_hi: str
    name_latin: str
    gazetteer_id: str | None
    name_iso15919: str
    name_en: str | None
    country_code: str | None = None
    attributes: tuple[EntityAttribute, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A mention resolved to an entity. `text` carries no title; `method` names the rule that linked it."""

    entity_id: str
    sentence_number: int
    start_char: int
    end_char: int
    text: str
    method: str


@dataclass(frozen=True, slots=True)
class Participant:
    """One side of one report.

    Attributes:
        mention_text: the fullest form in this article, verbatim, without titles.
        side: 1 or 2 where the report tells two sides apart; None otherwise.
    """

    entity_id: str
    kind: EntityKind
    name_hi: str
    mention_text: str
    role: Role
    side: int | None


@dataclass(frozen=True, slots=True)
class Context:
    """One of PLOVER's contexts of a report, told by its sentence or only by its article."""

    code: str
    level: Literal["sentence", "article"]


@dataclass(frozen=True, slots=True)
class MeetingReport:
    """One meeting as one article reports it (PLOVER's CONSULT family; fields as in docs/data_dictionary.md).

    Attributes:
        report_id: see `make_report_id`.
        ordinal: 0, 1, … in the article, by first evidence.
        plover_mode: PLOVER's own mode where its type has one (`meet`, `withdraw`), else `mode`.
        rules: rules that decided, `trigger=…;status=…;participants=…`.
        start_date: first day, inclusive; None when the article gives no time expression.
        end_date: last day, inclusive; equal to `start_date` for one day.
        date_text: the expression, verbatim.
        anchor_date: what a relative expression was counted from.
        place_hi: verbatim.
        evidence_start_char: the reporting sentence, with `evidence_end_char`.
        trigger_text: the word that gave it away, verbatim.
        confidence: 0 to 1.
    """

    report_id: str
    article_id: str
    ordinal: int
    event_type: EventType
    cameo_code: str
    mode: Mode | None
    plover_mode: str | None
    format: Format
    status: Status
    is_historical: bool
    participants: tuple[Participant, ...]
    start_date: date | None
    end_date: date | None
    date_precision: DatePrecision
    date_text: str | None
    date_method: str
    anchor_date: date | None
    place_hi: str | None
    place_entity_id: str | None
    place_method: str
    occasion_hi: str | None
    contexts: tuple[Context, ...]
    sentence_number: int
    evidence_start_char: int
    evidence_end_char: int
    trigger_text: str
    confidence: float
    rules: str
    coder: str
    coder_version: str
    codebook: str


@dataclass(frozen=True, slots=True)
class ResolvedArticle:
    """What one article says: its entities, where it mentions them, and the meetings it reports."""

    article_id: str
    entities: tuple[Entity, ...]
    mentions: tuple[EntityMention, ...]
    reports: tuple[MeetingReport, ...]


@dataclass(frozen=True, slots=True)
class Shard:
    """A slice of one partition's articles that one annotate task takes.

    Attributes:
        first_article: index of its first article in the partition's articles file.
        article_count: how many articles it takes from there.
    """

    partition_day: str
    first_article: int
    article_count: int


@dataclass(frozen=True, slots=True)
class PartitionPlan:
    """What a run found in the raw archive for one partition, and with what it is annotated.

    Attributes:
        raw_fingerprint: changes when the archive is added to.
        collected_count: records the archive held; each ends stored or rejected.
        annotator_version: names the models.
    """

    partition_day: str
    raw_fingerprint: str
    collected_count: int
    annotator_version: str


@lru_cache(maxsize=1 << 16)
def fold_name(text: str) -> str:
    """Return the form under which spellings of one name are equal: NFD, no nukta or joiners, ँ as ं, one space."""
    decomposed = unicodedata.normalize("NFD", text).translate(_FOLD)
    return " ".join(decomposed.replace("\u0901", "\u0902").replace(".", " ").split())


def digest(*parts: str) -> str:
    """Return 20 hex digits (80 bits) that name the parts, in this order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def make_source_id(source_name: str) -> str:
    """Return the ASCII slug that names a source in paths and tables."""
    return slugify(source_name) or "unnamed"


def make_article_id(canonical_url: str | None, source_name: str, text: str) -> str:
    """Name an article by its canonical URL, or without one by source and text."""
    return digest("url", canonical_url) if canonical_url else digest("text", source_name, text)


def make_entity_id(kind: EntityKind, name_hi: str, gazetteer_id: str | None) -> str:
    """Name an entity by its gazetteer row, or without one by kind and folded full name."""
    return digest("gazetteer", gazetteer_id) if gazetteer_id else digest(kind, fold_name(name_hi))


def make_report_id(article_id: str, ordinal: int) -> str:
    """Name one article's report of one meeting."""
    return digest("report", article_id, str(ordinal))
