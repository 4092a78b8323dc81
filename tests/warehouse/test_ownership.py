"""Publish, migrate and the checks before a run leave every file alone that Mulaqat did not write."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from etl.config import Settings
from etl.domain.plan import RunContext
from etl.errors import MulaqatError, PermanentError, TransientError
from etl.pipeline.load import check_places
from etl.pipeline.whole_run import run_whole
from etl.storage import paths
from etl.warehouse.connection import open_working
from etl.warehouse.migrate import migrate
from etl.warehouse.publish import publish
from testkit.newsroom import NOW, query


@pytest.fixture
def working(tmp_path: Path) -> Path:
    """An empty working database."""
    path = tmp_path / "root" / "working" / "mulaqat.duckdb"
    with open_working(path) as con:
        migrate(con, now=NOW)
    return path


def make_database(path: Path, *statements: str) -> None:
    with duckdb.connect(str(path)) as con:
        for statement in statements:
            con.execute(statement)


def make_damaged(path: Path) -> None:
    make_database(path, "CREATE TABLE own AS SELECT range AS n FROM range(100000)")
    content = path.read_bytes()
    path.write_bytes(content[:20000] + bytes(len(content) - 20000))


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


FOREIGN: dict[str, Callable[[Path], None]] = {
    "database": lambda path: make_database(path, "CREATE TABLE own AS SELECT 1 AS n"),
    "database without tables": lambda path: make_database(path),
    "database with our schemas": lambda path: make_database(
        path, "CREATE SCHEMA meta", "CREATE SCHEMA core", "CREATE TABLE core.article AS SELECT 1 AS n"
    ),
    "database with migrations of its own": lambda path: make_database(
        path, "CREATE SCHEMA meta", "CREATE TABLE meta.migration AS SELECT 1 AS version"
    ),
    "damaged database": make_damaged,
    "text": lambda path: path.write_text("मेरे नोट्स"),  # type: ignore[dict-item, return-value]
    "empty file": lambda path: path.touch(),
    "SQLite": lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(4096)),  # type: ignore[dict-item, return-value]
    "folder": lambda path: path.mkdir(),
    "pipe": make_pipe,
    "dangling link": lambda path: path.symlink_to(path.with_name("gone")),
}


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Return the content of every file by path; None for what is not a regular file."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("suffix", ["", ".1"])
def test_a_foreign_file_is_never_replaced(working: Path, tmp_path: Path, kind: str, suffix: str) -> None:
    place = tmp_path / "own" / "own.duckdb"
    place.parent.mkdir()
    FOREIGN[kind](place.with_name(place.name + suffix))
    if suffix:
        publish(working, place, keep_previous=0)
    before = snapshot(place.parent)
    for _ in range(2):
        with pytest.raises(PermanentError, match=r"own\.duckdb.*left as it is"):
            publish(working, place)
    assert snapshot(place.parent) == before


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_run_stops_before_any_work(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "own.duckdb"
    FOREIGN[kind](place)
    before = snapshot(tmp_path)
    settings = Settings.from_env(data_root=tmp_path / "own.duckdb.data", warehouse=place)
    with pytest.raises(PermanentError, match=r"own\.duckdb.*left as it is") as raised:
        run_whole(settings, tmp_path, run=RunContext("run", NOW))
    assert "\n" not in str(raised.value)
    assert snapshot(tmp_path) == before


def test_copies_of_older_versions_are_replaced(working: Path, tmp_path: Path) -> None:
    place = tmp_path / "w.duckdb"
    publish(working, place)
    with duckdb.connect(str(place)) as con:  # as the first version left it: one migration, no views
        con.execute("DELETE FROM meta.migration WHERE migration_number > 1; DROP SCHEMA out CASCADE")
    publish(working, place)
    publish(working, place)
    assert query(place, "SELECT count(*) > 1 FROM meta.migration") == [(True,)]
    assert sorted(path.name for path in tmp_path.glob("w.*")) == ["w.duckdb", "w.duckdb.1"]


def test_what_a_reader_added_to_a_copy_is_not_lost(working: Path, tmp_path: Path) -> None:
    place = tmp_path / "w.duckdb"
    publish(working, place)
    make_database(place, "CREATE TABLE notes AS SELECT 'अपना' AS note")
    with pytest.raises(PermanentError, match=r"another program \(main\.notes\)"):
        publish(working, place)
    publish(working, tmp_path / "other.duckdb")
    (tmp_path / "other.duckdb.wal").write_bytes(b"changes")
    with pytest.raises(PermanentError, match=r"changes are in other\.duckdb\.wal"):
        publish(working, tmp_path / "other.duckdb")


def test_a_working_database_is_never_published_over(working: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    with open_working(other) as con:
        migrate(con, now=NOW)
    for place in (working, other):
        before = place.read_bytes()
        with pytest.raises(PermanentError, match="working database"):
            publish(working, place)
        assert place.read_bytes() == before


@pytest.mark.parametrize(
    "kind", ["database", "database with our schemas", "database with migrations of its own"]
)
def test_no_table_is_made_in_a_foreign_database(tmp_path: Path, kind: str) -> None:
    root = tmp_path / "root"
    (root / "working").mkdir(parents=True)
    working = root / "working" / "mulaqat.duckdb"
    FOREIGN[kind](working)
    tables = "SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL"
    before = query(working, tables)
    with pytest.raises(PermanentError, match="another program"), open_working(working) as con:
        migrate(con, now=NOW)
    assert query(working, tables) == before
    with pytest.raises(PermanentError, match=r"mulaqat\.duckdb belongs to another program"):
        check_places(Settings.from_env(data_root=root))


@pytest.mark.parametrize(
    "place", ["/proc/w.duckdb", "/proc/none/w.duckdb", "/dev/null", "file/w.duckdb", "n" * 300]
)
def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    before = snapshot(tmp_path)
    path = Path(place) if place.startswith("/") else tmp_path / place
    good = Settings.from_env(data_root=tmp_path / "root", warehouse=tmp_path / "w.duckdb")
    bad_root = [] if place == "/dev/null" else [replace(good, data_root=path.parent / "root")]
    for settings in (replace(good, warehouse=path), *(bad_root if len(place) < 300 else [])):
        with pytest.raises(MulaqatError) as raised:
            check_places(settings)
        assert "\n" not in str(raised.value)
    assert snapshot(tmp_path) == before


def test_no_space_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = paths.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(paths.shutil, "disk_usage", lambda _: usage._replace(free=4096))
    settings = Settings.from_env(data_root=tmp_path / "root", warehouse=tmp_path / "w.duckdb")
    with pytest.raises(TransientError, match=r"^No space left on device: .* has 4096 bytes free"):
        check_places(settings)
    assert list(tmp_path.iterdir()) == []
