"""The FastAPI app: read-only, with an access check before every route and an error page for every error."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etl.errors import PermanentError, TransientError
from etl.explorer.labels import Label
from etl.explorer.page import render
from etl.explorer.pages import articles, assets, downloads, meetings, network, pipeline, profiles, timeline
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.explore import PublishedWarehouse

CheckAccess = Callable[..., Any]
"""A FastAPI dependency that raises HTTPException if the caller has no access."""

_SECURITY_HEADERS = {
    b"content-security-policy": b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    b"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
_HTTP_ERRORS = {
    HTTPStatus.UNAUTHORIZED: Label(
        "पहले साइन इन करें।",
        "You are not signed in. Sign in to Airflow, or open the link that `mulaqat explore` printed.",
    ),
    HTTPStatus.FORBIDDEN: Label("इसे देखने की अनुमति नहीं है।", "You do not have permission to view this page."),
    HTTPStatus.NOT_FOUND: Label(
        "यह पन्ना नहीं मिला।", "Page not found. Check the address, or start from the list of meetings."
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: Label("यहां सिर्फ़ पढ़ा जा सकता है।", "The Explorer is read-only."),
    HTTPStatus.UNPROCESSABLE_ENTITY: Label(
        "इस पते में कोई मान ग़लत है।", "The address contains an invalid value."
    ),
}
_SERVER_ERROR = Label(
    "कुछ गड़बड़ हो गई।",
    "Something went wrong. The server log has the details. Other pages may still work.",
)
_NO_WAREHOUSE = Label("अभी दिखाने को कुछ नहीं है।", "The warehouse is not available.")


def create_app(published: WarehousePlace, check_access: CheckAccess) -> FastAPI:
    """Return the app.

    Args:
        published: where the warehouse is published; it may not exist yet.
        check_access: runs before every route.
    """
    app = FastAPI(
        title="Mulaqat Explorer",
        description="Who met whom, from the published warehouse. Read-only.",
        dependencies=[Depends(check_access)],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        default_response_class=HTMLResponse,
    )
    app.state.published = PublishedWarehouse(published)
    app.add_middleware(_SecurityHeaders)
    for module in (meetings, articles, profiles, network, timeline, pipeline, downloads, assets):
        app.include_router(module.router)
    app.add_exception_handler(StarletteHTTPException, _show_http_error)
    app.add_exception_handler(RequestValidationError, _show_invalid_query)
    app.add_exception_handler(PermanentError, _show_no_warehouse)
    app.add_exception_handler(TransientError, _show_no_warehouse)
    app.add_exception_handler(Exception, _show_server_error)

    @app.get("/{path:path}", include_in_schema=False)
    def raise_not_found(path: str) -> None:
        raise HTTPException(HTTPStatus.NOT_FOUND)

    return app


class _SecurityHeaders:
    """Adds headers that make browsers load and run only the app's own files."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                cache = (
                    {}
                    if b"cache-control" in dict(message["headers"])
                    else {b"cache-control": b"private, no-cache"}
                )
                message["headers"] = [*message["headers"], *_SECURITY_HEADERS.items(), *cache.items()]
            await send(message)

        await self._app(scope, receive, send_with_headers)


async def _show_http_error(request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, StarletteHTTPException)
    status = HTTPStatus(error.status_code)
    return _render_error(request, status, _HTTP_ERRORS.get(status, _SERVER_ERROR))


async def _show_invalid_query(request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, RequestValidationError)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    detail = "; ".join(f"{'.'.join(map(str, part['loc'][1:]))}: {part['msg']}" for part in error.errors())
    return _render_error(request, status, _HTTP_ERRORS[status], detail)


async def _show_no_warehouse(request: Request, error: Exception) -> HTMLResponse:
    return _render_error(request, HTTPStatus.SERVICE_UNAVAILABLE, _NO_WAREHOUSE, str(error))


async def _show_server_error(request: Request, error: Exception) -> HTMLResponse:
    return _render_error(request, HTTPStatus.INTERNAL_SERVER_ERROR, _SERVER_ERROR)


def _render_error(
    request: Request, status: HTTPStatus, message: Label, detail: str | None = None
) -> HTMLResponse:
    return render(request, "error.html", status, code=int(status), message=message, detail=detail)
