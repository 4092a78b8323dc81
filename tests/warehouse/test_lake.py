"""The warehouse as a DuckLake: real PostgreSQL, Parquet files in a folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from newsroom import Newsroom, Story, Told, dump_core

from etl.places import DuckLake
from etl.warehouse.publish import publish
from tests.servers import PostgresServer, postgres_server


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture
def lake(postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DuckLake:
    name = f"lake_{tmp_path.name[-8:].strip('_').lower()}"
    postgres.create_database(name)
    monkeypatch.setenv("PGPASSWORD", postgres.password)
    catalog = f"host={postgres.host} port={postgres.port} user={postgres.user} dbname={name}"
    return DuckLake(catalog, f"{tmp_path / 'parquet'}/")


def test_a_lake_holds_the_rows_of_a_file(newsroom: Newsroom, lake: DuckLake) -> None:
    for place in (newsroom.working_path, lake):
        newsroom.load("2023-05-05", Story("https://a.in/1"), working=place)
        newsroom.load("2023-05-06", Story("https://a.in/2", (Told(place="गोवा"),)), working=place)
        newsroom.load("2023-05-05", Story("https://a.in/1"), Story("https://a.in/3"), working=place)
    publish(lake, lake)
    assert dump_core(lake) == dump_core(newsroom.working_path)
