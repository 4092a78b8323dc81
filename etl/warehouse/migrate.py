"""Bring the working database to the schema of this code.

Tables change by migrations only: numbered, recorded, each applied once. Macros, views and comments hold no rows, so
they are defined again from sql/macros.sql, sql/views and sql/comments.sql whenever one of these texts changes.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath

import duckdb

from etl.errors import PermanentError
from etl.warehouse.connection import transaction
from etl.warehouse.lake import is_lake
from etl.warehouse.ownership import check_migratable
from etl.warehouse.statements import list_sql, query_records, query_sql, read_sql, run_sql

_MACROS, _COMMENTS = "macros.sql", "comments.sql"
_UNKNOWN_TO_LAKES = re.compile(r"(--.*\n)*COMMENT ON (COLUMN|MACRO)")
"""DuckLake stores comments of tables, their columns and views; it stores none of a view's columns and of macros."""
_ALSO_RECORDED = re.compile(r"-- also recorded as: ([0-9a-f]{64})\n")
"""First line of a migration that older databases recorded under another hash: macros and comments were part of it."""


@dataclass(frozen=True, slots=True)
class Migration:
    """A row of meta.migration: a file under sql/migrations and the SHA-256 of its text."""

    migration_number: int
    file_name: str
    file_sha256: str


def migrate(con: duckdb.DuckDBPyConnection, *, now: datetime) -> list[str]:
    """Apply each missing migration in its own transaction, then define macros, views and comments that changed.

    Returns:
        The file names of the migrations applied.

    Raises:
        PermanentError: another program's tables are in the database, an applied migration was edited, or the
            database is newer than this code.
    """
    names = list_sql("migrations")
    check_migratable(con)
    applied = _list_applied(con)
    _check_history(names, applied)
    missing = names[len(applied) :]
    if missing:
        define_macros(con)
    new = [name for name in missing if _apply(con, name, now)]
    _renew_definitions(con, now)
    return [PurePosixPath(name).name for name in new]


def define_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Define the macros of schema core, and the schema if it is missing; migrations and posting lists call them."""
    with transaction(con):
        run_sql(con, _MACROS)


def make_record(name: str) -> Migration:
    """Return the row of meta.migration for a file such as `migrations/0001_meta.sql`."""
    file_name = PurePosixPath(name).name
    return Migration(int(file_name.partition("_")[0]), file_name, _sha256(read_sql(name)))


def _apply(con: duckdb.DuckDBPyConnection, name: str, now: datetime) -> bool:
    """Apply one migration, unless another writer of the lake has applied it meanwhile."""
    record = make_record(name)
    with transaction(con):
        if record in _list_applied(con):
            return False
        run_sql(con, name)
        run_sql(con, "meta/record_migration.sql", asdict(record) | {"now": now})
    return True


def _list_applied(con: duckdb.DuckDBPyConnection) -> list[Migration]:
    (row,) = query_sql(con, "meta/has_migrations.sql")
    if not row["has_migrations"]:
        return []
    return query_records(con, "meta/list_migrations.sql", Migration)


def _check_history(names: list[str], applied: list[Migration]) -> None:
    if len(applied) > len(names):
        raise PermanentError(
            f"The working database has {len(applied)} migrations and this code knows {len(names)}: "
            "it was written by a newer version. Install that version."
        )
    for name, found in zip(names, applied, strict=False):
        if found not in _accepted_records(name):
            raise PermanentError(
                f"Migration {found.file_name} was applied as another text than {name} holds now. "
                "Restore the old file and write the change as a new migration."
            )


def _accepted_records(name: str) -> Collection[Migration]:
    """Return the records under which a migration counts as applied: its text now, and its text before the split."""
    record = make_record(name)
    also = _ALSO_RECORDED.match(read_sql(name))
    return [record, Migration(record.migration_number, record.file_name, also[1])] if also else [record]


def _renew_definitions(con: duckdb.DuckDBPyConnection, now: datetime) -> None:
    views = list_sql("views")
    texts = [part for name in [_MACROS, *views, _COMMENTS] for part in (name, read_sql(name))]
    text_sha256 = _sha256("\x1f".join(texts))
    if _is_defined(con, text_sha256):
        return
    unknown = _UNKNOWN_TO_LAKES if is_lake(con) else None
    with transaction(con):
        if _is_defined(con, text_sha256):
            return
        run_sql(con, _MACROS)
        run_sql(con, "meta/replace_view_schema.sql", {"text_sha256": text_sha256, "now": now})
        for name in views:
            run_sql(con, name, leave_out=unknown)
        run_sql(con, _COMMENTS)


def _is_defined(con: duckdb.DuckDBPyConnection, text_sha256: str) -> bool:
    rows = query_sql(con, "meta/read_definition_sha256.sql")
    return [row["text_sha256"] for row in rows] == [text_sha256]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
