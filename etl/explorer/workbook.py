"""Write the rows of a table as an Excel workbook."""

from collections.abc import Iterator
from datetime import date, datetime
from json import dumps
from pathlib import Path
from typing import Any

import xlsxwriter

from etl.domain.days import IST

_MAX_CELL_LETTERS = 32_767
"""Limit of Excel."""


def write_workbook(batches: Iterator[list[tuple[Any, ...]]], target: Path) -> None:
    """Write a workbook with one sheet, whose first row holds the column names and stays in view.

    Texts are written as texts, never as formulas or links. Lists and structs are written as JSON, and times as those of
    India, because Excel knows no time zones.

    Args:
        batches: first the column names, then the rows.
    """
    with xlsxwriter.Workbook(
        target, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    ) as workbook:
        sheet = workbook.add_worksheet("mulaqat")
        bold = workbook.add_format({"bold": True})
        moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        (columns,) = next(batches)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 18)
        for at, name in enumerate(columns):
            sheet.write_string(0, at, name, bold)
        for line, row in enumerate((row for batch in batches for row in batch), start=1):
            for at, value in enumerate(row):
                _write_cell(sheet, line, at, value, moment)


def _write_cell(sheet: Any, line: int, at: int, value: Any, moment: Any) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(line, at, value)
        case int() | float():
            sheet.write_number(line, at, value)
        case datetime():
            local = value.astimezone(IST).replace(tzinfo=None) if value.tzinfo else value
            sheet.write_datetime(line, at, local, moment)
        case date():
            sheet.write_datetime(line, at, value)
        case _:
            sheet.write_string(line, at, _to_text(value)[:_MAX_CELL_LETTERS])


def _to_text(value: Any) -> str:
    is_nested = isinstance(value, list | dict | tuple)
    return dumps(value, ensure_ascii=False, default=str) if is_nested else str(value)
