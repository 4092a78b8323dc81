"""Fetch addresses politely and safely: robots.txt, a pause between requests, limits on time and size.

Only http(s) to public addresses: the name is resolved once, the address checked, and that address connected to
(requests-hardened), at every step of a redirect. Nothing here reads the environment's proxies or credentials.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from protego import Protego
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.util.retry import Retry

from etl.errors import FetchFailed

AGENT_NAME = "Mulaqat"
_REDIRECTS = (301, 302, 303, 307, 308)
_MAY_PASS = (408, 425, 429, 500, 502, 503, 504)
_GONE = (404, 410)
_CHUNK_BYTES = 65_536
_ROBOTS_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class Politeness:
    """How hard a host may be asked.

    Attributes:
        crawl_delay_seconds: least time between the starts of two requests; robots.txt may ask for more.
        concurrency: requests at a time.
    """

    crawl_delay_seconds: float = 2.0
    concurrency: int = 1


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """When to give up on an address.

    Attributes:
        connect_seconds: to reach the host.
        read_seconds: of silence while it answers.
        total_seconds: for one answer, however steadily it drips.
        body_bytes: of an unpacked body; a packed one that would unfold to more is dropped on the way.
        redirect_count: steps followed.
        retry_count: tries after the first, with growing pauses, for what may pass at once.
        retry_after_seconds: the longest pause that a host's Retry-After gets.
        robots_delay_seconds: the longest pause that robots.txt gets.
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
    """An answer with status 200.

    Attributes:
        url: where it came from, after redirects.
        headers: as sent, in order, without those of the transfer (the body is unpacked).
    """

    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """Return the first header of a name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class _Gate:
    """Lets requests to one host through, so many at a time and so far apart."""

    def __init__(self, politeness: Politeness) -> None:
        self.delay_seconds = politeness.crawl_delay_seconds
        self._slots = BoundedSemaphore(politeness.concurrency)
        self._lock = Lock()
        self._next_start = 0.0

    @contextmanager
    def passed(self) -> Iterator[None]:
        with self._slots:
            with self._lock:
                start = max(time.monotonic(), self._next_start)
                self._next_start = start + self.delay_seconds
            time.sleep(max(0.0, start - time.monotonic()))
            yield


@dataclass
class Fetcher:
    """Fetches from many hosts at once; may be shared by threads.

    Attributes:
        contact: a mail or web address for the people whose hosts are asked; part of the User-Agent.
        allow_loopback: also ask this machine, for tests.
    """

    contact: str
    limits: FetchLimits = FetchLimits()
    allow_loopback: bool = False
    _gates: dict[str, _Gate] = field(default_factory=dict, init=False)
    _robots: dict[str, Protego] = field(default_factory=dict, init=False)
    _robots_locks: dict[str, Lock] = field(default_factory=dict, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def __post_init__(self) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["User-Agent"] = f"{AGENT_NAME}/0.1 (+{self.contact})"
        for scheme in ("http", "https"):
            adapter = IPFilterAdapter(is_https_proto=scheme == "https", allow_loopback=self.allow_loopback)
            adapter.max_retries = _retries(self.limits)
            self._session.mount(f"{scheme}://", adapter)

    def fetch(
        self,
        url: str,
        politeness: Politeness = Politeness(),
        *,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Page | None:
        """Fetch a page.

        Args:
            etag: of the copy that is kept, to ask only for a newer one.
            last_modified: likewise.

        Returns:
            The page, or None where it is not newer than the copy that is kept.

        Raises:
            FetchFailed: `bad_url`, `address_refused`, `robots_denied`, `bad_redirect`, `not_found`, `http_error`,
                `too_large`, or `unreachable` (which may pass).
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        for _ in range(self.limits.redirect_count + 1):
            _require_http(url)
            self._obey_robots(url, politeness)
            answer = self._request(url, politeness, headers, self.limits.body_bytes)
            if isinstance(answer, Page) or answer is None:
                return answer
            url = answer
        raise FetchFailed("bad_redirect", f"more than {self.limits.redirect_count} steps, the last to {url}")

    def _obey_robots(self, url: str, politeness: Politeness) -> None:
        origin = _origin(url)
        with self._lock:
            lock = self._robots_locks.setdefault(origin, Lock())
        with lock:
            if origin not in self._robots:
                self._robots[origin] = self._read_robots(origin, politeness)
        robots = self._robots[origin]
        if not robots.can_fetch(url, AGENT_NAME):
            raise FetchFailed("robots_denied", f"robots.txt of {origin} keeps us from {url}")
        asked = min(float(robots.crawl_delay(AGENT_NAME) or 0), self.limits.robots_delay_seconds)
        self._gate(origin, politeness).delay_seconds = max(politeness.crawl_delay_seconds, asked)

    def _read_robots(self, origin: str, politeness: Politeness) -> Protego:
        """Read a host's rules. A host without them (4xx) forbids nothing; one that fails is asked again later."""
        url = f"{origin}/robots.txt"
        for _ in range(self.limits.redirect_count + 1):
            try:
                answer = self._request(url, politeness, {}, _ROBOTS_BYTES)
            except FetchFailed as error:
                if error.reason in ("not_found", "http_error", "too_large"):
                    return Protego.parse("")
                raise
            if isinstance(answer, Page):
                return Protego.parse(answer.body.decode("utf-8", errors="replace"))
            if answer is None:
                break
            url = answer
        return Protego.parse("")

    def _request(
        self, url: str, politeness: Politeness, headers: Mapping[str, str], body_bytes: int
    ) -> Page | str | None:
        """Send one request. Returns a page, where a redirect leads to, or None for 304."""
        timeout = (self.limits.connect_seconds, self.limits.read_seconds)
        with self._gate(_origin(url), politeness).passed(), _failures(url):
            deadline = time.monotonic() + self.limits.total_seconds
            with self._session.get(
                url, headers=headers, timeout=timeout, stream=True, allow_redirects=False
            ) as answer:
                status = answer.status_code
                if status == 304:
                    return None
                if status in _REDIRECTS and answer.headers.get("Location"):
                    return urljoin(url, answer.headers["Location"])
                if status in _GONE:
                    raise FetchFailed("not_found", f"{url}: {status}")
                if status != 200:
                    raise _status_failure(url, status)
                return Page(url, _kept_headers(answer), _read_body(answer, body_bytes, deadline))

    def _gate(self, origin: str, politeness: Politeness) -> _Gate:
        with self._lock:
            return self._gates.setdefault(origin, _Gate(politeness))


def _retries(limits: FetchLimits) -> Retry:
    return Retry(
        total=limits.retry_count,
        redirect=False,
        status_forcelist=_MAY_PASS,
        backoff_factor=limits.backoff_seconds,
        backoff_jitter=limits.backoff_seconds / 2,
        raise_on_status=False,
        retry_after_max=limits.retry_after_seconds,
    )


def _require_http(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_web = False
    if not is_web:
        raise FetchFailed("bad_url", f"{url!r} is no http(s) URL")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def _status_failure(url: str, status: int) -> FetchFailed:
    if status in _MAY_PASS:
        return FetchFailed("unreachable", f"{url}: {status}", may_pass=True)
    return FetchFailed("http_error", f"{url}: {status}")


def _kept_headers(answer: requests.Response) -> tuple[tuple[str, str], ...]:
    of_transfer = ("content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie")
    return tuple((name, value) for name, value in answer.headers.items() if name.lower() not in of_transfer)


def _read_body(answer: requests.Response, limit_bytes: int, deadline: float) -> bytes:
    chunks, size = [], 0
    raw: urllib3.HTTPResponse = answer.raw
    while chunk := raw.read1(_CHUNK_BYTES, decode_content=True):
        size += len(chunk)
        if size > limit_bytes:
            raise FetchFailed("too_large", f"{answer.url}: more than {limit_bytes} bytes")
        if time.monotonic() > deadline:
            raise FetchFailed("unreachable", f"{answer.url}: it did not end in time", may_pass=True)
        chunks.append(chunk)
    return b"".join(chunks)


@contextmanager
def _failures(url: str) -> Iterator[None]:
    """Turn what libraries raise into our own error."""
    try:
        yield
    except InvalidIPAddress as error:
        raise FetchFailed("address_refused", f"{url}: {error}") from error
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError) as error:
        raise FetchFailed("bad_url", f"{url}: {error}") from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        detail = f"{url}: {type(error).__name__}: {str(error)[:200]}"
        raise FetchFailed("unreachable", detail, may_pass=True) from error
