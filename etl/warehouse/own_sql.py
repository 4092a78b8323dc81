"""Run SQL that a user wrote, on the published file: one SELECT, without access to anything else.

The connection is opened for one statement and closed after it. Before the statement runs, the file is attached
read-only, access to other files and to the network is switched off, memory and threads are limited, and the
configuration is locked, so that no statement can lift a limit.
"""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from etl.errors import TransientError
from etl.warehouse.connection import attach_published
from etl.warehouse.explore import interrupt_after
from etl.warehouse.statements import run_sql

OWN_SQL_SECONDS = 10.0
MAX_OWN_ROWS = 1_000
MAX_CELL_LETTERS = 2_000
_MAX_AT_A_TIME = 2
_free = threading.Semaphore(_MAX_AT_A_TIME)


class SqlRejected(ValueError):
    """The SQL is not one SELECT, or DuckDB rejects it; the message says why."""


class TooManyQueries(TransientError):
    """Other users' statements are still running."""


@dataclass(frozen=True, slots=True)
class OwnResult:
    """The result of a statement.

    Attributes:
        rows: its first `MAX_OWN_ROWS` rows; texts longer than `MAX_CELL_LETTERS` are cut.
        is_cut: whether there are more rows.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_cut: bool


def run_own_sql(published: Path, sql: str, *, seconds: float = OWN_SQL_SECONDS) -> OwnResult:
    """Return the result of one SELECT over the published file.

    Raises:
        SqlRejected: it is not one SELECT, or DuckDB rejects it.
        QueryTooSlow: it ran longer than `seconds`.
        TooManyQueries: other statements are still running.
        PermanentError: the file is not a DuckDB database.
    """
    with _take_turn(), closing(attach_published(published)) as con:
        try:
            # Locked before parsing: some PRAGMA statements read files while they are parsed.
            run_sql(con, "explore/own_sql_session.sql")
            statement = _parse(con, sql)
            with interrupt_after(con, seconds):
                cursor = con.execute(statement)
                rows = cursor.fetchmany(MAX_OWN_ROWS + 1)
                columns = tuple(column[0] for column in cursor.description or ())
        except duckdb.InterruptException:
            raise
        except duckdb.Error as error:
            raise SqlRejected(str(error)) from error
    shown = tuple(tuple(map(_cut, row)) for row in rows[:MAX_OWN_ROWS])
    return OwnResult(columns, shown, len(rows) > MAX_OWN_ROWS)


@contextmanager
def _take_turn() -> Iterator[None]:
    if not _free.acquire(timeout=1):
        raise TooManyQueries("Other users are running SQL now. Try again in a few seconds.")
    try:
        yield
    finally:
        _free.release()


def _parse(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    statements = con.extract_statements(sql)
    if len(statements) != 1:
        raise SqlRejected(f"Enter one statement; this is {len(statements)}.")
    if statements[0].type != duckdb.StatementType.SELECT:
        raise SqlRejected("Only SELECT is allowed: the published warehouse is read-only.")
    return statements[0]


def _cut(value: Any) -> Any:
    text = value if isinstance(value, str) else None
    return f"{text[:MAX_CELL_LETTERS]}…" if text and len(text) > MAX_CELL_LETTERS else value
