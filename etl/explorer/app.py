"""The FastAPI app: read-only, with an access check before every route and an error page for every error."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etl.errors import PermanentError, TransientError
from etl.explorer.invalid import explain_invalid
from etl.explorer.labels import Label
from etl.explorer.page import render
from etl.explorer.pages import (
    api,
    articles,
    assets,
    downloads,
    feed,
    meetings,
    network,
    own_sql,
    pipeline,
    profiles,
    timeline,
)
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.explore import PublishedWarehouse, QueryTooSlow

CheckAccess = Callable[..., Any]
"""A FastAPI dependency that raises HTTPException if the caller has no access."""

MAX_HEADER_BYTES = 16 * 1024
"""Longest head of a request; browsers send about 1 KiB, and 4 KiB with the cookies of Airflow."""
_SECURITY_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_HTTP_ERRORS = {
    HTTPStatus.UNAUTHORIZED: Label(
        "पहले साइन इन करें।",
        "You are not signed in.",
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
_TOO_SLOW = Label("इसमें बहुत देर लग रही है।", "This takes too long.")
_NO_WAREHOUSE = Label("अभी दिखाने को कुछ नहीं है।", "The warehouse is not available.")


def create_app(
    published: WarehousePlace, check_access: CheckAccess, sign_in_url: str | None = None
) -> FastAPI:
    """Return the app.

    Args:
        published: where the warehouse is published; it may not exist yet.
        check_access: runs before every route but those of the static files, which error pages need too.
        sign_in_url: where users sign in; None if the app's pages cannot link to it.
    """
    app = FastAPI(
        title="Mulaqat Explorer",
        description="Who met whom, from the published warehouse. Read-only.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        default_response_class=HTMLResponse,
    )
    app.state.published = PublishedWarehouse(published)
    app.state.sign_in_url = sign_in_url
    app.add_middleware(BoundedHeaders)
    app.add_middleware(SecurityHeaders)
    checked = [Depends(check_access)]
    for module in (meetings, articles, profiles, network, timeline, pipeline, downloads, own_sql, feed, api):
        app.include_router(module.router, dependencies=checked)
    app.include_router(api.tables_router, dependencies=checked)
    app.include_router(assets.router)
    app.add_exception_handler(StarletteHTTPException, show_http_error)
    app.add_exception_handler(RequestValidationError, _show_invalid_query)
    app.add_exception_handler(PermanentError, _show_no_warehouse)
    app.add_exception_handler(TransientError, _show_no_warehouse)
    app.add_exception_handler(Exception, _show_server_error)

    app.add_exception_handler(QueryTooSlow, _show_too_slow)

    @app.get("/{path:path}", include_in_schema=False, dependencies=checked)
    def raise_not_found(path: str) -> None:
        raise HTTPException(HTTPStatus.NOT_FOUND)

    return app


class SecurityHeaders:
    """Adds headers that make browsers load and run only the app's own files, to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_SECURITY_HEADERS)
                headers.setdefault("cache-control", "private, no-cache")
            await send(message)

        await self._app(scope, receive, send_with_headers)


class BoundedHeaders:
    """Rejects a request whose path, query string and headers are longer than MAX_HEADER_BYTES together."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] == "http" and _header_bytes(scope) > MAX_HEADER_BYTES:
            response = PlainTextResponse(
                "The request's headers are too long.", HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            )
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _header_bytes(scope: Scope) -> int:
    lines = sum(len(name) + len(value) for name, value in scope["headers"])
    return lines + len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])


async def show_http_error(request: Request, error: Exception) -> Response:
    """Return the error page of an HTTP error."""
    assert isinstance(error, StarletteHTTPException)
    status = HTTPStatus(error.status_code)
    detail = error.detail if status == HTTPStatus.UNAUTHORIZED and error.detail != status.phrase else None
    return _render_error(request, status, _HTTP_ERRORS.get(status, _SERVER_ERROR), detail)


async def _show_invalid_query(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    detail = " ".join(explain_invalid(part) for part in error.errors())
    return _render_error(request, status, _HTTP_ERRORS[status], detail)


async def _show_too_slow(request: Request, error: Exception) -> Response:
    return _render_error(request, HTTPStatus.GATEWAY_TIMEOUT, _TOO_SLOW, str(error))


async def _show_no_warehouse(request: Request, error: Exception) -> Response:
    return _render_error(request, HTTPStatus.SERVICE_UNAVAILABLE, _NO_WAREHOUSE, str(error))


async def _show_server_error(request: Request, error: Exception) -> Response:
    return _render_error(request, HTTPStatus.INTERNAL_SERVER_ERROR, _SERVER_ERROR)


def _render_error(
    request: Request, status: HTTPStatus, message: Label, detail: str | None = None
) -> Response:
    if request.url.path.removeprefix(request.scope.get("root_path", "")).startswith("/api/"):
        return JSONResponse({"error": message.en, "detail": detail}, status)
    sign_in_url = getattr(request.app.state, "sign_in_url", None)
    return render(
        request,
        "error.html",
        status,
        code=int(status),
        message=message,
        detail=detail,
        sign_in_url=sign_in_url,
        is_signed_out=status == HTTPStatus.UNAUTHORIZED,
    )
