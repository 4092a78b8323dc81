"""Time of the Explorer's pages, compared with the bare SQL that they run, over a million made-up articles.

    python -m benchmarks.explorer [--quick] [--json] [--articles 1000000] [--warehouse FILE]

Each page is requested in this process and compared with the same queries, with the same values, on a plain DuckDB
connection. Times are processor time, so that other work on the machine does not count; the best of five tries counts
for both. The table also gives the number of queries of a page and the rows of its largest query.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import duckdb
from fastapi.testclient import TestClient

from etl.domain.plan import RunContext
from etl.explorer.app import create_app
from etl.warehouse.connection import attach_published, open_working
from etl.warehouse.explore import QueryResult, Snapshot
from etl.warehouse.load import load_partition
from etl.warehouse.migrate import migrate
from etl.warehouse.publish import publish
from etl.warehouse.statements import run_sql
from testkit.newswire import NOW, TEMPLATE_DAYS, Press, grow

TRIES = 5
COUNTRIES = (
    "['IND','CHN','RUS','USA','PAK','JPN','FRA','DEU','GBR','NPL','LKA','BGD','ARE','SAU','IRN','BRA']"
)
# All meetings of the made-up news are alike; these statements vary them so that filters select something.
VARY = (
    f"UPDATE core.entity SET country_code = {COUNTRIES}[1 + (hash(entity_id) % 16)::INT] WHERE kind = 'PER'",
    "UPDATE core.meeting SET"
    " status = ['held', 'held', 'held', 'planned', 'cancelled'][1 + (hash(meeting_id) % 5)::INT],"
    " format = ['bilateral', 'multilateral', 'unknown'][1 + (hash(meeting_id || 'x') % 3)::INT]",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Measurements of one page.

    Attributes:
        bare_ms: time of its queries on a plain connection.
        row_count: rows of its largest query.
    """

    page: str
    page_ms: float
    bare_ms: float
    query_count: int
    row_count: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Values that the pages are filtered by: of the person with most meetings, and of the first meeting.

    Attributes:
        after: key of the page of meetings half way through the list.
    """

    entity: str
    name_hi: str
    name_latin: str
    meeting: str
    article: str
    day: str
    place: str
    after: str


def make_warehouse(folder: Path, article_count: int) -> Path:
    """Return a published warehouse of `article_count` articles, three in ten of which report a meeting."""
    press, working = Press(), folder / "working.duckdb"
    with open_working(working) as con:
        migrate(con, now=NOW)
    for number in range(TEMPLATE_DAYS):
        files = press.write_day(folder / f"stage-{number}", number)
        load_partition(working, files, RunContext(f"fill-{number}", NOW))
    grow(working, article_count)
    with open_working(working) as con:
        for statement in VARY:
            con.execute(statement)
    published = folder / "published.duckdb"
    publish(working, published, keep_previous=0)
    return published


def find_sample(published: Path) -> Sample:
    """Return values that match many rows."""
    with duckdb.connect(str(published), read_only=True) as con:
        entity, name_hi, name_latin, meeting = _one(
            con,
            "SELECT entity_id, name_hi, name_latin, min(meeting_id) FROM out.meeting_participant"
            " GROUP BY ALL ORDER BY count(*) DESC, entity_id LIMIT 1",
        )
        article, day, place = _one(
            con,
            "SELECT lead_article_id, lead_partition_day, place_hi FROM out.meeting_index"
            " ORDER BY meeting_id LIMIT 1",
        )
        (after,) = _one(
            con,
            "SELECT report_count || '~' || listed_date || '~' || meeting_id FROM out.meeting_index"
            " ORDER BY listed_date DESC, meeting_id DESC LIMIT 1 OFFSET (SELECT count(*) // 2 FROM out.meeting_index)",
        )
    return Sample(entity, name_hi, name_latin, meeting, article, day, place, after)


def list_pages(published: Path) -> dict[str, str]:
    """Return the address of every page, with filters that match many rows."""
    sample = find_sample(published)

    def at(path: str, **query: object) -> str:
        return f"/{path}?{urlencode(query)}"

    return {
        "meetings": at("meetings"),
        "meetings, half way through": at("meetings", after=sample.after),
        "meetings, most reported": at("meetings", sort="reports"),
        "meetings, name in Hindi": at("meetings", who=sample.name_hi),
        "meetings, name in Latin": at("meetings", who=sample.name_latin),
        "meetings, country and status": at("meetings", country="IND", status="planned"),
        "meetings, dates and format": at(
            "meetings", since="2015-02-01", until="2015-03-01", format="bilateral"
        ),
        "meetings, place": at("meetings", place=sample.place),
        "meetings, word": at("meetings", text="चुनाव"),
        "meetings, partition day": at("meetings", day=sample.day),
        "meeting": f"/meetings/{sample.meeting}",
        "article": f"/articles/{sample.article}",
        "person": f"/entities/{sample.entity}",
        "country": "/countries/IND",
        "network": at("network"),
        "network, 1,000 pairs": at("network", most=1000),
        "network of a person": at("network", entity=sample.entity),
        "matrix": at("matrix"),
        "timeline": at("timeline"),
        "pipeline": at("pipeline"),
        "rejected": at("rejected"),
        "run": at("run", dag_id="hindi_news_daily", run_id="fill-0"),
        "names suggested": at("suggest", who=sample.name_hi[:3]),
    }


def measure(published: Path) -> list[Figures]:
    """Measure every page."""
    client = TestClient(create_app(published, lambda: None))
    bare = attach_published(published)
    run_sql(bare, "explore/session.sql")
    return [_measure_page(client, bare, name, address) for name, address in list_pages(published).items()]


def _measure_page(client: TestClient, bare: duckdb.DuckDBPyConnection, name: str, address: str) -> Figures:
    results: list[QueryResult] = []
    run_query = Snapshot.query

    def record(snapshot: Snapshot, name: str, parameters: Mapping[str, Any]) -> QueryResult:
        results.append(run_query(snapshot, name, parameters))
        return results[-1]

    with patch.object(Snapshot, "query", record):
        client.get(address).raise_for_status()
    queries = [result.sql for result in results]

    def run_bare() -> None:
        for sql in queries:
            bare.execute(sql).fetchall()

    return Figures(
        page=name,
        page_ms=_fastest(lambda: client.get(address).raise_for_status()),
        bare_ms=_fastest(run_bare),
        query_count=len(queries),
        row_count=max((len(result.rows) for result in results), default=0),
    )


def _fastest(do: Callable[[], object]) -> float:
    seconds = []
    for _ in range(TRIES):
        began = time.process_time()
        do()
        seconds.append(time.process_time() - began)
    return min(seconds) * 1000


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    row = con.execute(sql).fetchone()
    assert row is not None
    return row


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--warehouse", type=Path, help="an existing published copy of this benchmark's data")
    parser.add_argument("--quick", action="store_true", help="only 12,000 articles")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        count = 12_000 if chosen.quick else chosen.articles
        figures = measure(chosen.warehouse or make_warehouse(Path(name), count))
    if chosen.json:
        print(json.dumps([asdict(row) for row in figures], indent=2))
        return
    print(f"{'page':34}{'page / bare SQL':>16}{'ms':>8}{'queries':>9}{'rows':>6}")
    for row in figures:
        print(
            f"{row.page:34}{row.page_ms / row.bare_ms:16.2f}{row.page_ms:8.0f}{row.query_count:9}{row.row_count:6}"
        )


if __name__ == "__main__":
    main()
