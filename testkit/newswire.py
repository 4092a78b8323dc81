"""Bulk news for benchmarks: articles of ten sentences, names by Zipf's law, a meeting in three of ten articles.

`Press` writes the first days as stage files, as the pipeline does. `grow` adds a long history: it copies these days in
SQL, under other ids and earlier days.
"""

import random
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb

from etl.domain.days import IST
from etl.domain.entity import Entity, EntityKind
from etl.domain.meeting import ResolvedArticle
from etl.warehouse.compact import compact_database
from etl.warehouse.connection import open_working
from etl.warehouse.load import PartitionFiles
from testkit.articles import (
    ArticleSpec,
    BuiltArticle,
    MeetingSpec,
    make_article,
    make_entity,
    make_mention,
    make_report,
    make_sentences,
    write_partition,
)

NOW = datetime(2024, 1, 1, tzinfo=IST)
FIRST = date(2015, 1, 1)
DAY_SIZE, TEMPLATE_DAYS = 2000, 3
PERSON_COUNT, PLACE_COUNT, SOURCE_COUNT = 5000, 400, 18
SYLLABLES = [
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
]
WORDS = (
    "सरकार", "ने", "कहा", "कि", "योजना", "के", "तहत", "गांव", "में", "पानी", "सड़क", "और", "बिजली", "का", "काम",
    "अगले", "महीने", "तक", "पूरा", "होगा", "किसान", "नेता", "अधिकारी", "जिला", "विभाग", "समिति", "रिपोर्ट", "मांग",
    "फैसला", "बैठक", "चुनाव", "व्यापार", "समझौता", "सुरक्षा", "शिक्षा", "स्वास्थ्य", "बाजार", "कीमत", "कंपनी", "निवेश",
    "अदालत", "पुलिस", "जांच",
)  # fmt: skip


class Press:
    """Makes up days of news; a day's number decides all of it."""

    def __init__(self) -> None:
        chance = random.Random(1)
        names = iter(_make_names(chance))
        self._people = [_make_entity("PER", next(names)) for _ in range(PERSON_COUNT)]
        self._places = [_make_entity("LOC", next(names).split()[0]) for _ in range(PLACE_COUNT)]
        self._weights = [1 / rank for rank in range(1, PERSON_COUNT + 1)]

    def write_day(self, folder: Path, number: int, article_count: int = DAY_SIZE) -> PartitionFiles:
        """Write the stage files of the day that is `number` days after the first."""
        chance, day = random.Random(number), (FIRST + timedelta(days=number)).isoformat()
        return write_partition(folder, day, [self._build(chance, day, n) for n in range(article_count)])

    def _build(self, chance: random.Random, day: str, number: int) -> BuiltArticle:
        """Build one article: every second sentence names its place, the others its persons in turn."""
        people = list({e.entity_id: e for e in chance.choices(self._people, self._weights, k=4)}.values())
        place = chance.choice(self._places)
        subjects = [people[n // 2 % len(people)] if n % 2 else place for n in range(10)]
        spec = ArticleSpec(
            f"https://news.example/{day}/{number}",
            meetings=(),
            hour=0,
            seconds=number,
            source_name=f"source {number % SOURCE_COUNT}",
            other_sentences=tuple(
                f"{subject.name_hi} {' '.join(chance.choices(WORDS, k=18))} बैठक।" for subject in subjects
            ),
        )
        article = make_article(day, spec)
        sentences = make_sentences(article.article_id, spec)
        mentions = tuple(map(make_mention, subjects, sentences))
        named = {entity.name_hi: entity for entity in (*people, place)}
        who = tuple(person.name_hi for person in people[:2])
        meeting = MeetingSpec(who, start=day, place=place.name_hi, trigger="बैठक")
        has_meeting = number % 10 < 3 and len(people) > 1
        reports = (make_report(article, 0, meeting, sentences[1], named),) if has_meeting else ()
        resolved = ResolvedArticle(article.article_id, tuple(named.values()), mentions, reports)
        return BuiltArticle(article, sentences, resolved)


def _make_names(chance: random.Random) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < PERSON_COUNT + PLACE_COUNT:
        first, last = ("".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))) for _ in range(2))
        names[f"{first} {last}"] = None
    return list(names)


def _make_entity(kind: EntityKind, name: str) -> Entity:
    return make_entity(kind, name, latin=f"latin {name}")


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
    """Copy the first days, under other ids and earlier days, up to `article_count` articles; then compact the file."""
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
    """Return the SQL of a column's value in copy `k`, moved by `days`."""
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
