"""The app: every route asks first whether the caller may read, nothing but GET, errors in words."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etl.errors import PermanentError, TransientError
from etl.explorer.page import render
from etl.explorer.pages import articles, assets, downloads, meetings, networks, parties, pipeline, timeline
from etl.explorer.words import Both
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.explore import PublishedWarehouse

CheckAccess = Callable[..., Any]
"""A FastAPI dependency that raises HTTPException where the caller may not read."""

_HEADERS = {
    b"content-security-policy": b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    b"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
_SAYS = {
    HTTPStatus.UNAUTHORIZED: Both(
        "पहले साइन इन करें।", "Sign in to Airflow first, or open the address that `mulaqat explore` printed."
    ),
    HTTPStatus.FORBIDDEN: Both("इसे देखने की अनुमति नहीं है।", "Your account may not read this."),
    HTTPStatus.NOT_FOUND: Both(
        "यहां कुछ नहीं है।", "There is nothing here: no such page, meeting, article or name."
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: Both("यहां सिर्फ़ पढ़ा जा सकता है।", "Pages here can only be read."),
    HTTPStatus.UNPROCESSABLE_ENTITY: Both(
        "यह पता समझ में नहीं आया।", "This address asks for something that cannot be:"
    ),
}
_BROKEN = Both(
    "कुछ टूट गया।", "Something broke here. The log of the server says what; the other pages still work."
)
_NOTHING = Both("अभी दिखाने को कुछ नहीं है।", "There is no warehouse to look at:")


def create_app(published: WarehousePlace, check_access: CheckAccess) -> FastAPI:
    """Return the app over the warehouse published at a place, where there may be nothing yet.

    Args:
        check_access: asked before every route.
    """
    app = FastAPI(
        title="Mulaqat Explorer",
        description="Who met whom: the published warehouse, read-only.",
        dependencies=[Depends(check_access)],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        default_response_class=HTMLResponse,
    )
    app.state.published = PublishedWarehouse(published)
    app.add_middleware(_SafeHeaders)
    for part in (meetings, articles, parties, networks, timeline, pipeline, downloads, assets):
        app.include_router(part.router)
    app.add_exception_handler(StarletteHTTPException, _say_http_error)
    app.add_exception_handler(RequestValidationError, _say_bad_address)
    app.add_exception_handler(PermanentError, _say_no_warehouse)
    app.add_exception_handler(TransientError, _say_no_warehouse)
    app.add_exception_handler(Exception, _say_broken)

    @app.get("/{path:path}", include_in_schema=False)
    def say_not_found(path: str) -> None:
        raise HTTPException(HTTPStatus.NOT_FOUND)

    return app


class _SafeHeaders:
    """Adds what tells browsers to run and fetch nothing but the app's own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = dict(message["headers"])
                cache = {} if b"cache-control" in given else {b"cache-control": b"private, no-cache"}
                message["headers"] = [*message["headers"], *_HEADERS.items(), *cache.items()]
            await send(message)

        await self._app(scope, receive, send_with_headers)


async def _say_http_error(request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, StarletteHTTPException)
    says = _SAYS.get(HTTPStatus(error.status_code), _BROKEN)
    return render(request, "error.html", error.status_code, code=error.status_code, says=says, detail=None)


async def _say_bad_address(request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, RequestValidationError)
    detail = "; ".join(f"{'.'.join(map(str, part['loc'][1:]))}: {part['msg']}" for part in error.errors())
    code = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "error.html", code, code=int(code), says=_SAYS[code], detail=detail)


async def _say_no_warehouse(request: Request, error: Exception) -> HTMLResponse:
    code = HTTPStatus.SERVICE_UNAVAILABLE
    return render(request, "error.html", code, code=int(code), says=_NOTHING, detail=str(error))


async def _say_broken(request: Request, error: Exception) -> HTMLResponse:
    code = HTTPStatus.INTERNAL_SERVER_ERROR
    return render(request, "error.html", code, code=int(code), says=_BROKEN, detail=None)
