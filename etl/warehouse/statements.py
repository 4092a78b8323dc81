"""Run the statements of a .sql file, each with the parameters it names."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

SQL_DIR = Path(__file__).parent / "sql"


@cache
def read_sql(name: str) -> str:
    """Return the text of a file under sql/, such as `load/01_stage.sql`."""
    return (SQL_DIR / name).read_text(encoding="utf-8")


def list_sql(folder: str) -> list[str]:
    """Return the names of a folder's files under sql/, in order, such as `views/01_meeting.sql`."""
    return sorted(f"{folder}/{path.name}" for path in (SQL_DIR / folder).glob("*.sql"))


def run_sql(
    con: duckdb.DuckDBPyConnection,
    name: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    leave_out: re.Pattern[str] | None = None,
) -> None:
    """Run every statement of a file; each is given those of the parameters that it names.

    Args:
        leave_out: statements that begin like this are not run.
    """
    for statement in con.extract_statements(read_sql(name)):
        if not (leave_out and leave_out.match(statement.query.strip())):
            con.execute(statement, _named(statement, parameters or {}))


def fill_sql(con: duckdb.DuckDBPyConnection, name: str, **texts: str) -> None:
    """Run a file whose `{names}` stand where DuckDB takes no parameter; the caller quotes the texts."""
    con.execute(read_sql(name).format(**texts))


def quote_text(text: str) -> str:
    """Return a text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def quote_name(name: str) -> str:
    """Return a name as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def query_sql(
    con: duckdb.DuckDBPyConnection, name: str, parameters: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Run a file of one query and return its rows by column name."""
    (statement,) = con.extract_statements(read_sql(name))
    cursor = con.execute(statement, _named(statement, parameters or {}))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _named(statement: duckdb.Statement, parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: parameters[name] for name in statement.named_parameters}
