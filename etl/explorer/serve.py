"""Serve the Explorer without Airflow: on the local machine only, opened with a one-time link."""

import secrets
import socket
from http import HTTPStatus

import uvicorn
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware

from etl.errors import BadSetting
from etl.explorer.app import (
    MAX_HEADER_BYTES,
    BoundedHeaders,
    SecurityHeaders,
    create_app,
    show_http_error,
)
from etl.storage.warehouse_place import WarehousePlace

HOST = "127.0.0.1"
COOKIE = "mulaqat_explorer"


class OneTimeSignIn:
    """Signs in the first browser that presents the token, with a cookie that scripts cannot read."""

    def __init__(self) -> None:
        self.token: str | None = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)

    def check_access(self, request: Request) -> None:
        """Reject a browser that is not signed in."""
        if not secrets.compare_digest(request.cookies.get(COOKIE, "").encode(), self._session.encode()):
            raise HTTPException(HTTPStatus.UNAUTHORIZED)

    def sign_in(self, token: str) -> RedirectResponse:
        """Exchange the token for the cookie; each token works once."""
        if self.token is None or not secrets.compare_digest(token.encode(), self.token.encode()):
            raise HTTPException(
                HTTPStatus.UNAUTHORIZED,
                "This link has already been used or is not valid. Restart `mulaqat explore` to get a new one.",
            )
        self.token = None
        response = RedirectResponse("/meetings", HTTPStatus.SEE_OTHER)
        response.headers["cache-control"] = "no-store"
        response.set_cookie(COOKIE, self._session, httponly=True, samesite="strict")
        return response


def create_standalone_app(published: WarehousePlace, sign_in: OneTimeSignIn) -> FastAPI:
    """Return the app with its own sign-in."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    # Prevents DNS rebinding: a foreign host name that resolves to this machine is rejected.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    app.add_middleware(BoundedHeaders)
    app.add_middleware(
        SecurityHeaders
    )  # added last, so that it is outermost: /enter and rejections have them too
    app.add_exception_handler(HTTPException, show_http_error)
    app.add_api_route("/enter/{token}", sign_in.sign_in, methods=["GET"])
    app.mount("/", create_app(published, sign_in.check_access))
    return app


def listen(port: int) -> socket.socket:
    """Bind a local port and listen on it; connections wait until `serve` accepts them.

    Raises:
        BadSetting: the port cannot be bound, for example because another program uses it.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise BadSetting(
            f"cannot listen on port {port} ({error.strerror}): choose another one with --port"
        ) from error
    return listener


def serve(published: WarehousePlace, sign_in: OneTimeSignIn, listener: socket.socket) -> None:
    """Serve the Explorer until the user stops it."""
    make_server(published, sign_in).run(sockets=[listener])


def make_server(published: WarehousePlace, sign_in: OneTimeSignIn) -> uvicorn.Server:
    """Return the server of the Explorer with its own sign-in."""
    # h11 stops reading a head that is too long; httptools would keep all of it in memory.
    config = uvicorn.Config(
        create_standalone_app(published, sign_in),
        log_level="warning",
        access_log=False,
        server_header=False,
        http="h11",
        h11_max_incomplete_event_size=MAX_HEADER_BYTES,
    )
    return uvicorn.Server(config)
