"""A news site on loopback whose responses a test defines, correct or faulty."""

import gzip
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Respond = Callable[["Handler"], None]
LAST_MODIFIED = "Fri, 05 May 2023 05:00:00 GMT"


@dataclass
class Site:
    """A running site: its routes, and a record of the requests.

    Attributes:
        routes: by path; any other path is answered with 404.
        requested: number of requests by path.
        times: of all requests, in seconds of the monotonic clock.
        agents: User-Agent headers of all requests.
        at_once: requests being answered now.
        most_at_once: highest value of `at_once` so far.
    """

    base: str
    host: str
    routes: dict[str, Respond] = field(default_factory=dict)
    requested: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        """Return the URL of a path."""
        return self.base + path

    def serve(self, path: str, body: str | bytes, **answer: object) -> str:
        """Serve a body at a path and return its URL; keyword arguments are those of `Handler.reply`."""
        self.routes[path] = lambda handler: handler.reply(body, **answer)  # type: ignore[arg-type]
        return self.url(path)

    def behave(self, path: str, respond: Respond) -> str:
        """Answer requests for a path with a function, and return its URL."""
        self.routes[path] = respond
        return self.url(path)


class Handler(BaseHTTPRequestHandler):
    """Answers one connection's requests from the routes of `site`."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        """Record the request and answer it."""
        site = self.site
        with site.lock:
            site.requested[self.path] += 1
            site.times.append(time.monotonic())
            site.agents.add(self.headers.get("User-Agent", ""))
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
        try:
            respond = site.routes.get(self.path)
            if respond is None:
                self.reply("", status=404)
            else:
                respond(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with site.lock:
                site.at_once -= 1

    def reply(
        self,
        body: str | bytes,
        *,
        status: int = 200,
        content_type: str = "text/html; charset=utf-8",
        headers: dict[str, str] | None = None,
        etag: str | None = None,
        dated: bool = False,
    ) -> None:
        """Send a response, or 304 if the client already has this version.

        Args:
            body: text is sent as UTF-8.
            status: of a full response.
            content_type: value of Content-Type.
            headers: more headers.
            etag: sent, and compared with If-None-Match.
            dated: sends LAST_MODIFIED, and compares it with If-Modified-Since.
        """
        payload = body.encode() if isinstance(body, str) else body
        unchanged = (etag and self.headers.get("If-None-Match") == etag) or (
            dated and self.headers.get("If-Modified-Since") == LAST_MODIFIED
        )
        status, payload = (304, b"") if unchanged else (status, payload)
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(payload)))
        for name, value in {**(headers or {}), **({"ETag": etag} if etag else {})}.items():
            self.send_header(name, value)
        if dated:
            self.send_header("Last-Modified", LAST_MODIFIED)
        self.end_headers()
        self.wfile.write(payload)

    def drip(self, seconds: float) -> None:
        """Send one byte every 0.05 seconds, for this many seconds or until the client disconnects."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.close_connection = True
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.wfile.write(b"a")
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        """Do not log requests."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """Ignore errors: some tests disconnect on purpose."""


@contextmanager
def open_site(host: str = "127.0.0.1") -> Iterator[Site]:
    """Serve a site on a free port of a loopback address until the block ends."""
    server = _Server((host, 0), Handler)
    site = Site(f"http://{host}:{server.server_port}", host)
    server.RequestHandlerClass = type("SiteHandler", (Handler,), {"site": site})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def source_entry(base: str, *more_lines: str) -> str:
    """Return the `[[source]]` table of sources.toml for a site at `base`, whose articles are below /news/."""
    lines = [
        "[[source]]",
        'name = "Namuna"',
        'name_hi = "नमूना"',
        f'home_url = "{base}"',
        'domains = ["127.0.0.1"]',
        'language = "hi"',
        'article_pattern = "/news/"',
        "crawl_delay_seconds = 0",
        'licence_note = "test"',
        'archive_note = "test"',
        *more_lines,
    ]
    return "\n".join(lines) + "\n"


def gzip_bomb(unpacked_bytes: int) -> bytes:
    """Return gzip data that unpacks to this many zero bytes."""
    return gzip.compress(bytes(unpacked_bytes), 9)


def article_page(number: int, published: datetime | None, *, head: str = "") -> str:
    """Return a small Hindi article page whose sentences contain its number."""
    meta = f'<meta property="article:published_time" content="{published.isoformat()}">' if published else ""
    return f"""<!doctype html><html lang="hi"><head><meta charset="utf-8">
<title>खबर संख्या {number} | नमूना समाचार</title>{meta}{head}</head>
<body><nav><a href="/">मुखपृष्ठ</a></nav><article><h1>खबर संख्या {number}</h1>
<p>जिला पंचायत की बैठक संख्या {number} में अध्यक्ष ने सदस्यों को बताया कि नई सड़क का काम अगले महीने शुरू होगा।</p>
<p>सदस्यों ने {number} गांवों में पानी की कमी का मुद्दा उठाया और कहा कि टैंकर समय पर नहीं पहुंच रहे हैं।</p>
<p>अध्यक्ष ने भरोसा दिलाया कि शिकायतों की जांच के लिए {number % 7 + 2} लोगों की समिति बनाई जाएगी।</p></article>
<footer>सर्वाधिकार सुरक्षित</footer></body></html>"""


def rss(items: list[tuple[str, datetime | None]]) -> str:
    """Return an RSS feed of (URL, time of publication) items."""
    entries = "".join(
        f"<item><title>खबर</title><link>{url}</link>"
        + (f"<pubDate>{format_datetime(published)}</pubDate>" if published else "")
        + "</item>"
        for url, published in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>नमूना</title>{entries}</channel></rss>'


def sitemap(items: list[tuple[str, datetime | None]], *, is_news: bool = False) -> str:
    """Return a sitemap of (URL, moment) items: time of publication in a news sitemap, else time of the last change."""

    def dated(moment: datetime | None) -> str:
        if moment is None:
            return ""
        if not is_news:
            return f"<lastmod>{moment.isoformat()}</lastmod>"
        name = "<news:publication><news:name>नमूना</news:name><news:language>hi</news:language></news:publication>"
        return (
            f"<news:news>{name}<news:publication_date>{moment.isoformat()}</news:publication_date>"
            "<news:title>खबर</news:title></news:news>"
        )

    pages = "".join(f"<url><loc>{url}</loc>{dated(moment)}</url>" for url, moment in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{pages}</urlset>'
    )


def sitemap_index(urls: list[str]) -> str:
    """Return a sitemap index that lists sitemaps."""
    parts = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"{parts}</sitemapindex>"
    )
