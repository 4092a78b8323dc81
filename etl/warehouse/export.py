"""Export a view of schema out to files that pandas, Polars and spreadsheets open, one folder a month.

    <target>/<view>/month=2023-05/part_0.parquet

The month is the event's, of articles that of publication, `undated` where neither is known; views that hold sums over
all time are one file without a month. In CSV, lists and structs are JSON, the file begins with a byte order mark, and a
text that a spreadsheet would run as a formula gets an apostrophe in front.
"""

import shutil
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb

from etl.errors import BadSetting
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.connection import open_published
from etl.warehouse.statements import fill_sql, query_sql, quote_name, quote_text, read_sql

_DATE_COLUMNS = (
    "start_date",
    "event_date",
    "Event Date",
    "planned_start_date",
    "published_date",
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class ExportFormat(StrEnum):
    """What a file is written as."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"


_OPTIONS = {
    ExportFormat.PARQUET: "FORMAT parquet, COMPRESSION zstd",
    ExportFormat.CSV: "FORMAT csv, HEADER",
    ExportFormat.JSONL: "FORMAT json",
}


def export_view(
    published: WarehousePlace, view: str, export_format: ExportFormat, target: Path
) -> list[Path]:
    """Write all rows of a view; what an earlier export left in its folder is replaced as a whole.

    Args:
        view: name in schema out, such as meeting.
        target: folder that gets a folder of the view's name.

    Returns:
        The files written, sorted.

    Raises:
        BadSetting: there is no such view.
        PermanentError: nothing was published yet.
    """
    folder = target / view
    partial = target / f".{view}.partial"
    target.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(partial, ignore_errors=True)
    with open_published(published) as con:
        columns = _columns(con, view)
        partial.mkdir()
        try:
            _copy(con, view, columns, export_format, partial)
            shutil.rmtree(folder, ignore_errors=True)
            partial.rename(folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return sorted(path for path in folder.rglob("*") if path.is_file())


def list_views(published: WarehousePlace) -> list[str]:
    """Return the names of the views in schema out.

    Raises:
        PermanentError: nothing was published yet.
    """
    with open_published(published) as con:
        return _view_names(_out_columns(con))


def write_query(
    con: duckdb.DuckDBPyConnection,
    query: str,
    parameters: Mapping[str, Any],
    export_format: ExportFormat,
    target: Path,
) -> None:
    """Write the rows of one query to one file, in the form that `export_view` writes."""
    if export_format is ExportFormat.CSV:
        described = con.execute(f"DESCRIBE {query}", parameters).fetchall()
        plain = ", ".join(_plain({"column_name": row[0], "data_type": row[1]}) for row in described)
        query = read_sql("export/plain.sql").format(columns=plain, query=query)
    filled = read_sql("export/write_query.sql").format(
        query=query, target=quote_text(str(target)), options=_OPTIONS[export_format]
    )
    con.execute(filled, parameters)
    if export_format is ExportFormat.CSV:
        target.write_bytes(_BYTE_ORDER_MARK + target.read_bytes())


def _columns(con: duckdb.DuckDBPyConnection, view: str) -> list[dict[str, Any]]:
    known = _out_columns(con)
    columns = [row for row in known if row["table_name"] == view]
    if not columns:
        raise BadSetting(f"there is no view {view!r}: choose one of {', '.join(_view_names(known))}")
    return columns


def _view_names(columns: list[dict[str, Any]]) -> list[str]:
    return sorted({str(row["table_name"]) for row in columns})


def _out_columns(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    return [row for row in query_sql(con, "read/list_columns.sql") if row["schema_name"] == "out"]


def _copy(
    con: duckdb.DuckDBPyConnection,
    view: str,
    columns: list[dict[str, Any]],
    export_format: ExportFormat,
    folder: Path,
) -> None:
    names = [row["column_name"] for row in columns]
    dated = [quote_name(name) for name in _DATE_COLUMNS if name in names]
    month = f"coalesce(strftime(coalesce({', '.join(dated)}), '%Y-%m'), 'undated')" if dated else "NULL"
    is_csv = export_format is ExportFormat.CSV
    selected = [_plain(row) if is_csv else quote_name(row["column_name"]) for row in columns]
    fill_sql(con, "export/select.sql", columns=", ".join(selected), month=month, view=quote_name(view))
    for (month,) in con.execute(read_sql("export/list_months.sql")).fetchall() or [(None,)]:
        path = (
            folder / f"month={month}" / f"part_0.{export_format}"
            if month
            else folder / f"part_0.{export_format}"
        )
        path.parent.mkdir(exist_ok=True)
        fill_sql(
            con,
            "export/write_month.sql",
            month=quote_text(month) if month else "NULL",
            target=quote_text(str(path)),
            options=_OPTIONS[export_format],
        )
        if is_csv:
            path.write_bytes(_BYTE_ORDER_MARK + path.read_bytes())


def _plain(row: dict[str, Any]) -> str:
    """Return a column as a spreadsheet can show it."""
    name, data_type = quote_name(row["column_name"]), row["data_type"]
    if data_type == "VARCHAR":
        return (
            f"CASE WHEN regexp_matches({name}, '^[=+@\\t\\r-]') THEN '''' || {name} ELSE {name} END AS {name}"
        )
    is_nested = data_type.endswith("]") or data_type.startswith(("STRUCT", "MAP"))
    return f"to_json({name})::VARCHAR AS {name}" if is_nested else name
