"""The Explorer alone, for analysts without Airflow: on this machine only, opened by an address that works once."""

import secrets
import socket
from http import HTTPStatus

import uvicorn
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware

from etl.errors import BadSetting
from etl.explorer.app import create_app
from etl.storage.warehouse_place import WarehousePlace

HOST = "127.0.0.1"
COOKIE = "mulaqat_explorer"


class Door:
    """Lets in the browser that brings the token first, by a cookie that scripts cannot read."""

    def __init__(self) -> None:
        self.token: str | None = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)

    def check_access(self, request: Request) -> None:
        """Refuse a browser that did not come through the door."""
        if not secrets.compare_digest(request.cookies.get(COOKIE, "").encode(), self._session.encode()):
            raise HTTPException(HTTPStatus.UNAUTHORIZED)

    def enter(self, token: str) -> RedirectResponse:
        """Take the token for the cookie; a second time it opens nothing."""
        if self.token is None or not secrets.compare_digest(token.encode(), self.token.encode()):
            raise HTTPException(
                HTTPStatus.UNAUTHORIZED,
                "This address was used already: start `mulaqat explore` again for a new one.",
            )
        self.token = None
        answer = RedirectResponse("/meetings", HTTPStatus.SEE_OTHER)
        answer.set_cookie(COOKIE, self._session, httponly=True, samesite="strict")
        return answer


def create_guarded_app(published: WarehousePlace, door: Door) -> FastAPI:
    """Return the app behind a door."""
    guarded = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    # Another site's name that leads to this machine must not read it through the user's browser.
    guarded.add_middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    guarded.add_api_route("/enter/{token}", door.enter, methods=["GET"])
    guarded.mount("/", create_app(published, door.check_access))
    return guarded


def listen(port: int) -> socket.socket:
    """Take a port of this machine; whoever asks from now on waits for an answer.

    Raises:
        BadSetting: another program has it.
    """
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
        taken.listen()
    except OSError as error:
        taken.close()
        raise BadSetting(
            f"port {port} cannot be had ({error.strerror}): choose another with --port"
        ) from error
    return taken


def serve(published: WarehousePlace, door: Door, taken: socket.socket) -> None:
    """Serve until the user ends it."""
    app = create_guarded_app(published, door)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[taken])
