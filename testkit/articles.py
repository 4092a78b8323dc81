"""Build articles from short descriptions: the article, its sentences, its entities and the meetings it reports.

Tests, the Explorer's made-up warehouse and the benchmarks all build their rows here. `write_partition` writes them as
the stage files that a load reads.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from etl.domain.article import Article, Rejection, Sentence, SourceCount, TextSegment
from etl.domain.days import IST, UNDATED
from etl.domain.entity import Entity, EntityAttribute, EntityKind, EntityMention
from etl.domain.ids import make_article_id, make_entity_id, make_report_id, make_source_id
from etl.domain.meeting import (
    Context,
    EventType,
    Format,
    MeetingReport,
    Mode,
    Participant,
    ResolvedArticle,
    Status,
)
from etl.domain.place import Location
from etl.storage.record_files import write_records
from etl.transform.signature import make_signature
from etl.warehouse.load import PartitionFiles
from etl.warehouse.postings import write_postings

MODI, PUTIN, XI, LAVROV, GOA = "नरेंद्र मोदी", "व्लादिमीर पुतिन", "शी जिनपिंग", "सर्गेई लावरोव", "गोवा"
MONTHS = ("जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर")
CODES: dict[Status, tuple[EventType, str]] = {
    "planned": ("AGREE", "036"),
    "postponed": ("AGREE", "040"),
    "requested": ("REQUEST", "106"),
    "refused": ("REJECT", "125"),
    "cancelled": ("SANCTION", "164"),
}
"""PLOVER type and CAMEO code by status, where they are not those of a consultation."""
CONSULTATION: tuple[EventType, str] = ("CONSULT", "040")


@dataclass(frozen=True)
class MeetingSpec:
    """One meeting, reported in one sentence of an article.

    Attributes:
        who: names of the persons, as the sentence writes them.
        start: the only day of the meeting, YYYY-MM-DD; None without a date.
        sentence: the reporting sentence; None composes one from `who` and `place`.
        trigger: the word of the sentence that reports the meeting.
        date_text: the time expression of the sentence.
        location: where `place` is; None where it is not settled.
    """

    who: tuple[str, ...] = (MODI, PUTIN)
    status: Status = "held"
    start: str | None = None
    place: str | None = None
    confidence: float = 0.8
    sentence: str | None = None
    format: Format = "bilateral"
    mode: Mode | None = None
    trigger: str = "मुलाकात"
    date_text: str | None = None
    date_method: str = "relative"
    location: Location | None = None

    @property
    def text(self) -> str:
        """The reporting sentence."""
        place = f" {self.place} में" if self.place else ""
        return self.sentence or f"{' और '.join(self.who)} की{place} मुलाकात हुई।"


@dataclass(frozen=True)
class ArticleSpec:
    """One article.

    Attributes:
        hour: of publication, IST, on the partition day.
        seconds: added to `hour`.
        prefix: text before the first sentence; belongs to no sentence.
        other_sentences: sentences that follow those of the meetings and report none.
    """

    url: str
    meetings: tuple[MeetingSpec, ...] = (MeetingSpec(),)
    hour: int = 10
    seconds: int = 0
    source_name: str = "समाचार"
    prefix: str = ""
    title: str | None = None
    other_sentences: tuple[str, ...] = ()
    author: str | None = None

    @property
    def sentences(self) -> list[str]:
        """Title, reports of meetings, other sentences: one a line of the text."""
        title = [self.title] if self.title else []
        return [*title, *(meeting.text for meeting in self.meetings), *self.other_sentences]


@dataclass(frozen=True)
class BuiltArticle:
    """An article, its sentences, and the entities, mentions and reports in them."""

    article: Article
    sentences: list[Sentence]
    resolved: ResolvedArticle


def write_hindi_date(day: date) -> str:
    """Return day and month in Hindi (`5 मई`: 5 May)."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def make_entity(
    kind: EntityKind,
    name: str,
    *,
    latin: str = "x",
    iso: str | None = None,
    english: str | None = None,
    country: str | None = None,
    attributes: tuple[EntityAttribute, ...] = (),
) -> Entity:
    """Return an entity that the gazetteer does not know; `iso` defaults to `iso NAME`."""
    entity_id = make_entity_id(kind, name, None)
    return Entity(entity_id, kind, name, latin, None, iso or f"iso {name}", english, country, attributes)


def build_article(day: str, spec: ArticleSpec, known: Mapping[str, Entity]) -> BuiltArticle:
    """Build one article.

    Args:
        day: its partition, YYYY-MM-DD or `undated`.
        spec: its description.
        known: entities by name; a name that is missing here becomes an entity of its own.
    """
    article = make_article(day, spec)
    sentences = make_sentences(article.article_id, spec)
    first = 1 if spec.title else 0
    reported = list(zip(spec.meetings, sentences[first:], strict=False))
    people = [name for meeting in spec.meetings for name in meeting.who]
    places = [meeting.place for meeting in spec.meetings if meeting.place]
    named = {name: known.get(name) or _make_unknown("PER", name) for name in people}
    named |= {name: known.get(name) or _make_unknown("LOC", name) for name in places}
    mentions = [
        make_mention(named[name], sentence)
        for meeting, sentence in reported
        for name in (*meeting.who, *filter(None, [meeting.place]))
    ]
    reports = [
        make_report(article, ordinal, meeting, sentence, named)
        for ordinal, (meeting, sentence) in enumerate(reported)
    ]
    resolved = ResolvedArticle(article.article_id, tuple(named.values()), tuple(mentions), tuple(reports))
    return BuiltArticle(article, sentences, resolved)


def _make_unknown(kind: EntityKind, name: str) -> Entity:
    return make_entity(kind, name, english=f"en {name}")


def make_article(day: str, spec: ArticleSpec) -> Article:
    """Return the clean article, one sentence a line."""
    text = spec.prefix + "\n".join(spec.sentences)
    body_start = len(spec.title) + 1 if spec.title else 0
    anchor = None if day == UNDATED else date.fromisoformat(day)
    published_at = datetime.combine(anchor, time(spec.hour), IST) if anchor else None
    return Article(
        article_id=make_article_id(spec.url, spec.source_name, text),
        partition_day=day,
        source_id=make_source_id(spec.source_name),
        source_name=spec.source_name,
        url=spec.url,
        canonical_url=spec.url,
        title=spec.title,
        text=text,
        body_start_char=body_start,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        published_at=published_at and published_at + timedelta(seconds=spec.seconds),
        anchor_date=anchor,
        author=spec.author,
        language="hi",
        segments=(TextSegment(body_start, len(text), 0),),
        signature=make_signature(text),
    )


def make_sentences(article_id: str, spec: ArticleSpec) -> list[Sentence]:
    """Return the article's sentences, without tokens and spans."""
    sentences, start = [], len(spec.prefix)
    for number, text in enumerate(spec.sentences):
        end = start + len(text)
        sentences.append(Sentence(article_id, number, start, end, text, (), ()))
        start = end + 1
    return sentences


def make_mention(entity: Entity, sentence: Sentence) -> EntityMention:
    """Return the first mention of an entity's name in a sentence."""
    start = sentence.start_char + sentence.text.index(entity.name_hi)
    end = start + len(entity.name_hi)
    return EntityMention(entity.entity_id, sentence.sentence_number, start, end, entity.name_hi, "exact")


def make_report(
    article: Article, ordinal: int, meeting: MeetingSpec, sentence: Sentence, named: Mapping[str, Entity]
) -> MeetingReport:
    """Return the article's report of a meeting in a sentence; two persons are on opposite sides."""
    event_type, cameo_code = CODES.get(meeting.status, CONSULTATION)
    start = date.fromisoformat(meeting.start) if meeting.start else None
    return MeetingReport(
        report_id=make_report_id(article.article_id, ordinal),
        article_id=article.article_id,
        ordinal=ordinal,
        event_type=event_type,
        cameo_code="041" if meeting.mode == "phone" else cameo_code,
        mode=meeting.mode,
        plover_mode=meeting.mode,
        format=meeting.format,
        status=meeting.status,
        is_historical=False,
        participants=_make_participants(meeting, named),
        start_date=start,
        end_date=start,
        date_precision="day" if start else "none",
        date_text=meeting.date_text,
        date_method=meeting.date_method if start else "none",
        anchor_date=article.anchor_date,
        place_hi=meeting.place,
        place_entity_id=named[meeting.place].entity_id if meeting.place else None,
        place_method="scene" if meeting.place else "none",
        location=meeting.location,
        occasion_hi=None,
        contexts=(Context("diplomatic", "sentence"),),
        sentence_number=sentence.sentence_number,
        evidence_start_char=sentence.start_char,
        evidence_end_char=sentence.end_char,
        trigger_text=meeting.trigger,
        confidence=meeting.confidence,
        rules=f"trigger={meeting.trigger};status={meeting.status};participants=case-markers",
        coder="testkit",
        coder_version="1",
        codebook="PLOVER",
    )


def _make_participants(meeting: MeetingSpec, named: Mapping[str, Entity]) -> tuple[Participant, ...]:
    sides = (1, 2) if len(meeting.who) == 2 else (None,) * len(meeting.who)
    return tuple(
        Participant(named[name].entity_id, "PER", name, name, "actor", side)
        for name, side in zip(meeting.who, sides, strict=True)
    )


def write_partition(
    folder: Path, day: str, built: Sequence[BuiltArticle], rejected: Iterable[Rejection] = ()
) -> PartitionFiles:
    """Write the stage files of a partition that holds exactly these articles and rejections."""
    rejections = list(rejected)
    stored = Counter(one.article.source_name for one in built)
    refused = Counter(rejection.source_name for rejection in rejections)
    counts = [
        SourceCount(day, name, stored[name] + refused[name], stored[name], stored[name], 0, 0, None)
        for name in stored | refused
    ]
    sentences = [sentence for one in built for sentence in one.sentences]
    write_records(folder / "articles.parquet", Article, [one.article for one in built])
    write_records(folder / "rejected.parquet", Rejection, rejections)
    write_records(folder / "source_counts.parquet", SourceCount, counts)
    write_records(folder / "sentences.parquet", Sentence, sentences)
    write_records(folder / "resolved.parquet", ResolvedArticle, [one.resolved for one in built])
    write_postings(folder / "articles.parquet", folder / "postings.parquet")
    return PartitionFiles(
        partition_day=day,
        articles=folder / "articles.parquet",
        rejected=folder / "rejected.parquet",
        source_counts=folder / "source_counts.parquet",
        sentences=(folder / "sentences.parquet",) if built else (),
        resolved=folder / "resolved.parquet",
        postings=folder / "postings.parquet",
        collected_count=len(built) + len(rejections),
        raw_fingerprint=f"raw-{len(built)}",
        annotator_version="models-1",
        resolver_version="rules-1",
    )
