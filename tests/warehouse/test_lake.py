"""The warehouse as a DuckLake: real PostgreSQL, Parquet files in a folder."""

import logging
import os
import pickle
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from etl.config import REPOSITORY
from etl.domain.plan import RunContext
from etl.errors import AuditBlocked, PermanentError, TransientError, WarehouseLocked
from etl.storage.warehouse_place import DuckLake, ObjectStore
from etl.warehouse.audit import audit_warehouse
from etl.warehouse.connection import open_published, open_working, transaction
from etl.warehouse.load import load_partition
from etl.warehouse.migrate import migrate
from etl.warehouse.ownership import check_places
from etl.warehouse.publish import publish
from etl.warehouse.relink import relink_warehouse
from testkit.articles import MODI, ArticleSpec, MeetingSpec
from testkit.faults.load_and_publish import Plan
from testkit.faults.whole_days import read_in_a_loop, write_day
from testkit.newsroom import NOW, Newsroom, dump_core, query
from testkit.servers import PostgresServer, postgres_server

QUESTIONS = re.findall(r"```sql\n(.*?)```", (REPOSITORY / "docs" / "sql_cookbook.md").read_text(), re.S)
DAY_COUNT = 4


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


def make_lake(postgres: PostgresServer, name: str, folder: Path) -> DuckLake:
    postgres.create_database(name)
    catalog = f"host={postgres.host} port={postgres.port} user={postgres.user} dbname={name}"
    return DuckLake(catalog, f"{folder / 'parquet'}/")


@pytest.fixture(autouse=True)
def password(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", postgres.password)


@pytest.mark.timeout(1200)
def test_two_loaders_and_a_reader_at_once(postgres: PostgresServer, tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path / "stage", tmp_path / "file.duckdb")
    days = tuple(write_day(newsroom, number) for number in range(DAY_COUNT))
    lake = make_lake(postgres, "shared", tmp_path)
    stop, seen = threading.Event(), list[Counter[str]]()
    reader = threading.Thread(target=read_when_there, args=(lake, stop, seen))
    reader.start()
    loaders = []
    for number in range(2):
        plan = tmp_path / f"{number}.plan"
        plan.write_bytes(pickle.dumps(Plan(days[number::2], lake, lake)))
        command = [sys.executable, "-m", "testkit.faults.load_and_publish", str(plan)]
        loaders.append(subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE))
    try:
        said = [loader.communicate(timeout=900)[1].decode() for loader in loaders]
    finally:
        for loader in loaders:
            loader.kill()
        stop.set()
        reader.join(timeout=60)
    assert [loader.returncode for loader in loaders] == [0, 0], said
    (counted,) = seen
    assert set(counted) == {"whole"}, counted
    for files in days:
        load_partition(newsroom.working_path, files, RunContext("file", NOW))
    assert dump_core(lake) == dump_core(newsroom.working_path)


def read_when_there(lake: DuckLake, stop: threading.Event, seen: list[Counter[str]]) -> None:
    """Read in a loop once the first day is loaded."""
    while not stop.wait(0.2):
        try:
            if query(lake, "SELECT count(*) FROM meta.partition_load") != [(0,)]:
                break
        except (PermanentError, duckdb.CatalogException):  # no lake, or no table in it yet
            continue
    read_in_a_loop(lake, stop, seen)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def loaded(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> tuple[DuckLake, Newsroom]:
    """A lake with two days."""
    folder = tmp_path_factory.mktemp("lake")
    newsroom = Newsroom(folder / "stage", folder / "file.duckdb")
    lake = make_lake(postgres, "loaded", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", postgres.password)
        newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"), working=lake)
        newsroom.load("2023-05-06", ArticleSpec("https://a.in/2", (MeetingSpec(place="गोवा"),)), working=lake)
    return lake, newsroom


def test_every_stage_view_and_question_works_on_a_lake(loaded: tuple[DuckLake, Newsroom]) -> None:
    lake, _ = loaded
    assert [r for r in audit_warehouse(lake, RunContext("audit", NOW)) if r.bad_row_count] == []
    assert relink_warehouse(lake, RunContext("relink", NOW)).changed_count == 0
    assert publish(lake, lake) == lake
    with open_published(lake) as con:
        views = con.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'out'").fetchall()
        for (view,) in views:
            con.execute(f"SELECT count(*) FROM (FROM out.{view})").fetchone()
        for sql in QUESTIONS:
            con.execute(sql).fetchall()
        assert con.execute("SELECT name_hi FROM out.search_people('narendra modi')").fetchall() == [(MODI,)]
        found = "SELECT article_url FROM out.search_articles('मुलाकात modi') ORDER BY ALL"
        assert con.execute(found).fetchall() == [("https://a.in/1",), ("https://a.in/2",)]
        said = "SELECT comment FROM duckdb_columns() WHERE table_name = 'meeting' AND column_name = 'status'"
        assert any(text for (text,) in con.execute(said).fetchall())


def test_a_reader_stays_in_its_snapshot_and_can_go_back(loaded: tuple[DuckLake, Newsroom]) -> None:
    lake, newsroom = loaded
    count = "SELECT count(*) FROM core.article WHERE partition_day = '2023-05-07'"
    with open_published(lake) as con:
        (before,) = con.execute("SELECT max(snapshot_id) FROM lake.snapshots()").fetchone() or (0,)
        assert con.execute(count).fetchone() == (0,)
        newsroom.load("2023-05-07", ArticleSpec("https://a.in/3"), working=lake)
        assert con.execute(count).fetchone() == (0,)
    assert query(lake, count) == [(1,)]
    then = f"core.article AT (VERSION => {before})"
    assert query(lake, count.replace("core.article", then)) == [(0,)]
    with open_published(lake) as con:
        con.rollback()
        con.execute(
            f"ATTACH 'ducklake:postgres:{lake.catalog}' AS past (READ_ONLY, SNAPSHOT_VERSION {before})"
        )
        urls = "SELECT article_url FROM past.out.article_search ORDER BY ALL"
        assert con.execute(urls).fetchall() == [("https://a.in/1",), ("https://a.in/2",)]


def test_a_day_that_breaks_a_rule_is_rolled_back_and_recorded(loaded: tuple[DuckLake, Newsroom]) -> None:
    lake, newsroom = loaded
    before = dump_core(lake)
    with pytest.raises(AuditBlocked, match=r"2023-05-08 was rolled back: two_participants"):
        newsroom.load("2023-05-08", ArticleSpec("https://a.in/4", (MeetingSpec(who=(MODI,)),)), working=lake)
    assert dump_core(lake) == before
    kept = "SELECT bad_row_count FROM meta.audit_result WHERE check_name = 'two_participants' AND bad_row_count > 0"
    assert query(lake, kept) != []


def test_a_writer_that_waits_too_long_for_the_lock_fails_with_a_remedy(
    loaded: tuple[DuckLake, Newsroom],
) -> None:
    lake, _ = loaded
    with open_working(lake) as one, open_working(lake) as other, transaction(one):
        began = time.monotonic()
        with pytest.raises(WarehouseLocked, match="pg_locks"), transaction(other, lock_wait_seconds=0.3):
            pass
        assert time.monotonic() - began < 60
    with open_working(lake) as one, transaction(one, lock_wait_seconds=0.3):
        pass


def test_a_place_that_cannot_be_opened_is_an_error_that_says_why(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = make_lake(postgres, "empty", tmp_path)
    with pytest.raises(PermanentError, match="run `mulaqat run` first"), open_published(lake):
        pass
    monkeypatch.setenv("PGPASSWORD", "wrong-word")
    with pytest.raises(TransientError, match="cannot be reached") as raised, open_working(lake):
        pass
    assert "wrong-word" not in str(raised.value)
    with pytest.raises(PermanentError, match="they are two"):
        publish(tmp_path / "w.duckdb", lake)


def test_rows_can_be_stored_in_an_s3_compatible_store(postgres: PostgresServer, tmp_path: Path) -> None:
    moto = pytest.importorskip("moto.server", reason="moto[s3] is not installed")
    boto3 = pytest.importorskip("boto3")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = moto.ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    try:
        store = ObjectStore(
            "key", "secret", None, "us-east-1", "http://{}:{}".format(*server.get_host_and_port())
        )
        bucket = boto3.resource(
            "s3",
            endpoint_url=store.endpoint_url,
            aws_access_key_id="key",
            aws_secret_access_key="secret",
            region_name=store.region,
        ).create_bucket(Bucket="rows")
        lake = replace(make_lake(postgres, "remote", tmp_path), data_path="s3://rows/mulaqat/", store=store)
        newsroom = Newsroom(tmp_path / "stage", tmp_path / "file.duckdb")
        newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"), working=lake)
        assert query(lake, "SELECT article_url FROM out.reported_meeting") == [("https://a.in/1",)]
        names = [entry.key for entry in bucket.objects.all()]
        assert any(re.match(r"mulaqat/core/article/.*\.parquet", name) for name in names), names
    finally:
        server.stop()


def test_a_new_lake_needs_an_empty_folder(postgres: PostgresServer, tmp_path: Path) -> None:
    lake = make_lake(postgres, "unused", tmp_path)
    own = tmp_path / "parquet" / "rows" / "own.parquet"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"own")
    with pytest.raises(PermanentError, match=r"empty folder: .*own\.parquet"), open_working(lake):
        pass
    assert own.read_bytes() == b"own"
    own.unlink()
    with open_working(lake) as con:
        con.execute("CREATE TABLE own AS SELECT 1 AS n")
    with pytest.raises(PermanentError, match="belongs to another program"):
        check_places(lake, lake, 1)
    with pytest.raises(PermanentError, match="belongs to another program"), open_working(lake) as con:
        migrate(con, now=NOW)
    assert query(lake, "SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake'") == [("own",)]


def test_tidying_deletes_no_foreign_file(postgres: PostgresServer, tmp_path: Path) -> None:
    lake = make_lake(postgres, "tidied", tmp_path)
    newsroom = Newsroom(tmp_path / "stage", tmp_path / "file.duckdb")
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"), working=lake)
    own = tmp_path / "parquet" / "own.parquet"
    orphan = (
        tmp_path / "parquet" / "core" / "article" / "ducklake-0197aaaa-0000-7000-8000-000000000000.parquet"
    )
    for path in (own, orphan):
        path.write_bytes(b"own")
        os.utime(path, (0, 0))
    for foreign, kept in ((True, [own, orphan]), (False, [])):
        if not foreign:
            own.unlink()
        publish(lake, lake)
        assert [path for path in (own, orphan) if path.exists()] == kept
    assert query(lake, "SELECT article_url FROM out.reported_meeting") == [("https://a.in/1",)]
