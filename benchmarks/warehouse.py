"""Loading, publishing and asking next to plain DuckDB, as the warehouse grows: all ratios of one run.

    python -m benchmarks.warehouse [--quick] [--json] [--sizes 10000 100000 1000000]

Made-up but realistic data: articles of ten sentences, people named as often as Zipf says, a meeting in three of ten.
Days of 2,000 articles are written as stage files, as the pipeline does; history before the first days is these days
again under other days and ids, copied in SQL. What is measured:

* load of one more day into a warehouse of each size, and its ratio to the smallest;
* the same rows by bare `INSERT … SELECT` from the same Parquet files into plain tables;
* the same for one partition of 20,000 articles, into the smallest warehouse;
* publish: its time, and the sizes of both files;
* the cookbook's questions, their sum at each size, and the same on Parquet files with one file a table.

All of it under DuckDB's memory limit of 4 GB. Times are processor time, so that other work on the machine disturbs
them little; waiting for the disk is not in them.
"""

import argparse
import hashlib
import json
import random
import re
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from etl.config import REPOSITORY
from etl.models import (
    Article,
    Context,
    Entity,
    EntityMention,
    MeetingReport,
    Participant,
    Rejection,
    ResolvedArticle,
    Sentence,
    SourceCount,
    TextSegment,
    make_article_id,
    make_entity_id,
    make_report_id,
)
from etl.stage_files import write_records
from etl.transform.near_duplicate import make_signature
from etl.warehouse import connection
from etl.warehouse.connection import open_working
from etl.warehouse.load import PartitionFiles, load_partition
from etl.warehouse.migrate import migrate
from etl.warehouse.publish import publish
from etl.warehouse.statements import list_sql, run_sql

IST = ZoneInfo("Asia/Kolkata")
NOW = datetime(2024, 1, 1, tzinfo=IST)
FIRST = date(2015, 1, 1)
DAY_SIZE, TEMPLATE_DAYS, BULK_SIZE = 2000, 3, 20_000
MEMORY_LIMIT = "4GB"
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
WORDS = [
    "सरकार",
    "ने",
    "कहा",
    "कि",
    "योजना",
    "के",
    "तहत",
    "गांव",
    "में",
    "पानी",
    "सड़क",
    "और",
    "बिजली",
    "का",
    "काम",
    "अगले",
    "महीने",
    "तक",
    "पूरा",
    "होगा",
    "किसान",
    "नेता",
    "अधिकारी",
    "जिला",
    "विभाग",
    "समिति",
    "रिपोर्ट",
    "मांग",
    "फैसला",
    "बैठक",
    "चुनाव",
    "व्यापार",
    "समझौता",
    "सुरक्षा",
    "शिक्षा",
    "स्वास्थ्य",
    "बाजार",
    "कीमत",
    "कंपनी",
    "निवेश",
    "अदालत",
    "पुलिस",
    "जांच",
]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured at one size of history."""

    article_count: int
    meeting_count: int
    load_seconds: float
    bare_seconds: float
    publish_seconds: float
    working_mb: float
    published_mb: float
    questions_seconds: float
    parquet_questions_seconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """Of one run.

    Attributes:
        bulk_ratio: load of `BULK_SIZE` articles in one partition to their bare insert.
        peak_mb: most memory that the process had.
    """

    figures: list[Figures]
    bulk_ratio: float
    peak_mb: float


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
        told = [self._article(chance, day, n) for n in range(article_count)]
        articles = [article for article, _, _ in told]
        counts = [
            SourceCount(day, f"source {n}", count, count, count, 0, 0, None)
            for n in range(SOURCE_COUNT)
            if (count := sum(a.source_name == f"source {n}" for a in articles))
        ]
        folder.mkdir(parents=True)
        write_records(folder / "articles.parquet", Article, articles)
        write_records(folder / "rejected.parquet", Rejection, [])
        write_records(folder / "source_counts.parquet", SourceCount, counts)
        write_records(folder / "sentences.parquet", Sentence, [s for _, own, _ in told for s in own])
        write_records(folder / "resolved.parquet", ResolvedArticle, [resolved for _, _, resolved in told])
        return PartitionFiles(
            day,
            folder / "articles.parquet",
            folder / "rejected.parquet",
            folder / "source_counts.parquet",
            (folder / "sentences.parquet",),
            folder / "resolved.parquet",
            article_count,
            f"raw-{number}",
            "models",
            "rules",
        )

    def _article(
        self, chance: random.Random, day: str, number: int
    ) -> tuple[Article, list[Sentence], ResolvedArticle]:
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


def _entity(kind: str, name: str) -> Entity:
    entity_id = make_entity_id(kind, name, None)  # type: ignore[arg-type]
    return Entity(entity_id, kind, name, f"latin {name}", None, f"iso {name}", None)  # type: ignore[arg-type]


_SHIFTED_IDS = (
    "article_id",
    "report_id",
    "meeting_id",
    "lead_report_id",
    "planned_meeting_id",
    "canonical_article_id",
)
_GROWING = (
    "core.article",
    "core.article_token",
    "core.sentence",
    "core.article_entity",
    "core.entity_mention",
    "core.meeting_mention",
    "core.meeting_mention_participant",
    "core.meeting_context",
    "core.report_pair",
    "core.meeting",
    "core.meeting_participant",
    "meta.partition_load",
    "meta.source_completeness",
)

_COUNTED = {
    "core.entity_form": "* EXCLUDE (partition_day, article_id), count(*) FROM core.article_entity",
    "core.entity_alias": "entity_id, text, count(*) FROM core.entity_mention",
}


def grow(working: Path, article_count: int) -> None:
    """Copy the first days, under other ids and earlier days, until there are so many articles."""
    first_day, end = FIRST.isoformat(), (FIRST + timedelta(days=TEMPLATE_DAYS)).isoformat()
    with open_working(working) as con:
        (stored,) = con.execute("SELECT count(*) FROM core.article").fetchone() or (0,)
        first = stored // (DAY_SIZE * TEMPLATE_DAYS)
        copies = f"(SELECT k, (-k * {TEMPLATE_DAYS})::INTEGER AS shift FROM range({first}, $last) AS r(k))"
        for table in _GROWING:
            columns = [row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()]
            of_template = (
                f"partition_day >= '{first_day}' AND partition_day < '{end}'"
                if "partition_day" in columns
                else f"meeting_id IN (SELECT meeting_id FROM core.meeting_mention WHERE partition_day >= '{first_day}'"
                f" AND partition_day < '{end}')"
            )
            con.execute(
                f"INSERT INTO {table} SELECT {', '.join(map(_shifted, columns))} FROM {table}, {copies}"
                f" WHERE {of_template} ORDER BY k",
                {"last": article_count // (DAY_SIZE * TEMPLATE_DAYS)},
            )
        for table, source in _COUNTED.items():
            con.execute(f"DELETE FROM {table}")
            con.execute(f"INSERT INTO {table} SELECT {source} GROUP BY ALL")


def _shifted(column: str) -> str:
    if column == "partition_day":
        return "(partition_day::DATE + shift)::DATE::VARCHAR"
    if column in ("start_date", "end_date", "anchor_date"):
        return f"({column} + shift)::DATE"
    if column == "published_at":
        return "published_at + to_days(shift)"
    if column == "week":
        return "week + shift // 7"
    if column in _SHIFTED_IDS:
        return f"left(md5({column} || k), 20)"
    if column in ("url", "canonical_url"):
        return f"{column} || '?' || k"
    return column


def insert_plainly(files: PartitionFiles, folder: Path) -> float:
    """Return the seconds of the same rows by one INSERT … SELECT a table, without keys, links, audits or search."""
    with duckdb.connect(str(folder / "plain.duckdb")) as con, stopwatch() as seconds:
        sources = {"article": files.articles, "sentence": files.sentences[0], "resolved": files.resolved}
        for name, file in sources.items():
            con.execute(f"CREATE TABLE {name} AS FROM read_parquet(?) LIMIT 0", [str(file)])
            con.execute(f"INSERT INTO {name} SELECT * FROM read_parquet(?)", [str(file)])
        for name, column in (("entity", "entities"), ("mention", "mentions"), ("report", "reports")):
            con.execute(
                f"CREATE TABLE {name} AS SELECT article_id, unnest({column}, max_depth := 2) FROM resolved"
            )
        con.execute("CHECKPOINT")
    return seconds()


def ask(con: duckdb.DuckDBPyConnection) -> float:
    """Return the seconds that all questions of the cookbook take together."""
    questions = re.findall(r"```sql\n(.*?)```", (REPOSITORY / "docs" / "sql_cookbook.md").read_text(), re.S)
    with stopwatch() as seconds:
        for sql in questions:
            con.execute(sql).fetchall()
    return seconds()


def ask_parquet(published: Path, folder: Path) -> float:
    """Return the same for the same views over one Parquet file a table."""
    with duckdb.connect(str(published), read_only=True) as con:
        tables = con.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE schema_name IN ('core', 'meta')"
        ).fetchall()
        for schema, table in tables:
            con.execute(f"COPY {schema}.{table} TO '{folder}/{schema}.{table}.parquet'")
    with duckdb.connect(config={"memory_limit": MEMORY_LIMIT}) as con:
        con.execute("CREATE SCHEMA core; CREATE SCHEMA meta; CREATE SCHEMA out")
        for schema, table in tables:
            con.execute(
                f"CREATE VIEW {schema}.{table} AS FROM read_parquet('{folder}/{schema}.{table}.parquet')"
            )
        for name in list_sql("migrations"):
            run_sql(con, name, leave_out=re.compile(r"(?!(--.*\n)*CREATE MACRO)"))
        for name in list_sql("views"):
            run_sql(con, name, leave_out=re.compile(r"(--.*\n)*COMMENT"))
        seconds = ask(con)
    for schema, table in tables:
        (folder / f"{schema}.{table}.parquet").unlink()
    return seconds


@contextmanager
def stopwatch() -> Iterator[Callable[[], float]]:
    """Yield a function that tells the processor time of the block, of all threads, once it has ended."""
    began = time.process_time()
    spent: list[float] = []
    yield lambda: spent[0]
    spent.append(time.process_time() - began)


def load(working: Path, files: PartitionFiles, run_key: str) -> float:
    """Load a partition; returns the seconds."""
    with stopwatch() as seconds:
        load_partition(working, files, run_key=run_key, now=NOW)
    return seconds()


def insert_bare(files: PartitionFiles, folder: Path) -> float:
    """Return the better of two bare inserts."""
    return min(insert_plainly(files, Path(tempfile.mkdtemp(dir=folder))) for _ in range(2))


def measure(folder: Path, working: Path, files: PartitionFiles) -> Figures:
    """Load one more day twice, the faster time counts, publish, and ask."""
    load_seconds = min(load(working, files, f"measured-{attempt}") for attempt in range(2))
    published = folder / "published.duckdb"
    with stopwatch() as publish_seconds:
        publish(working, published, keep_previous=0)
    with duckdb.connect(str(published), read_only=True, config={"memory_limit": MEMORY_LIMIT}) as con:
        counts = "SELECT (SELECT count(*) FROM core.article), (SELECT count(*) FROM core.meeting)"
        article_count, meeting_count = con.execute(counts).fetchone() or (0, 0)
        questions_seconds = ask(con)
    return Figures(
        article_count=article_count,
        meeting_count=meeting_count,
        load_seconds=load_seconds,
        bare_seconds=insert_bare(files, folder),
        publish_seconds=publish_seconds(),
        working_mb=working.stat().st_size / 1e6,
        published_mb=published.stat().st_size / 1e6,
        questions_seconds=questions_seconds,
        parquet_questions_seconds=ask_parquet(published, folder),
    )


def run(sizes: list[int]) -> Result:
    """Return the figures at each size of history, smallest first."""
    connection.CONFIG["memory_limit"] = MEMORY_LIMIT
    press = Press()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        working = folder / "working.duckdb"
        with open_working(working) as con:
            migrate(con, now=NOW)
        for number in range(TEMPLATE_DAYS):
            load(working, press.write_day(folder / f"stage-{number}", number), f"fill-{number}")
        bulk = press.write_day(folder / "bulk", TEMPLATE_DAYS, BULK_SIZE)
        apart = Path(shutil.copy(working, folder / "bulk.duckdb"))
        bulk_ratio = load(apart, bulk, "bulk") / insert_bare(bulk, folder)
        figures = []
        for step, size in enumerate(sorted(sizes)):
            grow(working, size)
            files = press.write_day(folder / f"measured-{step}", TEMPLATE_DAYS + step)
            figures.append(measure(folder, working, files))
    return Result(figures, bulk_ratio, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--quick", action="store_true", help="only the smallest size")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    result = run(sorted(chosen.sizes)[:1] if chosen.quick else chosen.sizes)
    if chosen.json:
        print(json.dumps(asdict(result), indent=2))
        return
    least = result.figures[0]
    print(
        f"{'articles':>10}{'meetings':>10}{'load':>7}{'/ bare':>8}{'publish / load':>16}"
        f"{'published / working MB':>24}{'questions':>11}{'Parquet / questions':>21}"
    )
    for row in result.figures:
        print(
            f"{row.article_count:10}{row.meeting_count:10}{row.load_seconds / least.load_seconds:7.2f}"
            f"{row.load_seconds / row.bare_seconds:8.2f}{row.publish_seconds / row.load_seconds:16.2f}"
            f"{f'{row.published_mb:.0f} / {row.working_mb:.0f}':>24}"
            f"{row.questions_seconds / least.questions_seconds:11.2f}"
            f"{row.parquet_questions_seconds / row.questions_seconds:21.2f}"
        )
    print(f"{BULK_SIZE} articles in one partition: load / bare {result.bulk_ratio:.2f}")
    print(f"peak memory {result.peak_mb:.0f} MB, DuckDB's limit {MEMORY_LIMIT}")


if __name__ == "__main__":
    main()
