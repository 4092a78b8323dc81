"""Run the statements of a .sql file, each with the parameters that it names."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb

SQL_DIR = Path(__file__).parent / "sql"

Record = TypeVar("Record")


@cache
def read_sql(name: str) -> str:
    """Return the text of a file under sql/, such as `load/01_read.sql`."""
    return (SQL_DIR / name).read_text(encoding="utf-8")


def list_sql(folder: str) -> list[str]:
    """Return the names of a folder's files under sql/, in order, such as `views/02_meeting.sql`."""
    return sorted(f"{folder}/{path.name}" for path in (SQL_DIR / folder).glob("*.sql"))


def run_sql(
    con: duckdb.DuckDBPyConnection,
    name: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    leave_out: re.Pattern[str] | None = None,
) -> None:
    """Run every statement of a file, each with those of the parameters that it names.

    Args:
        leave_out: statements that match at their beginning are skipped.
    """
    for statement in con.extract_statements(read_sql(name)):
        if not (leave_out and leave_out.match(statement.query.strip())):
            con.execute(statement, _named(statement, parameters or {}))


def fill_sql(con: duckdb.DuckDBPyConnection, name: str, **texts: str) -> None:
    """Run a file after replacing its `{names}`, used where DuckDB accepts no parameter; the caller quotes the texts."""
    con.execute(read_sql(name).format(**texts))


def quote_text(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def quote_name(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def query_sql(
    con: duckdb.DuckDBPyConnection, name: str, parameters: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Run a file with one query and return its rows as dictionaries by column name."""
    (statement,) = con.extract_statements(read_sql(name))
    cursor = con.execute(statement, _named(statement, parameters or {}))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def query_records(
    con: duckdb.DuckDBPyConnection,
    name: str,
    record_type: type[Record],
    parameters: Mapping[str, Any] | None = None,
) -> list[Record]:
    """Run a file with one query and return its rows as records whose fields are the columns."""
    return [record_type(**row) for row in query_sql(con, name, parameters)]


def _named(statement: duckdb.Statement, parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: parameters[name] for name in statement.named_parameters}
