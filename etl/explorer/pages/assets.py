"""The app's static files: scripts, styles, icons and fonts."""

from functools import cache
from http import HTTPStatus
from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse

from etl.explorer.page import STATIC_DIR

router = APIRouter()
_MEDIA_TYPE = {
    ".css": "text/css",
    ".json": "application/json",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
}


@router.get("/static/{fingerprint}/{name}", response_class=FileResponse)
def send_asset(fingerprint: str, name: str) -> FileResponse:
    """Send a static file. Its URL contains a hash of the files, so browsers can cache it forever."""
    path = _find_assets().get(name)
    if path is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    headers = {"Cache-Control": "private, max-age=31536000, immutable"}
    return FileResponse(path, media_type=_MEDIA_TYPE[path.suffix], headers=headers)


@cache
def _find_assets() -> dict[str, Path]:
    """Return the files that may be sent, by name."""
    return {path.name: path for path in STATIC_DIR.rglob("*") if path.suffix in _MEDIA_TYPE}
