"""The Explorer over a DuckLake: a real PostgreSQL catalog, and Parquet files in a folder."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from etl.domain.plan import RunContext
from etl.explorer.app import create_app
from etl.storage.warehouse_place import DuckLake
from etl.warehouse.load import load_partition
from testkit.newsstand import FIRST_DAY, NOW, make_articles, make_rejections, write_day
from testkit.servers import postgres_server


def test_a_lake_shows_the_same_pages_as_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with postgres_server() as postgres:
        postgres.create_database("explorer")
        monkeypatch.setenv("PGPASSWORD", postgres.password)
        catalog = f"host={postgres.host} port={postgres.port} user={postgres.user} dbname=explorer"
        lake = DuckLake(catalog, f"{tmp_path / 'parquet'}/")
        client = TestClient(create_app(lake, lambda: None))
        assert "run mulaqat run first" in client.get("/meetings").text
        files = write_day(
            tmp_path / "stage", FIRST_DAY, make_articles(FIRST_DAY, 0), make_rejections(FIRST_DAY)
        )
        load_partition(lake, files, RunContext("run", NOW))
        pages = {
            path: client.get(path)
            for path in (
                "/meetings?who=arjun",
                "/network",
                "/matrix",
                "/timeline",
                "/pipeline",
                "/meetings?text=फोन",
            )
        }
        assert {path: response.status_code for path, response in pages.items()} == dict.fromkeys(pages, 200)
        assert "अर्जुन मेहता" in pages["/meetings?who=arjun"].text
        assert "Published 2024-05-20 06:30 IST" in pages["/pipeline"].text
        assert client.get("/download/meetings/parquet").content.startswith(b"PAR1")
