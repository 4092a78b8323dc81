"""Export a view of schema out to files for pandas, Polars and spreadsheets, one folder per month.

    <target>/<view>/month=2023-05/part_0.parquet

The month is that of the event, or of publication for articles, and `undated` where neither is known. Views without a
date column are one file without a month. CSV files begin with a byte order mark, contain lists and structs as JSON, and
have an apostrophe before a text that a spreadsheet would run as a formula.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb

from etl.errors import BadSetting, PermanentError
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.connection import open_published
from etl.warehouse.export_folder import check_target, make_partial, remove_partial, replace_files
from etl.warehouse.schema import Column, list_columns
from etl.warehouse.statements import fill_sql, quote_name, quote_text, read_sql

_DATE_COLUMNS = (
    "start_date",
    "event_date",
    "Event Date",
    "planned_start_date",
    "published_date",
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class ExportFormat(StrEnum):
    """Format of the files."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"


_OPTIONS = {
    ExportFormat.PARQUET: "FORMAT parquet, COMPRESSION zstd",
    ExportFormat.CSV: "FORMAT csv, HEADER",
    ExportFormat.JSONL: "FORMAT json",
}


def export_views(
    published: WarehousePlace, views: Sequence[str], export_format: ExportFormat, target: Path
) -> dict[str, list[Path]]:
    """Write all rows of views; files of an earlier export are replaced, foreign files are kept.

    Args:
        views: names in schema out, such as meeting.
        target: folder in which a folder with each view's name is created.

    Returns:
        The files written by view, sorted.

    Raises:
        BadSetting: no view has this name, or a foreign file is in the way; nothing was written.
        PermanentError: nothing is published yet, or the target cannot be written.
        TransientError: the target's disk is full.
    """
    with open_published(published) as con:
        columns = {view: _columns(con, view) for view in views}
        check_target(target, views)
        return {view: _export(con, view, columns[view], export_format, target) for view in views}


def export_view(
    published: WarehousePlace, view: str, export_format: ExportFormat, target: Path
) -> list[Path]:
    """Write all rows of one view, as `export_views` does."""
    return export_views(published, [view], export_format, target)[view]


def list_views(published: WarehousePlace) -> list[str]:
    """Return the names of the views in schema out.

    Raises:
        PermanentError: nothing is published yet.
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
    """Write the rows of one query to one file, in the format of `export_view`."""
    if export_format is ExportFormat.CSV:
        described = con.execute(f"DESCRIBE {query}", parameters).fetchall()
        plain = ", ".join(_plain(row[0], row[1]) for row in described)
        query = read_sql("export/plain.sql").format(columns=plain, query=query)
    filled = read_sql("export/write_query.sql").format(
        query=query, target=quote_text(str(target)), options=_OPTIONS[export_format]
    )
    con.execute(filled, parameters)
    if export_format is ExportFormat.CSV:
        target.write_bytes(_BYTE_ORDER_MARK + target.read_bytes())


def _export(
    con: duckdb.DuckDBPyConnection,
    view: str,
    columns: list[Column],
    export_format: ExportFormat,
    target: Path,
) -> list[Path]:
    partial = make_partial(target, view)
    try:
        _copy(con, view, columns, export_format, partial)
        return replace_files(target, view, partial)
    except duckdb.IOException as error:
        raise PermanentError(f"{target} cannot be written: {error}") from error
    finally:
        remove_partial(partial)


def _columns(con: duckdb.DuckDBPyConnection, view: str) -> list[Column]:
    known = _out_columns(con)
    columns = [column for column in known if column.table_name == view]
    if not columns:
        raise BadSetting(f"there is no view {view!r}: choose one of {', '.join(_view_names(known))}")
    return columns


def _view_names(columns: list[Column]) -> list[str]:
    return sorted({column.table_name for column in columns})


def _out_columns(con: duckdb.DuckDBPyConnection) -> list[Column]:
    return [column for column in list_columns(con) if column.schema_name == "out"]


def _copy(
    con: duckdb.DuckDBPyConnection,
    view: str,
    columns: list[Column],
    export_format: ExportFormat,
    folder: Path,
) -> None:
    names = [column.column_name for column in columns]
    dated = [quote_name(name) for name in _DATE_COLUMNS if name in names]
    month = f"coalesce(strftime(coalesce({', '.join(dated)}), '%Y-%m'), 'undated')" if dated else "NULL"
    is_csv = export_format is ExportFormat.CSV
    selected = [
        _plain(column.column_name, column.data_type) if is_csv else quote_name(column.column_name)
        for column in columns
    ]
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


def _plain(column_name: str, data_type: str) -> str:
    """Return the SQL expression of a column as a spreadsheet can show it."""
    name = quote_name(column_name)
    if data_type == "VARCHAR":
        return f"{read_sql('export/no_formula.sql').format(text=name)} AS {name}"
    is_nested = data_type.endswith("]") or data_type.startswith(("STRUCT", "MAP"))
    return f"to_json({name})::VARCHAR AS {name}" if is_nested else name
