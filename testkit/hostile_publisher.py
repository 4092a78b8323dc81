"""A publisher on loopback whose feed, sitemap and pages have faults, mixed among good ones."""

from collections.abc import Callable
from datetime import datetime, timedelta

from testkit.hostile import CODECS, DAY, PAGE_FAULTS, Delivered, make_page
from testkit.site import Handler, Site

Answer = Callable[[Handler, bytes], None]

ENTRY = """
[[source]]
name = "{name}"
name_hi = "नमूना"
home_url = "{site.base}"
domains = ["{site.host}"]
language = "hi"
feeds = ["{site.base}/rss"]
news_sitemaps = ["{site.base}/news.xml"]
article_pattern = "/news/"
crawl_delay_seconds = 0
concurrency = 4
licence_note = "test"
archive_note = "test"
"""


def _typed(content_type: str) -> Answer:
    return lambda handler, page: handler.reply(page, content_type=content_type)


def _status(status: int, **headers: str) -> Answer:
    return lambda handler, page: handler.reply(page, status=status, headers=headers)


def _claim_another(handler: Handler, page: bytes) -> None:
    claim = f'{{"url": "https://other.example/news/1", "source": "Other", "text": "{"क" * 300}"}}'
    handler.reply(claim, content_type="application/json")


def _send_raw(head: bytes) -> Answer:
    def answer(handler: Handler, page: bytes) -> None:
        handler.close_connection = True
        handler.wfile.write(head + page)

    return answer


ANSWER_FAULTS: dict[str, Answer] = {
    **{f"header charset={codec[:20]}": _typed(f"text/html; charset={codec}") for codec in CODECS},
    "our failure type": _typed("application/vnd.mulaqat.failure+json"),
    "JSON of another's article": _claim_another,
    "no type": _typed(""),
    "type of a header": _typed("text/html; charset=utf-8; x=" + "y" * 5000),
    "redirect to itself": lambda handler, page: handler.reply(
        b"", status=302, headers={"Location": handler.path}
    ),
    "redirect to a script": _status(302, Location="javascript:alert(1)"),
    "redirect to another host": _status(302, Location="http://127.0.0.9:1/news/1"),
    "redirect without place": _status(302),
    "status 500": _status(500),
    "status 404": _status(404),
    "status 299": _status(299),
    "packed falsely": _status(200, **{"Content-Encoding": "gzip"}),
    "cookie": _status(200, **{"Set-Cookie": "a=\x01; Domain=.example; Max-Age=99999999999999999999"}),
    "odd dates": _status(200, **{"Last-Modified": "Fri, 99 May 99999", "Retry-After": "never"}),
    "no status line": _send_raw(b""),
    "odd status line": _send_raw(b"HTTP/9.9 abc\r\n\r\n"),
    "odd headers": _send_raw(
        b"HTTP/1.1 200 OK\r\nX: \xff\x00\r\n: \r\nno colon\r\nContent-Type: text/html\r\n\r\n"
    ),
    "wrong chunks": _send_raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    "too short": _send_raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999\r\n\r\n"),
}

ENTRY_FAULTS: dict[str, str] = {
    "date 9999": "<item><link>{url}</link><pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate></item>",
    "date 0001": "<item><link>{url}</link><pubDate>0001-01-01T00:00:00Z</pubDate></item>",
    "odd date": "<item><link>{url}</link><pubDate>९९ मई, कल शाम</pubDate></item>",
    "surrogate in the link": "<item><link>{url}&#xD800;</link></item>",
    "control character in the link": "<item><link>{url}&#13;&#10;X: y</link></item>",
    "NUL in the link": "<item><link>{url}&#0;</link></item>",
    "spaces in the link": "<item><link> {url} a b </link></item>",
    "bracket in the link": "<item><link>http://[::1/news/1</link></item>",
    "script as the link": "<item><link>javascript:alert(1)</link></item>",
    "no link": "<item><title>खबर</title></item>",
    "long link": "<item><link>{url}?" + "a" * 50_000 + "</link></item>",
    "bare ampersand": "<item><link>{url}?a&b</link><title>क & ख</title></item>",
    "unknown entity": "<item><link>{url}</link><title>&nbsp;&hellip;&odd;</title></item>",
    "deep title": "<item><link>{url}</link><title>" + "<b>" * 300 + "</title></item>",
}
"""Items of a feed; `{url}` is a page that is served."""

DOCUMENT_FAULTS: dict[str, Callable[[str], str | bytes]] = {
    "blank first line": lambda text: f"\n \n{text}",
    "byte-order mark": lambda text: f"\ufeff{text}",
    "bare ampersand": lambda text: text.replace("<link>", "<title>क & ख</title><link>").replace(
        "?>", "?><!-- & -->"
    ),
    "unknown charset": lambda text: text.replace('version="1.0"', 'version="1.0" encoding="hex"'),
    "cut at the end": lambda text: text.replace("</channel></rss>", "").replace("</urlset>", ""),
    "entities": lambda text: (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n' + text[21:]
    ),
}
"""Whole feeds and sitemaps whose good entries can still be read."""

BROKEN_DOCUMENTS: tuple[str | bytes, ...] = (
    b"",
    b"\xff\xfe\x00\xd8" * 100,
    "<rss><channel>" + "<item>" * 3000,
    "<html><body>403</body></html>",
    '{"feed": [' * 3000,
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>' * 50,
)
"""What a publisher sends in place of a feed or sitemap."""


def serve_publisher(
    site: Site, first: int, pages: list[str | None], entries: list[str], document_fault: str | None
) -> Delivered:
    """Serve a feed and a news sitemap, whose pages have these faults of ANSWER_FAULTS and PAGE_FAULTS.

    Args:
        first: number of the first page.
        pages: faults of the pages; None serves a good one. Half of them are in the feed, the others in the sitemap.
        entries: faults of ENTRY_FAULTS, one for each further entry of the feed.
        document_fault: of DOCUMENT_FAULTS, applied to the feed and the sitemap.
    """
    urls = [_serve_page(site, first + at, fault) for at, fault in enumerate(pages)]
    extra = [_serve_page(site, first + len(pages) + at, None) for at in range(len(entries))]
    items = [
        f"<item><link>{url}</link><pubDate>{_moment(at)}</pubDate></item>" for at, url in enumerate(urls[::2])
    ]
    odd = [ENTRY_FAULTS[fault].replace("{url}", url) for fault, url in zip(entries, extra, strict=True)]
    mixed = "".join(item for pair in _interleave(items, odd) for item in pair)
    feed = f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>नमूना</title>{mixed}</channel></rss>'
    places = "".join(f"<url><loc>{url}</loc><lastmod>{DAY}</lastmod></url>" for url in urls[1::2])
    head = '<?xml version="1.0"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    damage = DOCUMENT_FAULTS[document_fault] if document_fault else str
    site.serve("/rss", damage(feed), content_type="application/rss+xml")
    site.serve("/news.xml", damage(f"{head}{places}</urlset>"), content_type="application/xml")
    good = (url for url, fault in zip(urls, pages, strict=True) if fault is None)
    return Delivered(frozenset(good), len(urls))


def _serve_page(site: Site, number: int, fault: str | None) -> str:
    page = make_page(number).encode()
    content = PAGE_FAULTS[fault](page) if fault in PAGE_FAULTS else page
    answer = ANSWER_FAULTS.get(fault or "", _typed("text/html"))
    return site.behave(f"/news/{number}", lambda handler: answer(handler, content))


def _moment(at: int) -> str:
    return (datetime.fromisoformat(f"{DAY}T05:00:00+00:00") + timedelta(minutes=at)).isoformat()


def _interleave(items: list[str], others: list[str]) -> list[tuple[str, str]]:
    length = max(len(items), len(others))
    return list(
        zip(items + [""] * (length - len(items)), others + [""] * (length - len(others)), strict=True)
    )
