from pathlib import Path

import duckdb
import pytest
from newsroom import NOW, query

from etl.errors import PermanentError
from etl.warehouse import migrate as migrate_module
from etl.warehouse.connection import open_working
from etl.warehouse.migrate import migrate
from etl.warehouse.statements import list_sql


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "w.duckdb"
    with open_working(path) as con:
        assert [f"migrations/{name}" for name in migrate(con, now=NOW)] == list_sql("migrations")
    return path


def test_migrations_are_numbered_without_gaps_and_applied_once(path: Path) -> None:
    numbers = [int(name.removeprefix("migrations/")[:4]) for name in list_sql("migrations")]
    assert numbers == list(range(1, len(numbers) + 1))
    with open_working(path) as con:
        assert migrate(con, now=NOW) == []


def test_an_edited_migration_is_refused(path: Path) -> None:
    with duckdb.connect(path) as con:
        con.execute("UPDATE meta.migration SET file_sha256 = 'edited' WHERE migration_number = 2")
    with open_working(path) as con, pytest.raises(PermanentError, match=r"0002_.* another text"):
        migrate(con, now=NOW)


def test_a_database_newer_than_the_code_is_refused(path: Path) -> None:
    with duckdb.connect(path) as con:
        con.execute("INSERT INTO meta.migration VALUES (99, '0099_future.sql', 'x', now())")
    with open_working(path) as con, pytest.raises(PermanentError, match="newer version"):
        migrate(con, now=NOW)


def test_a_failing_migration_leaves_nothing_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = migrate_module.run_sql

    def fail_at_event_type(con: duckdb.DuckDBPyConnection, name: str, *args: object) -> None:
        real(con, name, *args)
        if name.endswith("event_type.sql"):
            raise RuntimeError("power cut")

    monkeypatch.setattr(migrate_module, "run_sql", fail_at_event_type)
    with open_working(tmp_path / "w.duckdb") as con, pytest.raises(RuntimeError):
        migrate(con, now=NOW)
    monkeypatch.undo()
    assert query(tmp_path / "w.duckdb", "FROM duckdb_tables() WHERE table_name = 'event_type'") == []
    with open_working(tmp_path / "w.duckdb") as con:
        assert migrate(con, now=NOW) == [
            "0005_event_type.sql",
            "0006_entity_names.sql",
            "0007_collect.sql",
        ]


def test_views_are_made_anew_when_their_text_changed(path: Path) -> None:
    with duckdb.connect(path) as con:
        con.execute(
            "CREATE VIEW out.old_view AS SELECT 1 AS x; UPDATE meta.view_definition SET text_sha256 = 'old'"
        )
    with open_working(path) as con:
        migrate(con, now=NOW)
    views = query(path, "SELECT view_name FROM duckdb_views() WHERE schema_name = 'out' ORDER BY 1")
    assert views == [("meeting",), ("meeting_evidence",), ("reported_meeting",)]


def test_everything_is_documented(path: Path) -> None:
    undocumented = """
        SELECT schema_name, table_name, '' FROM duckdb_tables() WHERE comment IS NULL
        UNION ALL SELECT schema_name, view_name, '' FROM duckdb_views() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT schema_name, table_name, column_name FROM duckdb_columns()
        WHERE NOT internal AND comment IS NULL
    """
    assert query(path, undocumented) == []


def test_event_types_carry_the_scores_of_their_scheme(path: Path) -> None:
    assert query(path, "SELECT count(*) FROM core.event_type WHERE code_system = 'CAMEO'") == [(11,)]
    assert query(path, "SELECT goldstein, quad_code FROM core.event_type WHERE code = '043'") == [(2.8, 1)]
    scores = query(
        path, "SELECT plover_score FROM core.event_type WHERE code = 'CONSULT' ORDER BY mode NULLS FIRST"
    )
    assert scores == [(2.5,), (4.0,), (1.5,), (1.0,), (4.0,)]
