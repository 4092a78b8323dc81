"""The columns of the warehouse's tables and views, with their comments."""

from dataclasses import dataclass

import duckdb

from etl.warehouse.statements import query_records


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table or view; comments are None in a lake, which stores none for columns of views."""

    schema_name: str
    table_name: str
    table_comment: str | None
    column_name: str
    data_type: str
    column_comment: str | None


def list_columns(con: duckdb.DuckDBPyConnection) -> list[Column]:
    """Return all columns by schema and table, in their order in the table."""
    return query_records(con, "read/list_columns.sql", Column)
