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
from etl.warehouse.export import ExportFormat

router = APIRouter()
TableName = StrEnum("TableName", {name: name for name in TABLES})  # type: ignore[misc]  # names come from TABLES
_MEDIA_TYPE = {
    ExportFormat.CSV: "text/csv",
    ExportFormat.PARQUET: "application/vnd.apache.parquet",
    ExportFormat.JSONL: "application/x-ndjson",
}


@router.get("/download/{name}/{export_format}", response_class=FileResponse)
def download_table(page: PageDep, name: TableName, export_format: ExportFormat) -> FileResponse:
    """Send all rows of a table as a file. It takes the URL fields of the page that shows the table."""
    try:
        query = TABLES[name].model_validate(dict(page.request.query_params))
    except ValidationError as error:
        raise RequestValidationError(
            [part | {"loc": ("query", *part["loc"])} for part in error.errors()]
        ) from error
    with tempfile.NamedTemporaryFile(suffix=f".{export_format}", delete=False) as file:
        target = Path(file.name)
    try:
        page.snapshot.write(name, query.sql_parameters(), export_format, target)
    except BaseException:
        target.unlink()
        raise
    return FileResponse(
        target,
        media_type=_MEDIA_TYPE[export_format],
        filename=f"mulaqat-{name}.{export_format}",
        background=BackgroundTask(target.unlink),
    )
