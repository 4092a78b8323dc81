"""Scripts, styles and fonts: a closed list of files that come with the app."""

from functools import cache
from http import HTTPStatus
from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse

from etl.explorer.page import STATIC_DIR

router = APIRouter()
_MEDIA_TYPE = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
}


@router.get("/static/{fingerprint}/{name}", response_class=FileResponse)
def send_asset(fingerprint: str, name: str) -> FileResponse:
    """Send a file; its address changes with what it holds, so that browsers may keep it."""
    path = _list_assets().get(name)
    if path is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    keep = {"Cache-Control": "private, max-age=31536000, immutable"}
    return FileResponse(path, media_type=_MEDIA_TYPE[path.suffix], headers=keep)


@cache
def _list_assets() -> dict[str, Path]:
    return {path.name: path for path in STATIC_DIR.rglob("*") if path.suffix in _MEDIA_TYPE}
