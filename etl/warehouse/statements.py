"""Run the statements of a .sql file, each with the parameters it names."""

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


def run_sql(con: duckdb.DuckDBPyConnection, name: str, parameters: Mapping[str, Any] | None = None) -> None:
    """Run every statement of a file; each is given those of the parameters that it names."""
    for statement in con.extract_statements(read_sql(name)):
        con.execute(statement, _named(statement, parameters or {}))


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
