import re
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest

from etl.domain.hindi import fold_name
from etl.errors import PermanentError
from etl.warehouse import migrate as migrate_module
from etl.warehouse.connection import open_working
from etl.warehouse.migrate import define_macros, make_record, migrate
from etl.warehouse.statements import list_sql, read_sql, run_sql
from testkit.newsroom import NOW, query


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


def test_a_database_from_before_macros_and_comments_had_files_is_migrated(path: Path) -> None:
    with duckdb.connect(path) as con:
        for name in list_sql("migrations"):
            former = re.match(r"-- also recorded as: (\w{64})\n", read_sql(name))
            assert former or make_record(name).migration_number > 14
            con.execute(
                "UPDATE meta.migration SET file_sha256 = ? WHERE file_name = ?",
                [former[1] if former else make_record(name).file_sha256, make_record(name).file_name],
            )
        con.execute("CREATE OR REPLACE MACRO core.stem_word(word) AS 'old'")
        con.execute(
            "COMMENT ON TABLE core.article IS 'old'; UPDATE meta.view_definition SET text_sha256 = 'old'"
        )
    with open_working(path) as con:
        assert migrate(con, now=NOW) == []
        assert con.execute("SELECT core.stem_word('बैठकें')").fetchone() == ("बैठक",)
    comment = "SELECT comment FROM duckdb_tables() WHERE schema_name = 'core' AND table_name = 'article'"
    assert query(path, comment) != [("old",)]


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
        assert [f"migrations/{name}" for name in migrate(con, now=NOW)] == list_sql("migrations")[4:]


def test_views_are_replaced_when_their_text_changed(path: Path) -> None:
    with duckdb.connect(path) as con:
        con.execute(
            "CREATE VIEW out.old_view AS SELECT 1 AS x; UPDATE meta.view_definition SET text_sha256 = 'old'"
        )
    with open_working(path) as con:
        migrate(con, now=NOW)
    views = query(path, "SELECT view_name FROM duckdb_views() WHERE schema_name = 'out' ORDER BY 1")
    assert ("meeting",) in views
    assert ("old_view",) not in views


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


MIGRATIONS = list_sql("migrations")
REPLACED = {"core.article_token": 1}
"""Tables of an earlier version whose rows another table holds now."""
VALUES = {
    "VARCHAR": "'क'",
    "DATE": "DATE '2023-05-05'",
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMPTZ '2023-05-05 10:00:00+05:30'",
    "BOOLEAN": "TRUE",
    "INTEGER": "1",
    "BIGINT": "1",
    "USMALLINT": "1",
    "DOUBLE": "0.5",
    "VARCHAR[]": "['क']",
    "STRUCT(article_number INTEGER, token_count USMALLINT)[]": "[{'article_number': 1, 'token_count': 1}]",
}


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_file_of_every_earlier_version_is_migrated_with_its_rows(tmp_path: Path, version: int) -> None:
    path = tmp_path / "w.duckdb"
    with open_working(path) as con:
        define_macros(con)
        for name in MIGRATIONS[:version]:
            run_sql(con, name)
            run_sql(con, "meta/record_migration.sql", asdict(make_record(name)) | {"now": NOW})
        before = fill_tables(con)
        assert [f"migrations/{name}" for name in migrate(con, now=NOW)] == MIGRATIONS[version:]
        for table, count in before.items() - REPLACED.items():
            assert con.execute(f"SELECT count(*) FROM {table}").fetchone() == (count,), table
        for (view,) in con.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'out'"
        ).fetchall():
            con.execute(f"FROM out.{view}").fetchall()


def test_words_by_article_become_words_by_partition(tmp_path: Path) -> None:
    with open_working(tmp_path / "w.duckdb") as con:
        define_macros(con)
        for name in MIGRATIONS[:13]:
            run_sql(con, name)
            run_sql(con, "meta/record_migration.sql", asdict(make_record(name)) | {"now": NOW})
        for article_id, day in (("b", "2024-01-01"), ("a", "2024-01-01"), ("c", "2024-01-02")):
            con.execute(
                "INSERT INTO core.article (article_id, partition_day, source_id, source_name, url, canonical_url,"
                " text, body_start_char, text_sha256, language, segments)"
                " VALUES (?, ?, 's', 's', 'u', 'u', 'बैठक', 0, 'h', 'hi', [])",
                [article_id, day],
            )
            con.execute("INSERT INTO core.article_token VALUES (?, ?, 'बैठक', 2)", [day, article_id])
        migrate(con, now=NOW)
        assert con.execute("FROM core.posting_list ORDER BY ALL").fetchall() == [
            ("2024-01-01", "बैठक", [posting(1, 2), posting(2, 2)]),
            ("2024-01-02", "बैठक", [posting(1, 2)]),
        ]
        found = con.execute("SELECT article_id FROM out.articles_with_words('बैठकें') ORDER BY 1").fetchall()
        assert found == [("a",), ("b",), ("c",)]


def posting(article_number: int, token_count: int) -> dict[str, int]:
    return {"article_number": article_number, "token_count": token_count}


def fill_tables(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Insert a row into every table except those of migrations; return the number of rows of each."""
    tables = con.execute(
        "SELECT schema_name || '.' || table_name, list(data_type ORDER BY column_index) FROM duckdb_columns()"
        " WHERE schema_name IN ('core', 'meta') AND table_name NOT IN ('migration', 'view_definition')"
        " GROUP BY ALL"
    ).fetchall()
    for table, types in tables:
        con.execute(f"INSERT INTO {table} VALUES ({', '.join(VALUES.get(kind, 'NULL') for kind in types)})")
    return {table: con.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table, _ in tables}  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ज़िला पंचायत, बैठक।", "जिला पंचायत बैठक"),
        ("चाँद दिल्\u200dली U.S.", "चांद दिल्ली u s"),
        ("मुलाक़ात (२०२३)", "मुलाकात २०२३"),
        ("\u0929\u0931", "\u0928\u0930"),
    ],
)
def test_words_fold_in_sql_as_in_python(path: Path, text: str, folded: str) -> None:
    with duckdb.connect(path, read_only=True) as con:
        (found,) = con.execute("SELECT core.fold_words(?)", [text]).fetchone() or ("",)
    assert found == folded
    assert found == " ".join(re.sub(r"[^\w\u0900-\u0963]+", " ", fold_name(text).lower()).split())


@pytest.mark.parametrize(
    "forms",
    ["समझौता समझौते समझौतों", "बैठक बैठकें बैठकों", "मंत्री मंत्रियों", "यात्रा यात्राएं यात्राओं", "किसान किसानों", "शंकर"],
)
def test_inflections_of_a_word_have_one_stem(path: Path, forms: str) -> None:
    with duckdb.connect(path, read_only=True) as con:
        stems = {con.execute("SELECT core.stem_word(?)", [form]).fetchone() for form in forms.split()}
    assert len(stems) == 1
