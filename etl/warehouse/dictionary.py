"""The data dictionary: the meaning of every table, view, column and search macro, from the comments in the schema."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

import duckdb

from etl.warehouse.migrate import migrate
from etl.warehouse.schema import Column, list_columns
from etl.warehouse.statements import query_records

_SCHEMAS = {
    "out": "Views for analysts. Their names and columns stay stable.",
    "core": "The normalised tables behind the views.",
    "meta": "Records of runs, loads, rejections and audits.",
}
_HEAD = """# Data dictionary

Written by `make dictionary` (`mulaqat dictionary`) from the comments in the schema. To read them in DuckDB:
`SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'out'`.
"""


@dataclass(frozen=True, slots=True)
class Macro:
    """A table macro that analysts call."""

    schema_name: str
    macro_name: str
    macro_comment: str


def describe_schema() -> str:
    """Return the dictionary of this code's schema as Markdown."""
    with duckdb.connect() as con:
        migrate(con, now=datetime(1970, 1, 1, tzinfo=UTC))
        columns = list_columns(con)
        macros = query_records(con, "read/list_macros.sql", Macro)
    return "\n".join([_HEAD, *_sections(columns, macros)]).rstrip() + "\n"


def _sections(columns: list[Column], macros: list[Macro]) -> Iterator[str]:
    for schema, meaning in _SCHEMAS.items():
        yield f"## Schema `{schema}`\n\n{meaning}\n"
        own = [column for column in columns if column.schema_name == schema]
        for (table, comment), rows in groupby(
            own, key=lambda column: (column.table_name, column.table_comment)
        ):
            yield f"### `{schema}.{table}`\n\n{comment}\n\n| column | type | meaning |\n|---|---|---|"
            yield from (
                f"| `{row.column_name}` | {row.data_type} | {_cell(row.column_comment)} |" for row in rows
            )
            yield ""
        for macro in macros:
            if macro.schema_name == schema:
                yield f"### `{schema}.{macro.macro_name}`\n\n{macro.macro_comment}\n"


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")
