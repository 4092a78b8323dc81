"""The Explorer's pages next to the bare SQL they run, over a million made-up articles: ratios of one run.

    python -m benchmarks.explorer [--quick] [--json] [--articles 1000000] [--warehouse FILE]

Each page is asked in this process, as a server would be, and its processor time set against that of the same queries,
with the same values, on a plain DuckDB connection: other work on the machine does not count. The best of five tries
counts for both. What is told besides: how many
queries the page runs, and how many rows the largest of them hands over.
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
# The press makes every meeting alike; filters need something to choose from.
VARY = (
    f"UPDATE core.entity SET country_code = {COUNTRIES}[1 + (hash(entity_id) % 16)::INT] WHERE kind = 'PER'",
    "UPDATE core.meeting SET"
    " status = ['held', 'held', 'held', 'planned', 'cancelled'][1 + (hash(meeting_id) % 5)::INT],"
    " format = ['bilateral', 'multilateral', 'unknown'][1 + (hash(meeting_id || 'x') % 3)::INT]",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one page.

    Attributes:
        bare_ms: its queries alone, on a plain connection.
        row_count: of the query that hands over most.
    """

    page: str
    page_ms: float
    bare_ms: float
    query_count: int
    row_count: int


def make_warehouse(folder: Path, article_count: int) -> Path:
    """Return a published warehouse of so many articles, three in ten of which report a meeting."""
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


def list_pages(published: Path) -> dict[str, str]:
    """Return the address of every page, with filters that find much."""
    with duckdb.connect(str(published), read_only=True) as con:
        (entity, name_hi, name_latin, meeting) = _one(
            con,
            "SELECT entity_id, name_hi, name_latin, min(meeting_id) FROM out.meeting_participant"
            " GROUP BY ALL ORDER BY count(*) DESC, entity_id LIMIT 1",
        )
        (article, day, run_key, place) = _one(
            con,
            "SELECT lead_article_id, lead_partition_day, 'fill-0', place_hi FROM out.meeting_index"
            " ORDER BY meeting_id LIMIT 1",
        )
        (after,) = _one(
            con,
            "SELECT report_count || '~' || listed_date || '~' || meeting_id FROM out.meeting_index"
            " ORDER BY listed_date DESC, meeting_id DESC LIMIT 1 OFFSET (SELECT count(*) // 2 FROM out.meeting_index)",
        )

    def at(path: str, **query: object) -> str:
        return f"/{path}?{urlencode(query)}"

    return {
        "meetings": at("meetings"),
        "meetings, half way through": at("meetings", after=after),
        "meetings, most reported": at("meetings", sort="reports"),
        "meetings, name in Hindi": at("meetings", who=name_hi),
        "meetings, name in Latin": at("meetings", who=name_latin),
        "meetings, country and status": at("meetings", country="IND", status="planned"),
        "meetings, dates and format": at(
            "meetings", since="2015-02-01", until="2015-03-01", format="bilateral"
        ),
        "meetings, place": at("meetings", place=place),
        "meetings, word": at("meetings", text="चुनाव"),
        "meetings, partition day": at("meetings", day=day),
        "meeting": f"/meetings/{meeting}",
        "article": f"/articles/{article}",
        "person": f"/entities/{entity}",
        "country": "/countries/IND",
        "network": at("network"),
        "network, 1,000 pairs": at("network", most=1000),
        "network of a person": at("network", entity=entity),
        "matrix": at("matrix"),
        "timeline": at("timeline"),
        "pipeline": at("pipeline"),
        "rejected": at("rejected"),
        "run": at("run", dag_id="hindi_news_daily", run_id=run_key),
        "names suggested": at("suggest", who=name_hi[:3]),
    }


def measure(published: Path) -> list[Figures]:
    """Return the figures of every page."""
    client = TestClient(create_app(published, lambda: None))
    bare = attach_published(published)
    run_sql(bare, "explore/session.sql")
    return [_measure_page(client, bare, name, address) for name, address in list_pages(published).items()]


def _measure_page(client: TestClient, bare: duckdb.DuckDBPyConnection, name: str, address: str) -> Figures:
    asked: list[tuple[str, Mapping[str, Any]]] = []
    answers: list[QueryResult] = []
    ask = Snapshot.query

    def listen(snapshot: Snapshot, name: str, parameters: Mapping[str, Any]) -> QueryResult:
        asked.append((name, parameters))
        answers.append(ask(snapshot, name, parameters))
        return answers[-1]

    with patch.object(Snapshot, "query", listen):
        client.get(address).raise_for_status()
    queries = [answer.sql for answer in answers]

    def run_bare() -> None:
        for sql in queries:
            bare.execute(sql).fetchall()

    return Figures(
        page=name,
        page_ms=_fastest(lambda: client.get(address).raise_for_status()),
        bare_ms=_fastest(run_bare),
        query_count=len(queries),
        row_count=max((len(answer.rows) for answer in answers), default=0),
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
    parser.add_argument(
        "--warehouse", type=Path, help="a published copy of this benchmark's own data, made before"
    )
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
