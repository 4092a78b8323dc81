"""Downloads of whole tables."""

import tempfile
from enum import StrEnum
from pathlib import Path

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse
from pydantic import ValidationError
from starlette.background import BackgroundTask

from etl.explorer.page import PageDep
from etl.explorer.query import TABLES
from etl.explorer.workbook import write_workbook
from etl.warehouse.export import ExportFormat

router = APIRouter()
FileFormat = StrEnum("FileFormat", {format.name: format.value for format in ExportFormat} | {"XLSX": "xlsx"})  # type: ignore[misc]
TableName = StrEnum("TableName", {name: name for name in TABLES})  # type: ignore[misc]  # names come from TABLES
_MEDIA_TYPE = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/download/{name}/{file_format}", response_class=FileResponse)
def download_table(page: PageDep, name: TableName, file_format: FileFormat) -> FileResponse:
    """Send the rows of a table as a file. It takes the URL fields of the page that shows the table."""
    try:
        query = TABLES[name].model_validate(dict(page.request.query_params))
    except ValidationError as error:
        raise RequestValidationError(
            [part | {"loc": ("query", *part["loc"])} for part in error.errors()]
        ) from error
    with tempfile.NamedTemporaryFile(suffix=f".{file_format}", delete=False) as file:
        target = Path(file.name)
    try:
        if file_format == "xlsx":
            write_workbook(page.snapshot.read_batches(name, query.sql_parameters()), target)
        else:
            page.snapshot.write(name, query.sql_parameters(), ExportFormat(file_format), target)
    except BaseException:
        target.unlink()
        raise
    return FileResponse(
        target,
        media_type=_MEDIA_TYPE[file_format],
        filename=f"mulaqat-{name}.{file_format}",
        background=BackgroundTask(target.unlink),
    )
