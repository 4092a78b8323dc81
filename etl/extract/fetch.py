"""Fetch URLs politely and safely: obey robots.txt, pause between requests, limit time and size.

Only http(s) URLs of public IP addresses are fetched, and redirects are followed here, so that each step is checked.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from typing import TypeGuard
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from protego import Protego
from requests_hardened.ip_filter import InvalidIPAddress
from urllib3.util.retry import Retry

from etl.domain.urls import find_url_problem
from etl.errors import FetchFailed
from etl.extract.http_session import DeadlineExceeded, open_session
from etl.extract.sources import Politeness

AGENT_NAME = "Mulaqat"
OWN_HEADERS = "mulaqat-"
"""How the names of the headers begin that we add to a page; a server cannot set them."""
_REDIRECT_STATUSES = (301, 302, 303, 307, 308)
_TRANSIENT_STATUSES = (408, 425, 429, 500, 502, 503, 504)
_NOT_FOUND_STATUSES = (404, 410)
_CHUNK_BYTES = 65_536
_MAX_ROBOTS_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """When to give up on a URL.

    Attributes:
        connect_seconds: maximum time to connect to the host.
        read_seconds: maximum time between two parts of a response.
        total_seconds: maximum time from the first byte of a response to its last, headers included.
        body_bytes: maximum size of a body after decompression; reading stops as soon as it is exceeded.
        redirect_count: maximum number of redirects followed.
        retry_count: number of retries after a transient failure.
        retry_after_seconds: maximum pause that a Retry-After header can cause.
        robots_delay_seconds: maximum pause between requests that robots.txt can cause.
        backoff_seconds: pause before the first retry; it doubles with each further one.
    """

    connect_seconds: float = 10
    read_seconds: float = 20
    total_seconds: float = 60
    body_bytes: int = 10 * 1024 * 1024
    redirect_count: int = 5
    retry_count: int = 3
    retry_after_seconds: int = 60
    robots_delay_seconds: float = 60
    backoff_seconds: float = 1


@dataclass(frozen=True, slots=True)
class Page:
    """A response with status 200.

    Attributes:
        url: final URL, after redirects.
        headers: as sent, in order, without those about the transfer.
        body: after decompression.
    """

    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """Return the first header with this name, ignoring case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class _HostThrottle:
    """Limits the number of simultaneous requests to one host and the time between their starts."""

    def __init__(self, politeness: Politeness) -> None:
        self.delay_seconds = politeness.crawl_delay_seconds
        self._slots = BoundedSemaphore(politeness.concurrency)
        self._lock = Lock()
        self._next_start = 0.0

    @contextmanager
    def slot(self) -> Iterator[None]:
        with self._slots:
            with self._lock:
                start = max(time.monotonic(), self._next_start)
                self._next_start = start + self.delay_seconds
            time.sleep(max(0.0, start - time.monotonic()))
            yield


@dataclass
class Fetcher:
    """Fetches from several hosts in parallel; threads may share it.

    Attributes:
        contact: mail or web address where publishers reach the operator; part of the User-Agent.
        allow_loopback: also fetch from this machine, for tests.
    """

    contact: str
    limits: FetchLimits = FetchLimits()
    allow_loopback: bool = False
    _throttles: dict[str, _HostThrottle] = field(default_factory=dict, init=False)
    _robots: dict[str, Protego] = field(default_factory=dict, init=False)
    _robots_locks: dict[str, Lock] = field(default_factory=dict, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def __post_init__(self) -> None:
        self._session = open_session(
            _retries(self.limits), self.limits.total_seconds, allow_loopback=self.allow_loopback
        )
        self._session.headers["User-Agent"] = f"{AGENT_NAME}/0.1 (+{self.contact})"

    def fetch(
        self,
        url: str,
        politeness: Politeness,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Page | None:
        """Fetch a page.

        Args:
            url: http(s) URL.
            politeness: limits for requests to the host.
            etag: ETag header of the stored copy; the page is returned only if it is newer.
            last_modified: Last-Modified header of the stored copy; same effect.

        Returns:
            The page, or None if the stored copy is current (304).

        Raises:
            FetchFailed: `bad_url`, `address_refused`, `robots_denied`, `bad_redirect`, `not_found`, `http_error`,
                `too_large`, or `unreachable` (transient).
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if _is_header_value(value)}
        for _ in range(self.limits.redirect_count + 1):
            _require_http(url)
            self._check_robots(url, politeness)
            response = self._request(url, politeness, headers, self.limits.body_bytes)
            if isinstance(response, Page) or response is None:
                return response
            url = response
        raise FetchFailed(
            "bad_redirect", f"more than {self.limits.redirect_count} redirects, the last to {url}"
        )

    def _check_robots(self, url: str, politeness: Politeness) -> None:
        origin = _origin(url)
        with self._lock:
            lock = self._robots_locks.setdefault(origin, Lock())
        with lock:
            if origin not in self._robots:
                self._robots[origin] = self._read_robots(origin, politeness)
        robots = self._robots[origin]
        if not robots.can_fetch(url, AGENT_NAME):
            raise FetchFailed("robots_denied", f"robots.txt of {origin} disallows {url}")
        robots_delay = min(float(robots.crawl_delay(AGENT_NAME) or 0), self.limits.robots_delay_seconds)
        self._throttle(origin, politeness).delay_seconds = max(politeness.crawl_delay_seconds, robots_delay)

    def _read_robots(self, origin: str, politeness: Politeness) -> Protego:
        """Fetch and parse robots.txt: of a very long one, the lines up to the limit.

        A host without one (4xx) disallows nothing; other failures are raised.
        """
        url = f"{origin}/robots.txt"
        for _ in range(self.limits.redirect_count + 1):
            try:
                response = self._request(url, politeness, {}, _MAX_ROBOTS_BYTES, truncate=True)
            except FetchFailed as error:
                if error.reason in ("not_found", "http_error"):
                    return Protego.parse("")
                raise
            if isinstance(response, Page):
                return Protego.parse(response.body.decode("utf-8", errors="replace"))
            if response is None:
                break
            url = response
        return Protego.parse("")

    def _request(
        self,
        url: str,
        politeness: Politeness,
        headers: Mapping[str, str],
        body_bytes: int,
        *,
        truncate: bool = False,
    ) -> Page | str | None:
        """Send one request. Return the page, the target URL of a redirect, or None for 304.

        A body of more than `body_bytes` is cut after its last complete line if `truncate` is set, else refused.
        """
        timeout = (self.limits.connect_seconds, self.limits.read_seconds)
        with (
            self._throttle(_origin(url), politeness).slot(),
            _translate_errors(url),
            self._session.get(
                url, headers=headers, timeout=timeout, stream=True, allow_redirects=False
            ) as response,
        ):
            status = response.status_code
            if status == 304:
                return None
            if status in _REDIRECT_STATUSES and response.headers.get("Location"):
                return _redirect_target(url, response.headers["Location"])
            if status in _NOT_FOUND_STATUSES:
                raise FetchFailed("not_found", f"{url}: {status}")
            if status != 200:
                raise _status_failure(url, status)
            return Page(url, _kept_headers(response), _read_body(response, body_bytes, truncate=truncate))

    def _throttle(self, origin: str, politeness: Politeness) -> _HostThrottle:
        with self._lock:
            return self._throttles.setdefault(origin, _HostThrottle(politeness))


def _retries(limits: FetchLimits) -> Retry:
    return Retry(
        total=limits.retry_count,
        redirect=False,
        status_forcelist=_TRANSIENT_STATUSES,
        backoff_factor=limits.backoff_seconds,
        backoff_jitter=limits.backoff_seconds / 2,
        raise_on_status=False,
        retry_after_max=limits.retry_after_seconds,
    )


def _is_header_value(value: str | None) -> TypeGuard[str]:
    return value is not None and value != "" and value.isprintable() and value == value.strip()


def _require_http(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_web = False
    if not is_web:
        raise FetchFailed("bad_url", f"{url[:200]!a} is not an http(s) URL")
    if problem := find_url_problem(url):
        raise FetchFailed("bad_url", f"{url[:200]!a}: {problem}")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def _redirect_target(url: str, location: str) -> str:
    """Return the absolute URL of a Location header, which may hold UTF-8 that http.client decoded as Latin-1."""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchFailed("bad_redirect", f"{url}: Location {location[:200]!a}: {error}") from error


def _status_failure(url: str, status: int) -> FetchFailed:
    if status in _TRANSIENT_STATUSES:
        return FetchFailed("unreachable", f"{url}: {status}", is_transient=True)
    return FetchFailed("http_error", f"{url}: {status}")


def _kept_headers(response: requests.Response) -> tuple[tuple[str, str], ...]:
    """Return the headers without those about the transfer and those that look like our own."""
    transfer_headers = ("content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie")
    return tuple(
        (name, value)
        for name, value in response.headers.items()
        if name.lower() not in transfer_headers and not name.lower().startswith(OWN_HEADERS)
    )


def _read_body(response: requests.Response, limit_bytes: int, *, truncate: bool) -> bytes:
    chunks, size = [], 0
    raw: urllib3.HTTPResponse = response.raw
    while chunk := raw.read1(_CHUNK_BYTES, decode_content=True):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit_bytes:
            if truncate:
                return b"".join(chunks)[:limit_bytes].rpartition(b"\n")[0]
            raise FetchFailed("too_large", f"{response.url}: more than {limit_bytes} bytes")
    return b"".join(chunks)


@contextmanager
def _translate_errors(url: str) -> Iterator[None]:
    """Raise the errors of the libraries as FetchFailed."""
    try:
        yield
    except InvalidIPAddress as error:
        raise FetchFailed("address_refused", f"{url}: {error}") from error
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError) as error:
        raise FetchFailed("bad_url", f"{url}: {error}") from error
    except DeadlineExceeded as error:
        raise FetchFailed("unreachable", f"{url}: {error}", is_transient=True) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        detail = f"{url}: {type(error).__name__}: {str(error)[:200]}"
        raise FetchFailed("unreachable", detail, is_transient=True) from error
