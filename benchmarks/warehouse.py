"""Load, publish and query times as the warehouse grows, compared with plain DuckDB in the same run.

    python -m benchmarks.warehouse [--quick] [--json] [--sizes 12000 102000 1002000]

The news is made up (testkit/newswire.py). Measured are:

* the load of one more day of 2,000 articles into a warehouse of each size (fastest of four days), and its ratio to the
  load into the smallest warehouse;
* a bare `INSERT … SELECT` of the same rows from the same Parquet files into plain tables of a new file;
* both for one partition of 20,000 articles, into the smallest warehouse;
* publish: its time, and the sizes of both files;
* the sum of the cookbook's queries at each size, and the same on Parquet files, one file per table;
* peak memory of the process in load, publish and queries, up to and including each size.

DuckDB's memory limit is 4 GB. Times are processor time, so that other work on the machine affects them little; waiting
for the disk is not included. The fastest of several tries counts.
"""

import argparse
import json
import re
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from etl.config import REPOSITORY
from etl.domain.plan import RunContext
from etl.warehouse.connection import CONFIG, open_published, open_working
from etl.warehouse.load import PartitionFiles, load_partition
from etl.warehouse.migrate import define_macros, migrate
from etl.warehouse.publish import publish
from etl.warehouse.statements import list_sql, run_sql
from testkit.newswire import DAY_SIZE, NOW, TEMPLATE_DAYS, Press, grow

MEMORY_LIMIT = "4GB"
BULK_SIZE, QUICK_BULK_SIZE = 20_000, 4_000
TRIES = 4
MEASURED_DAYS = 4
BARE_TABLES = {
    "article": "SELECT * FROM read_parquet($articles)",
    "sentence": "SELECT article_id, sentence_number, start_char, end_char, text FROM read_parquet($sentences)",
    "entity": "SELECT article_id AS in_article_id, unnest(entities, max_depth := 2) FROM read_parquet($resolved)",
    "mention": "SELECT article_id AS in_article_id, unnest(mentions, max_depth := 2) FROM read_parquet($resolved)",
    "report": "SELECT article_id AS in_article_id, unnest(reports, max_depth := 2) FROM read_parquet($resolved)",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Measurements at one size of history."""

    article_count: int
    meeting_count: int
    load_seconds: float
    bare_seconds: float
    publish_seconds: float
    working_mb: float
    published_mb: float
    queries_seconds: float
    peak_mb: float
    parquet_queries_seconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """Measurements of one run.

    Attributes:
        bulk_size: articles of the one big partition.
        bulk_ratio: time of its load, divided by that of its bare insert.
    """

    figures: list[Figures]
    bulk_size: int
    bulk_ratio: float


@contextmanager
def stopwatch() -> Iterator[Callable[[], float]]:
    """Yield a function that returns the processor seconds of the block, over all threads, after the block has ended."""
    began = time.process_time()
    spent: list[float] = []
    yield lambda: spent[0]
    spent.append(time.process_time() - began)


def load(working: Path, files: PartitionFiles) -> float:
    """Load a partition and return the seconds."""
    with stopwatch() as seconds:
        load_partition(working, files, RunContext(f"load-{files.partition_day}", NOW))
    return seconds()


def insert_bare(files: PartitionFiles, folder: Path) -> float:
    """Return the seconds of inserting the same rows without keys, links, audits or search."""
    return min(_insert_bare(files, Path(tempfile.mkdtemp(dir=folder))) for _ in range(TRIES))


def _insert_bare(files: PartitionFiles, folder: Path) -> float:
    (sentences,) = files.sentences
    paths = {"articles": files.articles, "sentences": sentences, "resolved": files.resolved}
    with duckdb.connect(str(folder / "empty.duckdb"), config=CONFIG) as con:
        for table, rows in BARE_TABLES.items():
            con.execute(f"CREATE TABLE {table} AS {rows} LIMIT 0", _named(rows, paths))
    with stopwatch() as seconds, duckdb.connect(str(folder / "empty.duckdb"), config=CONFIG) as con:
        con.begin()
        for table, rows in BARE_TABLES.items():
            con.execute(f"INSERT INTO {table} {rows}", _named(rows, paths))
        con.commit()
    shutil.rmtree(folder)
    return seconds()


def _named(rows: str, paths: dict[str, Path]) -> dict[str, str]:
    return {name: str(path) for name, path in paths.items() if f"${name}" in rows}


def run_cookbook(con: duckdb.DuckDBPyConnection) -> float:
    """Run all queries of the cookbook and return the seconds."""
    queries = re.findall(r"```sql\n(.*?)```", (REPOSITORY / "docs" / "sql_cookbook.md").read_text(), re.S)
    with stopwatch() as seconds:
        for sql in queries:
            con.execute(sql).fetchall()
    return seconds()


def run_cookbook_on_parquet(published: Path, folder: Path) -> float:
    """Run them on the same views over Parquet files, one per table, and return the seconds."""
    with open_published(published) as con:
        tables = con.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE schema_name IN ('core', 'meta')"
        ).fetchall()
        for schema, table in tables:
            con.execute(f"COPY {schema}.{table} TO '{folder}/{schema}.{table}.parquet'")
    with duckdb.connect(config=CONFIG) as con:
        con.execute("CREATE SCHEMA core; CREATE SCHEMA meta; CREATE SCHEMA out")
        for schema, table in tables:
            con.execute(
                f"CREATE VIEW {schema}.{table} AS FROM read_parquet('{folder}/{schema}.{table}.parquet')"
            )
        define_macros(con)
        for name in list_sql("views"):
            run_sql(con, name, leave_out=re.compile(r"(--.*\n)*COMMENT"))
        seconds = run_cookbook(con)
    for schema, table in tables:
        (folder / f"{schema}.{table}.parquet").unlink()
    return seconds


def measure(folder: Path, working: Path, days: list[PartitionFiles]) -> Figures:
    """Load more days, publish, and run the cookbook's queries."""
    load_seconds = min(load(working, files) for files in days)
    published = folder / "published.duckdb"
    with stopwatch() as publish_seconds:
        publish(working, published, keep_previous=0)
    with open_published(published) as con:
        counts = "SELECT (SELECT count(*) FROM core.article), (SELECT count(*) FROM core.meeting)"
        article_count, meeting_count = con.execute(counts).fetchone() or (0, 0)
        queries_seconds = run_cookbook(con)
    return Figures(
        article_count=article_count,
        meeting_count=meeting_count,
        load_seconds=load_seconds,
        bare_seconds=insert_bare(days[0], folder),
        publish_seconds=publish_seconds(),
        working_mb=working.stat().st_size / 1e6,
        published_mb=published.stat().st_size / 1e6,
        queries_seconds=queries_seconds,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        parquet_queries_seconds=run_cookbook_on_parquet(published, folder),
    )


def measure_bulk(folder: Path, working: Path, files: PartitionFiles) -> float:
    """Return the time of the load of one big partition, divided by that of its bare insert."""
    apart = [Path(shutil.copy(working, folder / f"bulk-{number}.duckdb")) for number in range(TRIES)]
    load_seconds = min(load(copy, files) for copy in apart)
    for copy in apart:
        copy.unlink()
    return load_seconds / insert_bare(files, folder)


def run(sizes: list[int], bulk_size: int) -> Result:
    """Measure at each size of history, smallest first."""
    CONFIG["memory_limit"] = MEMORY_LIMIT
    press, figures = Press(), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        working = folder / "working.duckdb"
        with open_working(working) as con:
            migrate(con, now=NOW)
        for number in range(TEMPLATE_DAYS):
            load(working, press.write_day(folder / f"stage-{number}", number))
        bulk = press.write_day(folder / "bulk", TEMPLATE_DAYS, bulk_size)
        bulk_ratio = measure_bulk(folder, working, bulk)
        for step, size in enumerate(sorted(sizes)):
            grow(working, size)
            first = TEMPLATE_DAYS + step * MEASURED_DAYS
            numbers = range(first, first + MEASURED_DAYS)
            days = [press.write_day(folder / f"stage-{number}", number) for number in numbers]
            figures.append(measure(folder, working, days))
    return Result(figures, bulk_size, bulk_ratio)


def print_table(result: Result) -> None:
    """Print the figures as ratios."""
    least = result.figures[0]
    print(
        f"{'articles':>10}{'meetings':>10}{'load':>7}{'/ bare':>8}{'publish / load':>16}"
        f"{'published / working MB':>24}{'queries':>9}{'Parquet / queries':>19}{'peak MB':>9}"
    )
    for row in result.figures:
        print(
            f"{row.article_count:10}{row.meeting_count:10}{row.load_seconds / least.load_seconds:7.2f}"
            f"{row.load_seconds / row.bare_seconds:8.2f}{row.publish_seconds / row.load_seconds:16.2f}"
            f"{f'{row.published_mb:.0f} / {row.working_mb:.0f}':>24}"
            f"{row.queries_seconds / least.queries_seconds:9.2f}"
            f"{row.parquet_queries_seconds / row.queries_seconds:19.2f}{row.peak_mb:9.0f}"
        )
    print(f"{result.bulk_size} articles in one partition: load / bare {result.bulk_ratio:.2f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[12_000, 102_000])
    parser.add_argument("--quick", action="store_true", help="only the first days, and a smaller bulk")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    quick_sizes = [DAY_SIZE * TEMPLATE_DAYS]
    result = run(quick_sizes, QUICK_BULK_SIZE) if chosen.quick else run(chosen.sizes, BULK_SIZE)
    if chosen.json:
        print(json.dumps(asdict(result), indent=2))
    else:
        print_table(result)


if __name__ == "__main__":
    main()
