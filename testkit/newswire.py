"""Made-up but realistic news: articles of ten sentences, people named as often as Zipf says, a meeting in three of ten.

Days are written as stage files, as the pipeline does; a history before the first days is these days again under other
days and ids, copied in SQL.
"""

import hashlib
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from etl.domain.article import Article, Sentence, TextSegment
from etl.domain.entity import Entity, EntityKind, EntityMention
from etl.domain.ids import make_article_id, make_entity_id, make_report_id
from etl.domain.meeting import Context, MeetingReport, Participant, ResolvedArticle
from etl.transform.signature import make_signature
from etl.warehouse.compact import compact_database
from etl.warehouse.connection import open_working
from etl.warehouse.load import PartitionFiles
from testkit.partition import Made, write_partition

IST = ZoneInfo("Asia/Kolkata")
NOW = datetime(2024, 1, 1, tzinfo=IST)
FIRST = date(2015, 1, 1)
DAY_SIZE, TEMPLATE_DAYS = 2000, 3
PERSON_COUNT, PLACE_COUNT, SOURCE_COUNT = 5000, 400, 18
SYLLABLES = (
    "का",
    "मे",
    "रा",
    "सी",
    "तो",
    "नि",
    "पु",
    "ला",
    "वी",
    "हो",
    "जा",
    "दे",
    "शा",
    "गो",
    "मा",
    "बी",
    "रू",
    "नं",
)
WORDS = (
    "सरकार", "ने", "कहा", "कि", "योजना", "के", "तहत", "गांव", "में", "पानी", "सड़क", "और", "बिजली", "का", "काम",
    "अगले", "महीने", "तक", "पूरा", "होगा", "किसान", "नेता", "अधिकारी", "जिला", "विभाग", "समिति", "रिपोर्ट", "मांग",
    "फैसला", "बैठक", "चुनाव", "व्यापार", "समझौता", "सुरक्षा", "शिक्षा", "स्वास्थ्य", "बाजार", "कीमत", "कंपनी", "निवेश",
    "अदालत", "पुलिस", "जांच",
)  # fmt: skip


class Press:
    """Makes up days of news, the same for the same number."""

    def __init__(self) -> None:
        chance = random.Random(1)
        names = iter(_names(chance))
        self._people = [_entity("PER", next(names)) for _ in range(PERSON_COUNT)]
        self._places = [_entity("LOC", next(names).split()[0]) for _ in range(PLACE_COUNT)]
        self._weights = [1 / rank for rank in range(1, PERSON_COUNT + 1)]

    def write_day(self, folder: Path, number: int, article_count: int = DAY_SIZE) -> PartitionFiles:
        """Write the stage files of the day so many days after the first."""
        chance, day = random.Random(number), (FIRST + timedelta(days=number)).isoformat()
        return write_partition(folder, day, [self._article(chance, day, n) for n in range(article_count)])

    def _article(self, chance: random.Random, day: str, number: int) -> Made:
        url, source = f"https://news.example/{day}/{number}", f"source {number % SOURCE_COUNT}"
        people = list({e.entity_id: e for e in chance.choices(self._people, self._weights, k=4)}.values())
        place = chance.choice(self._places)
        article_id, sentences, mentions, at, lines = make_article_id(url, source, ""), [], [], 0, []
        for n in range(10):
            named = people[n // 2 % len(people)] if n % 2 else place
            line = f"{named.name_hi} {' '.join(chance.choices(WORDS, k=18))} बैठक।"
            sentences.append(Sentence(article_id, n, at, at + len(line), line, (), ()))
            mentions.append(
                EntityMention(named.entity_id, n, at, at + len(named.name_hi), named.name_hi, "full_name")
            )
            lines.append(line)
            at += len(line) + 1
        text = "\n".join(lines)
        published = datetime.fromisoformat(day).replace(tzinfo=IST) + timedelta(seconds=number)
        article = Article(
            article_id=article_id,
            partition_day=day,
            source_id=source.replace(" ", "-"),
            source_name=source,
            url=url,
            canonical_url=url,
            title=None,
            text=text,
            body_start_char=0,
            text_sha256=hashlib.sha256(text.encode()).hexdigest(),
            published_at=published,
            anchor_date=date.fromisoformat(day),
            language="hi",
            segments=(TextSegment(0, len(text), 0),),
            signature=make_signature(text),
        )
        reports = (
            (self._report(article, people[:2], place, sentences[1]),)
            if number % 10 < 3 and len(people) > 1
            else ()
        )
        entities = tuple(sorted([*people, place], key=lambda entity: entity.entity_id))
        return article, sentences, ResolvedArticle(article_id, entities, tuple(mentions), reports)

    def _report(
        self, article: Article, people: list[Entity], place: Entity, sentence: Sentence
    ) -> MeetingReport:
        return MeetingReport(
            report_id=make_report_id(article.article_id, 0),
            article_id=article.article_id,
            ordinal=0,
            event_type="CONSULT",
            cameo_code="040",
            mode=None,
            plover_mode=None,
            format="bilateral",
            status="held",
            is_historical=False,
            participants=tuple(
                Participant(p.entity_id, "PER", p.name_hi, p.name_hi, "actor", number + 1)
                for number, p in enumerate(people)
                if p.name_hi in article.text
            ),
            start_date=article.anchor_date,
            end_date=article.anchor_date,
            date_precision="day",
            date_text=None,
            date_method="made up",
            anchor_date=article.anchor_date,
            place_hi=place.name_hi,
            place_entity_id=place.entity_id,
            place_method="made up",
            occasion_hi=None,
            contexts=(Context("economic", "sentence"),),
            sentence_number=sentence.sentence_number,
            evidence_start_char=sentence.start_char,
            evidence_end_char=sentence.end_char,
            trigger_text="बैठक",
            confidence=0.8,
            rules="made up",
            coder="benchmark",
            coder_version="1",
            codebook="none",
        )


def _names(chance: random.Random) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < PERSON_COUNT + PLACE_COUNT:
        first, last = ("".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))) for _ in range(2))
        names[f"{first} {last}"] = None
    return list(names)


def _entity(kind: EntityKind, name: str) -> Entity:
    return Entity(make_entity_id(kind, name, None), kind, name, f"latin {name}", None, f"iso {name}", None)


_SHIFTED_IDS = ("article_id", "report_id", "meeting_id", "lead_report_id", "planned_meeting_id")
_GROWING = (
    "core.article", "core.posting_list", "core.sentence", "core.article_entity", "core.entity_mention",
    "core.meeting_mention", "core.meeting_mention_participant", "core.meeting_context", "core.report_pair",
    "core.meeting", "core.meeting_participant", "meta.partition_load", "meta.source_completeness",
)  # fmt: skip
_COUNTED = {
    "core.entity_form": "* EXCLUDE (partition_day, article_id), count(*) FROM core.article_entity",
    "core.entity_alias": "entity_id, text, count(*) FROM core.entity_mention",
}


def grow(working: Path, article_count: int) -> None:
    """Copy the first days, under other ids and earlier days, until there are so many articles; compact the file."""
    with open_working(working) as con:
        (stored,) = con.execute("SELECT count(*) FROM core.article").fetchone() or (0,)
        rounds = range(stored // (DAY_SIZE * TEMPLATE_DAYS), article_count // (DAY_SIZE * TEMPLATE_DAYS))
        for table in _GROWING:
            _repeat(con, table, rounds)
        for table, counted in _COUNTED.items():
            con.execute(f"DELETE FROM {table}")
            con.execute(f"INSERT INTO {table} SELECT {counted} GROUP BY ALL")
    compact_database(working)


def _repeat(con: duckdb.DuckDBPyConnection, table: str, rounds: range) -> None:
    columns = [row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()]
    is_template = f"partition_day BETWEEN '{FIRST}' AND '{FIRST + timedelta(days=TEMPLATE_DAYS - 1)}'"
    if "partition_day" not in columns:
        is_template = f"meeting_id IN (SELECT meeting_id FROM core.meeting_mention WHERE {is_template})"
    con.execute(
        f"INSERT INTO {table} SELECT {', '.join(map(_shift, columns))} FROM {table}, "
        f"(SELECT k, (-k * {TEMPLATE_DAYS})::INTEGER AS days FROM range({rounds.start}, {rounds.stop}) AS r(k)) "
        f"WHERE {is_template} ORDER BY k"
    )


def _shift(column: str) -> str:
    """Return the value of a column in the k-th copy, so many days later."""
    if column == "partition_day":
        return "(partition_day::DATE + days)::DATE::VARCHAR"
    if column in ("start_date", "end_date", "anchor_date"):
        return f"({column} + days)::DATE"
    if column == "published_at":
        return "published_at + to_days(days)"
    if column == "week":
        return "week + days // 7"
    if column in _SHIFTED_IDS:
        return f"left(md5({column} || k), 20)"
    if column in ("url", "canonical_url"):
        return f"{column} || '?' || k"
    return column
