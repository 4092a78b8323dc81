"""Reports of meetings, in PLOVER's terms, and all that one article says."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from etl.domain.entity import Entity, EntityKind, EntityMention
from etl.domain.place import Location

Status = Literal["held", "ongoing", "planned", "requested", "refused", "postponed", "cancelled"]
Format = Literal["bilateral", "multilateral", "unknown"]
Mode = Literal["visit", "phone", "third-party", "multilateral"]
EventType = Literal["CONSULT", "AGREE", "REQUEST", "REJECT", "SANCTION"]
Role = Literal["actor", "recipient", "host", "mediator", "attendee"]
DatePrecision = Literal["day", "week", "month", "year", "none"]


@dataclass(frozen=True, slots=True)
class Participant:
    """One participant of one report.

    Attributes:
        mention_text: the fullest form in this article, verbatim, without titles.
        side: 1 or 2 if the report distinguishes two sides; else None.
    """

    entity_id: str
    kind: EntityKind
    name_hi: str
    mention_text: str
    role: Role
    side: int | None


@dataclass(frozen=True, slots=True)
class Context:
    """One PLOVER context of a report, found in its sentence or only elsewhere in its article."""

    code: str
    level: Literal["sentence", "article"]


@dataclass(frozen=True, slots=True)
class MeetingReport:
    """One meeting as one article reports it (PLOVER's CONSULT family; fields as in docs/data_dictionary.md).

    Attributes:
        report_id: see `make_report_id`.
        ordinal: 0, 1, … in the article, by first evidence.
        plover_mode: PLOVER's own mode if the event type has one (`meet`, `withdraw`), else `mode`.
        rules: the rules that fired, `trigger=…;status=…;participants=…`.
        start_date: first day, inclusive; None if the article gives no time expression.
        end_date: last day, inclusive; equal to `start_date` for one day.
        date_text: the expression, verbatim.
        anchor_date: the day that a relative expression refers to.
        place_hi: verbatim.
        location: the city, state or country that the place means or is in; None if it is not settled.
        evidence_start_char: the reporting sentence, with `evidence_end_char`.
        trigger_text: the word that reports the meeting, verbatim.
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
    location: Location | None
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
    """The content of one article: its entities, their mentions, and the meetings it reports."""

    article_id: str
    entities: tuple[Entity, ...]
    mentions: tuple[EntityMention, ...]
    reports: tuple[MeetingReport, ...]
