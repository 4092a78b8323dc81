"""The data dictionary: what every table, view, column and search macro means, from the comments in the schema."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import duckdb

from etl.warehouse.migrate import migrate
from etl.warehouse.statements import query_sql

_SCHEMAS = {
    "out": "Views for analysts. Their names and columns are kept.",
    "core": "The normalized tables behind them.",
    "meta": "What was run, loaded, refused and checked.",
}
_HEAD = """# Data dictionary

Made by `mulaqat dictionary` from the comments in the schema; `make dictionary` writes it anew. In DuckDB itself:
`SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'out'`.
"""


def describe_schema() -> str:
    """Return the dictionary of the schema that this code knows, as Markdown."""
    with duckdb.connect() as con:
        migrate(con, now=datetime(1970, 1, 1, tzinfo=UTC))
        columns = query_sql(con, "read/list_columns.sql")
        macros = query_sql(con, "read/list_macros.sql")
    return "\n".join([_HEAD, *_sections(columns, macros)]).rstrip() + "\n"


def _sections(columns: list[dict[str, Any]], macros: list[dict[str, Any]]) -> Iterator[str]:
    for schema, says in _SCHEMAS.items():
        yield f"## Schema `{schema}`\n\n{says}\n"
        own = [row for row in columns if row["schema_name"] == schema]
        for (table, table_says), rows in groupby(own, key=lambda r: (r["table_name"], r["table_comment"])):
            yield f"### `{schema}.{table}`\n\n{table_says}\n\n| column | type | meaning |\n|---|---|---|"
            yield from (
                f"| `{row['column_name']}` | {row['data_type']} | {_cell(row['column_comment'])} |"
                for row in rows
            )
            yield ""
        for row in macros:
            if row["schema_name"] == schema:
                yield f"### `{schema}.{row['macro_name']}`\n\n{row['macro_comment']}\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
