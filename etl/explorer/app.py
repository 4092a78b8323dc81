"""The FastAPI app: read-only, with an access check before every route and an error page for every error."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
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
    app.add_middleware(_SecurityHeaders)
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
