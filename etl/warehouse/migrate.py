"""Bring the working database to the schema this code knows: numbered, recorded, forward-only migrations."""

import hashlib
import re
from datetime import datetime
from pathlib import PurePosixPath

import duckdb

from etl.errors import PermanentError
from etl.warehouse.connection import transaction
from etl.warehouse.lake import is_lake
from etl.warehouse.statements import list_sql, query_sql, read_sql, run_sql

_UNKNOWN_TO_LAKES = re.compile(r"(--.*\n)*COMMENT ON (COLUMN|MACRO)")
"""DuckLake keeps comments of views and of tables' columns, and none of views' columns and macros."""
_NO_MACRO = re.compile(r"(?!(--.*\n)*CREATE MACRO)")


def migrate(con: duckdb.DuckDBPyConnection, *, now: datetime) -> list[str]:
    """Apply the migrations that are missing, each in its own transaction, then renew views that changed.

    Returns:
        The file names applied.

    Raises:
        PermanentError: an applied migration was edited, or the database is newer than this code.
    """
    names = list_sql("migrations")
    applied = _list_applied(con)
    _check_history(names, applied)
    missing = [name for name in names[len(applied) :] if _apply(con, name, now)]
    _renew_views(con, now)
    return [PurePosixPath(name).name for name in missing]


def define_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Define the macros of schema core, which is there, in a database without its tables."""
    for name in list_sql("migrations"):
        run_sql(con, name, leave_out=_NO_MACRO)


def _apply(con: duckdb.DuckDBPyConnection, name: str, now: datetime) -> bool:
    """Apply one migration, if another writer of the lake was not faster."""
    with transaction(con):
        if _record(name) in _list_applied(con):
            return False
        run_sql(con, name)
        run_sql(con, "meta/record_migration.sql", _record(name) | {"now": now})
    return True


def _list_applied(con: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    (row,) = query_sql(con, "meta/has_migrations.sql")
    return query_sql(con, "meta/list_migrations.sql") if row["has_migrations"] else []


def _check_history(names: list[str], applied: list[dict[str, object]]) -> None:
    if len(applied) > len(names):
        raise PermanentError(
            f"The working database has {len(applied)} migrations and this code knows {len(names)}: "
            "it was written by a newer version. Install that version."
        )
    for name, row in zip(names, applied, strict=False):
        if _record(name) != row:
            raise PermanentError(
                f"Migration {row['file_name']} was applied as another text than {name} holds now. "
                "Put the old file back and write the change as a new migration."
            )


def _record(name: str) -> dict[str, object]:
    file_name = PurePosixPath(name).name
    return {
        "migration_number": int(file_name.partition("_")[0]),
        "file_name": file_name,
        "file_sha256": _sha256(read_sql(name)),
    }


def _renew_views(con: duckdb.DuckDBPyConnection, now: datetime) -> None:
    names = list_sql("views")
    text_sha256 = _sha256("\x1f".join(part for name in names for part in (name, read_sql(name))))
    if _has_views(con, text_sha256):
        return
    unknown = _UNKNOWN_TO_LAKES if is_lake(con) else None
    with transaction(con):
        if _has_views(con, text_sha256):
            return
        run_sql(con, "meta/replace_view_schema.sql", {"text_sha256": text_sha256, "now": now})
        for name in names:
            run_sql(con, name, leave_out=unknown)


def _has_views(con: duckdb.DuckDBPyConnection, text_sha256: str) -> bool:
    return [row["text_sha256"] for row in query_sql(con, "meta/read_view_sha256.sql")] == [text_sha256]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
