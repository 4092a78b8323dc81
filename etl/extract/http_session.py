"""The HTTP session of the fetcher: no private addresses, no cookies, no surroundings, and a deadline per response.

At each request the host name is resolved once, the IP address is checked, and the connection goes to that address
(requests-hardened). Proxies and credentials of the environment are not used. Redirects are not followed, and the bodies
of redirects are not read.

http.client reads status lines, headers, `100 Continue` answers and chunk sizes with the time-out of the socket, which
starts again at each byte. So all bytes of a response go through a reader that also counts the total time.
"""

import io
import socket
import time
from http.client import HTTPResponse
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.retry import Retry


class DeadlineExceeded(Exception):
    """A response took too long in total. It is not an OSError, so urllib3 does not retry."""


def open_session(retries: Retry, total_seconds: float, *, allow_loopback: bool) -> requests.Session:
    """Return a session that several threads may use.

    Args:
        retries: which failures are tried again, and when.
        total_seconds: maximum time from the start of a response to its end.
        allow_loopback: also connect to this machine, for tests.
    """
    session = _Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    for scheme in ("http", "https"):
        session.mount(f"{scheme}://", _Adapter(scheme == "https", retries, total_seconds, allow_loopback))
    return session


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return None: else requests reads the whole body of a redirect, however large, to prepare the next step."""


class _Adapter(IPFilterAdapter):  # type: ignore[misc]
    def __init__(self, is_https: bool, retries: Retry, total_seconds: float, allow_loopback: bool) -> None:
        super().__init__(is_https_proto=is_https, allow_loopback=allow_loopback)
        self.max_retries = retries
        self.poolmanager.pool_classes_by_scheme = _pool_classes(total_seconds)


def _pool_classes(total_seconds: float) -> dict[str, type[HTTPConnectionPool]]:
    class Response(HTTPResponse):
        def __init__(
            self, sock: socket.socket, debuglevel: int = 0, method: str | None = None, url: str | None = None
        ) -> None:
            super().__init__(sock, debuglevel, method, url)
            self.fp.close()
            self.fp = io.BufferedReader(_DeadlineReader(sock, total_seconds))

    class Connection(HTTPConnection):
        response_class = Response

    class SecureConnection(HTTPSConnection):
        response_class = Response

    class Pool(HTTPConnectionPool):
        ConnectionCls = Connection

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = SecureConnection

    return {"http": Pool, "https": SecurePool}


class _DeadlineReader(io.RawIOBase):
    """Reads from a socket until the deadline. A single read takes at most the time-out of the socket, as usual."""

    def __init__(self, sock: socket.socket, total_seconds: float) -> None:
        self._sock = sock
        self._file = sock.makefile("rb", buffering=0)
        self._read_seconds = sock.gettimeout()
        self._total_seconds = total_seconds
        self._deadline = time.monotonic() + total_seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._require_time()
        self._sock.settimeout(left if self._read_seconds is None else min(left, self._read_seconds))
        try:
            return self._file.readinto(buffer)
        except TimeoutError:
            self._require_time()
            raise
        finally:
            self._sock.settimeout(self._read_seconds)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _require_time(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise DeadlineExceeded(f"the response took more than {self._total_seconds:g} seconds")
        return left
