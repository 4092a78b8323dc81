"""A newsroom that writes small Hindi articles and the stage files the load takes."""

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from etl.domain.article import Article, Rejection, Sentence, TextSegment
from etl.domain.days import IST, UNDATED
from etl.domain.entity import Entity, EntityKind, EntityMention
from etl.domain.ids import make_article_id, make_entity_id, make_report_id
from etl.domain.meeting import (
    Context,
    DatePrecision,
    EventType,
    Format,
    MeetingReport,
    Mode,
    Participant,
    ResolvedArticle,
    Status,
)
from etl.domain.plan import RunContext
from etl.storage.warehouse_place import WarehousePlace
from etl.transform.near_duplicate import make_signature
from etl.warehouse.connection import open_published
from etl.warehouse.load import LoadResult, PartitionFiles, load_partition
from testkit.partition import write_partition

NOW = datetime(2024, 1, 2, 3, 4, tzinfo=UTC)
MODI, PUTIN, XI, LAVROV = "नरेंद्र मोदी", "व्लादिमीर पुतिन", "शी जिनपिंग", "सर्गेई लावरोव"
LATIN = {
    MODI: "narendra modi",
    PUTIN: "vladimir putin",
    XI: "shi jinping",
    LAVROV: "sergei lavrov",
    "गोवा": "gova",
}
EVENT_TYPE: dict[Status, EventType] = {
    "planned": "AGREE",
    "postponed": "AGREE",
    "requested": "REQUEST",
    "refused": "REJECT",
}


@dataclass(frozen=True)
class Told:
    """One meeting as a test wants it told; its sentence is made from it."""

    who: tuple[str, ...] = (MODI, PUTIN)
    status: Status = "held"
    start: str | None = None
    end: str | None = None
    precision: DatePrecision = "day"
    place: str | None = None
    format: Format = "bilateral"
    mode: Mode | None = None
    is_historical: bool = False
    occasion: str | None = None
    confidence: float = 0.8

    @property
    def sentence(self) -> str:
        place = f" {self.place} में" if self.place else ""
        return f"{' और '.join(self.who)} की{place} मुलाकात हुई।"


@dataclass(frozen=True)
class Story:
    """One article: where it lay, when it was published, what it tells."""

    url: str
    told: tuple[Told, ...] = (Told(),)
    hour: int = 10
    source_name: str = "समाचार"
    prefix: str = ""


class Newsroom:
    """Writes stage files of partitions and loads them."""

    def __init__(self, folder: Path, working_path: Path) -> None:
        self.folder = folder
        self.working_path = working_path
        self._numbers = itertools.count()

    def load(self, day: str, *stories: Story, working: WarehousePlace | None = None) -> LoadResult:
        """Write the stage files of one partition and load them."""
        number = next(self._numbers)
        files = self.write(day, stories)
        return load_partition(working or self.working_path, files, RunContext(f"run-{number}", NOW))

    def write(self, day: str, stories: Sequence[Story], *, rejected_count: int = 0) -> PartitionFiles:
        """Write the stage files of one partition."""
        made = []
        for story in stories:
            article = make_article(day, story)
            made.append((article, make_sentences(article, story), make_resolved(article, story)))
        rejected = [
            Rejection(day, "समाचार", f"urn:line:{n}", "ab" * 32, "too_short", "3 characters")
            for n in range(rejected_count)
        ]
        return write_partition(self.folder / f"{next(self._numbers)}", day, made, rejected)


def make_article(day: str, story: Story) -> Article:
    """Return the clean article of a story."""
    text = story.prefix + "\n".join(told.sentence for told in story.told)
    anchor = None if day == UNDATED else date.fromisoformat(day)
    return Article(
        article_id=make_article_id(story.url, story.source_name, text),
        partition_day=day,
        source_id="samachar",
        source_name=story.source_name,
        url=story.url,
        canonical_url=story.url,
        title=None,
        text=text,
        body_start_char=0,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        language="hi",
        segments=(TextSegment(0, len(text), 0),),
        signature=make_signature(text),
        published_at=datetime.combine(anchor, time(story.hour), IST) if anchor else None,
        anchor_date=anchor,
    )


def make_sentences(article: Article, story: Story) -> list[Sentence]:
    """Return the article's sentences, one for each thing told."""
    sentences, start = [], len(story.prefix)
    for number, told in enumerate(story.told):
        end = start + len(told.sentence)
        sentences.append(Sentence(article.article_id, number, start, end, told.sentence, (), ()))
        start = end + 1
    return sentences


def make_resolved(article: Article, story: Story) -> ResolvedArticle:
    """Return entities, mentions and reports of the article."""
    sentences = make_sentences(article, story)
    names: dict[str, EntityKind] = {name: "PER" for told in story.told for name in told.who}
    names |= {told.place: "LOC" for told in story.told if told.place}
    mentions = [
        EntityMention(
            make_entity_id(names[name], name, None),
            sentence.sentence_number,
            sentence.start_char + told.sentence.index(name),
            sentence.start_char + told.sentence.index(name) + len(name),
            name,
            "exact",
        )
        for told, sentence in zip(story.told, sentences, strict=True)
        for name in (*told.who, *filter(None, [told.place]))
    ]
    return ResolvedArticle(
        article_id=article.article_id,
        entities=tuple(
            Entity(
                make_entity_id(kind, name, None),
                kind,
                name,
                LATIN.get(name, "x"),
                None,
                f"iso {name}",
                f"en {name}",
            )
            for name, kind in names.items()
        ),
        mentions=tuple(mentions),
        reports=tuple(
            make_report(article, number, told, sentence)
            for number, (told, sentence) in enumerate(zip(story.told, sentences, strict=True))
        ),
    )


def make_report(article: Article, ordinal: int, told: Told, sentence: Sentence) -> MeetingReport:
    """Return the report of one thing told."""
    start = date.fromisoformat(told.start) if told.start else None
    return MeetingReport(
        report_id=make_report_id(article.article_id, ordinal),
        article_id=article.article_id,
        ordinal=ordinal,
        event_type=EVENT_TYPE.get(told.status, "CONSULT"),
        cameo_code={"planned": "036", "refused": "125", "requested": "106"}.get(told.status, "040"),
        mode=told.mode,
        plover_mode=told.mode,
        format=told.format,
        status=told.status,
        is_historical=told.is_historical,
        participants=tuple(
            Participant(make_entity_id("PER", name, None), "PER", name, name, "actor", None)
            for name in told.who
        ),
        start_date=start,
        end_date=date.fromisoformat(told.end) if told.end else start,
        date_precision=told.precision if start else "none",
        date_text=None,
        date_method="test" if start else "none",
        anchor_date=article.anchor_date,
        place_hi=told.place,
        place_entity_id=told.place and make_entity_id("LOC", told.place, None),
        place_method="test" if told.place else "none",
        occasion_hi=told.occasion,
        contexts=(Context("diplomatic", "sentence"),),
        sentence_number=ordinal,
        evidence_start_char=sentence.start_char,
        evidence_end_char=sentence.end_char,
        trigger_text="मुलाकात",
        confidence=told.confidence,
        rules="trigger=test",
        coder="test",
        coder_version="1",
        codebook="test",
    )


def query(place: WarehousePlace, sql: str) -> list[tuple[object, ...]]:
    """Return the rows of a query on what readers see."""
    with open_published(place) as con:
        return con.execute(sql).fetchall()


CORE_TABLES = (
    "source", "article", "article_copy", "posting_list", "sentence", "article_entity", "entity", "entity_form",
    "entity_alias", "entity_attribute", "entity_mention", "place", "meeting", "meeting_participant",
    "meeting_mention", "meeting_mention_participant", "meeting_context", "report_pair",
)  # fmt: skip


def dump_core(place: WarehousePlace) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of the core tables that must not depend on the order of loading."""
    with open_published(place) as con:
        return {
            table: con.execute(f"SELECT * FROM core.{table} ORDER BY ALL").fetchall() for table in CORE_TABLES
        }
