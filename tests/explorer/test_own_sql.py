"""SQL of users: one SELECT over the published file, and nothing else."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from etl.explorer.app import create_app
from etl.storage.warehouse_place import DuckLake
from etl.warehouse.explore import QueryTooSlow
from etl.warehouse.own_sql import MAX_OWN_ROWS, SqlRejected, run_own_sql
from testkit.fixtures import Ask
from testkit.newsstand import Newsstand


def test_a_select_returns_its_rows(newsstand: Newsstand, ask: Ask) -> None:
    result = run_own_sql(newsstand.published, "SELECT count(*) AS meetings FROM out.meeting")
    assert result.columns == ("meetings",)
    assert result.rows[0][0] > 50
    page = ask("/sql", sql="SELECT 'मोदी' AS name, 42 AS n;")
    assert "<bdi>name</bdi>" in page
    assert "<bdi>मोदी</bdi>" in page


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1; SELECT 2",
        "",
        "SELEC 1",
        "DROP VIEW out.meeting",
        "CREATE TABLE memory.t AS SELECT 1",
        "INSERT INTO core.article SELECT * FROM core.article",
        "COPY (SELECT 1) TO '{file}'",
        "EXPORT DATABASE '{file}'",
        "ATTACH '{file}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "PRAGMA enable_external_access",
        "PRAGMA import_database('{folder}')",
        "IMPORT DATABASE '{folder}'",
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM read_blob('{secret}')",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM sniff_csv('{secret}')",
        "SELECT * FROM read_csv('https://news.example/x.csv')",
        "SELECT * FROM query('DROP VIEW out.meeting')",
        "SELECT getenv('HOME')",
    ],
)
def test_everything_else_is_rejected(newsstand: Newsstand, tmp_path: Path, sql: str) -> None:
    secret, file = tmp_path / "secret.csv", tmp_path / "written"
    secret.write_text("a,b\n1,2\n")
    filled = sql.format(secret=secret, file=file, folder=tmp_path)
    with pytest.raises(SqlRejected):
        run_own_sql(newsstand.published, filled)
    assert not file.exists()


def test_time_and_rows_are_limited(newsstand: Newsstand) -> None:
    with pytest.raises(QueryTooSlow):
        run_own_sql(
            newsstand.published,
            "SELECT sum(one.range * other.range) FROM range(100000000) AS one, range(100000) AS other",
            seconds=0.3,
        )
    result = run_own_sql(newsstand.published, "FROM range(5000)")
    assert len(result.rows) == MAX_OWN_ROWS
    assert result.is_cut


def test_an_error_is_shown_and_a_lake_offers_no_sql(client: TestClient, tmp_path: Path) -> None:
    page = client.get("/sql", params={"sql": "SELECT nothing FROM out.meeting"})
    assert page.status_code == 422
    assert "Referenced column" in page.text
    lake = create_app(DuckLake("host=127.0.0.1 port=1 dbname=none", f"{tmp_path}/"), lambda: None)
    assert TestClient(lake).get("/sql", params={"sql": "SELECT 1"}).status_code == 503
