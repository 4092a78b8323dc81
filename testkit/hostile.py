"""Inputs as the worst publishers and dumps send them: each fault by name, to mix among good articles.

A fault takes a good article and returns what is delivered instead. Whether it ends as an article or as a rejection is
left to the pipeline; it must be counted once and stop nothing else.
"""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DAY = "2023-05-05"
WORDS = ("सड़क", "पुल", "अस्पताल", "विद्यालय", "पुस्तकालय", "तालाब", "बाजार")
"""Road, bridge, hospital, school, library, pond, market."""
CODECS = (
    "undefined",
    "hex",
    "zlib",
    "base64",
    "idna",
    "punycode",
    "rot13",
    "utf-7",
    "unicode_escape",
    "mbcs",
    "x" * 300,
)
"""Charsets that are no charset of a page, most of them codecs of Python."""

Article = Mapping[str, object]
LineFault = Callable[[Article], bytes]
RowFault = Callable[[Article], Article]
PageFault = Callable[[bytes], bytes]


def make_article(number: int, base: str = "https://namuna.example") -> dict[str, object]:
    """Return a good article; its number makes URL, title and text unique."""
    word = WORDS[number % len(WORDS)]
    return {
        "url": f"{base}/news/{number}",
        "title": f"{word} का काम शुरू, योजना {number}",
        "text": f"जिला पंचायत की बैठक संख्या {number} में अध्यक्ष ने बताया कि {word} का काम अगले महीने शुरू होगा।\n"
        f"सदस्यों ने {number} गांवों में पानी की कमी का मुद्दा उठाया और टैंकर समय पर भेजने की मांग की।",
        "published_at": f"{DAY}T10:00:00+05:30",
        "source": "नमूना",
    }


def make_page(number: int, *, head: str = "", body: str = "") -> str:
    """Return the page of `make_article(number)`, with more in its head or at the end of its text."""
    article = make_article(number)
    text = "".join(f"<p>{line}</p>" for line in str(article["text"]).splitlines())
    return (
        f'<!doctype html><html lang="hi"><head><meta charset="utf-8"><title>{article["title"]}</title>'
        f'<meta property="article:published_time" content="{article["published_at"]}">{head}</head>'
        f"<body><article><h1>{article['title']}</h1>{text}{body}</article></body></html>"
    )


def dump(article: Article) -> bytes:
    """Return an article as one JSON line; lone surrogates are written as escapes."""
    return json.dumps(article).encode()


def _change(name: str, make: Callable[[str], object]) -> LineFault:
    """Return a fault that replaces a field; `make` gets its good text."""
    return lambda article: dump({**article, name: make(str(article[name]))})


LINE_FAULTS: dict[str, LineFault] = {
    "lone surrogate in text": _change("text", lambda text: text + " \ud83d"),
    "lone surrogate in title": _change("title", lambda text: "\udc00" + text),
    "lone surrogate in source": _change("source", lambda text: text + "\ud800"),
    "lone surrogate in url": _change("url", lambda text: text + "\ud83d"),
    "date 0001": _change("published_at", lambda _: "0001-01-01T00:00:00+05:30"),
    "date 9999": _change("published_at", lambda _: "9999-12-31T23:59:59Z"),
    "date 2262": _change("published_at", lambda _: "2262-04-12T00:00:00"),
    "date 2031": _change("published_at", lambda _: "2031-01-01"),
    "date without meaning": _change("published_at", lambda _: "कल शाम"),
    "date of ten thousand digits": _change("published_at", lambda _: "9" * 10_000),
    "epoch": _change("published_at", lambda _: 1683261000),
    "epoch without end": _change("published_at", lambda _: 1e308),
    "NaN": lambda article: dump({**article, "published_at": float("nan"), "title": float("inf")}),
    "number as title": _change("title", lambda _: 7),
    "list as source": _change("source", lambda _: ["a", {"b": None}]),
    "object as text": _change("text", lambda text: {"hi": text}),
    "null text": _change("text", lambda _: None),
    "number as url": _change("url", lambda text: len(text)),
    "source of 300 characters": _change("source", lambda _: "समाचार" * 50),
    "source of 100,000 characters": _change("source", lambda _: "a" * 100_000),
    "source with a WARC header": _change("source", lambda _: "A\nWARC-Type: warcinfo"),
    "source with CRLF": _change("source", lambda _: "A\r\n\r\nWARC/1.0\r\nWARC-Type: response"),
    "source with NUL": _change("source", lambda _: "A\0B"),
    "source as a path": _change("source", lambda _: "../../../etc"),
    "source of a dot": _change("source", lambda _: "."),
    "url with CRLF": _change("url", lambda url: f"{url}\r\nWARC-Type: warcinfo\r\n\r\n"),
    "url with spaces": _change("url", lambda url: f" {url} a b "),
    "url in brackets": _change("url", lambda url: f"<{url}>"),
    "url with NUL": _change("url", lambda url: f"{url}\0"),
    "url of 100,000 characters": _change("url", lambda url: url + "a" * 100_000),
    "url in Hindi": _change("url", lambda url: f"{url}/खबर?क=ख#ग"),
    "url without scheme": _change("url", lambda url: url.partition("//")[2]),
    "url with an odd port": _change("url", lambda url: url.replace(".example", ".example:999999")),
    "url with an open bracket": _change("url", lambda url: url.replace("namuna.example", "[::1")),
    "script as url": _change("url", lambda url: f"javascript:alert('{url}')"),
    "empty url": _change("url", lambda _: ""),
    "urn as url": _change("url", lambda url: f"urn:sha256:{url}"),
    "HTML as text": _change("text", lambda text: "".join(f"<p>{line}</p>" for line in text.splitlines())),
    "script as text": _change("text", lambda text: f"<script>{text}" * 50),
    "long ago": _change("text", lambda text: f"500 साल पहले राजा ने मंत्री से मुलाकात की। {text}"),
    "a year beyond all calendars": _change("text", lambda text: f"सन 99999 में और 31 फरवरी 0000 को {text}"),
    "doubly encoded": _change("text", lambda text: text.encode().decode("latin-1")),
    "changed spaces": _change("text", lambda text: text.replace(" ", "\u00a0\u200b \u2028\u0085")),
    "one long line": _change("text", lambda text: text.replace("\n", " ") * 300),
    "invisible marks": _change("text", lambda text: "\u00ad\u2060\u200e\u202e".join(text)),
    "control characters": _change("text", lambda text: "\x00\x01\x1b[31m\x7f\x85".join([text, text])),
    "emoji": _change("text", lambda text: "🙏🏽" + text.replace("।", "👨‍👩‍👧‍👦।")),
    "combining marks": _change("text", lambda text: text + "क" + "\u0901\u093c" * 5000),
    "English": _change(
        "text", lambda _: "The council met on Monday and discussed the road, again and again."
    ),
    "opening brackets": lambda article: b"[" * 100_000 + dump(article),
    "nested objects": lambda article: b'{"a":' * 100_000 + dump(article),
    "cut line": lambda article: dump(article)[:-20],
    "bytes that are not UTF-8": lambda article: dump(article).replace(b"{", b'{"x": "\xff\xfe\xe0\xa4", ', 1),
    "UTF-16 line": lambda article: dump(article).decode().encode("utf-16-be").replace(b"\n", b""),
    "byte-order mark": lambda article: b"\xef\xbb\xbf" + dump(article),
    "NUL bytes": lambda article: b"\0" * 100 + dump(article),
    "array": lambda article: b"[" + dump(article) + b"]",
    "string": lambda article: json.dumps(str(article["url"])).encode(),
    "keys twice": lambda article: dump(article)[:-1] + b', "text": null}',
    "number of 10,000 digits": lambda article: dump(article)[:-1] + b', "n": ' + b"9" * 10_000 + b"}",
}

ROW_FAULTS: dict[str, RowFault] = {
    "no text": lambda row: {**row, "text": None},
    "not UTF-8": lambda row: {**row, "text": str(row["text"]).encode() + b"\xff\xe0\xa4"},
    "not UTF-8 in source": lambda row: {**row, "source": b"\xff\xfe\n\x00"},
    "not UTF-8 in url": lambda row: {**row, "url": str(row["url"]).encode() + b"\xc3\r\n"},
    "UTF-16": lambda row: {**row, "text": str(row["text"]).encode("utf-16")},
    "date 9999": lambda row: {**row, "published_at": "9999-12-31T23:59:59Z"},
    "NaT": lambda row: {**row, "published_at": "NaT"},
    "source of 300 characters": lambda row: {**row, "source": "समाचार" * 50},
    "source with CRLF": lambda row: {**row, "source": "A\r\nWARC-Type: warcinfo"},
    "url with spaces": lambda row: {**row, "url": f" <{row['url']}> "},
    "English": lambda row: {**row, "text": f"The council met on Monday, says {row['url']}, again and again."},
    "one long line": lambda row: {**row, "text": str(row["text"]).replace("\n", " ") * 300},
}

STAMPS = (2**63 - 1, -(2**63), 253402300800 * 10**6, -62135596800 * 10**6 - 1, 0)
"""Microseconds since 1970 that no calendar of Python holds, and one that it does."""


def _head(text: str) -> PageFault:
    return lambda page: page.replace(b"</head>", text.encode() + b"</head>", 1)


def _body(text: str) -> PageFault:
    return lambda page: page.replace(b"</article>", text.encode("utf-8", "surrogatepass") + b"</article>", 1)


PAGE_FAULTS: dict[str, PageFault] = {
    **{
        f"charset={codec[:20]}": lambda page, codec=codec: page.replace(b"utf-8", codec.encode(), 1)  # type: ignore[misc]
        for codec in CODECS
    },
    "UTF-16 without a mark": lambda page: page.decode().encode("utf-16-le"),
    "half UTF-8, half Latin": lambda page: page + "café".encode("latin-1") * 100,
    "date 9999": lambda page: page.replace(DAY.encode(), b"9999-12-31"),
    "date 2031": lambda page: page.replace(DAY.encode(), b"2031-01-01"),
    "date 0000": lambda page: page.replace(DAY.encode(), b"0000-00-00"),
    "lone surrogate": _body("<p>&#xD800; &#55357; &#x110000;</p>"),
    "surrogate bytes": _body("<p>\ud83d</p>"),
    "NUL": _body("<p>\0\0\0&#0;</p>"),
    "deep tags": _body("<div>" * 3000),
    "many times": _body("<time>" * 2000),
    "many tables": _body("<table><tr><td>" * 500),
    "long class": _body(f'<p class="{"a-" * 20_000}">क</p>'),
    "long attribute": _body(f'<p data-x="{"x" * 100_000}">क</p>'),
    "open scripts": _body("<script " * 5000),
    "open comments": _body("<!--" * 5000),
    "tabs in og:title": _head(f'<meta property="og:title" content="{chr(9) * 20_000}">'),
    "odd canonical": _head('<link rel="canonical" href="http://[::1">'),
    "foreign canonical": _head('<link rel="canonical" href="https://other.example/news/1">'),
    "base of a script": _head('<base href="javascript:alert(1)">'),
    "deep JSON-LD": _head(f'<script type="application/ld+json">{"[" * 100_000}</script>'),
    "odd JSON-LD": _head(
        '<script type="application/ld+json">[[{"@graph":[{"@type":["NewsArticle",null,3],"datePublished":'
        '{"a":NaN},"headline":[1,{}],"author":[[]]}]}]]</script>'
    ),
    "date of JSON-LD 9999": _head(
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"9999-12-31T23:59:59Z"}</script>'
    ),
    "endless script state": _head(
        f'<script id="__NEXT_DATA__" type="application/json">{"[" * 50_000}</script>'
    ),
    "cut": lambda page: page[: len(page) // 2],
    "empty": lambda _: b"",
    "bytes": lambda page: bytes(range(256)) * 40 + page[:10],
    "English": lambda page: b"<html><body><p>The council met on Monday and discussed the road." + page[-20:],
}


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was delivered.

    Attributes:
        good_urls: of the articles without a fault.
        count: of the articles with and without faults.
    """

    good_urls: frozenset[str]
    count: int

    def __add__(self, other: "Delivered") -> "Delivered":
        return Delivered(self.good_urls | other.good_urls, self.count + other.count)


def write_lines(file: Path, first: int, faults: list[str | None]) -> Delivered:
    """Write one article per line, with these faults of LINE_FAULTS; None writes a good one."""
    articles = [make_article(first + at) for at in range(len(faults))]
    lines = [
        LINE_FAULTS[fault](article) if fault else dump(article)
        for article, fault in zip(articles, faults, strict=True)
    ]
    file.write_bytes(b"\n".join(line.replace(b"\n", b" ") for line in lines) + b"\n")
    return _delivered(articles, faults)


def write_rows(file: Path, first: int, faults: list[str | None], *, binary: bool) -> Delivered:
    """Write one article per row, with these faults of ROW_FAULTS.

    Args:
        binary: the columns are binary; otherwise they are text whose bytes nobody has checked.
    """
    articles = [make_article(first + at) for at in range(len(faults))]
    rows = [ROW_FAULTS[fault](row) if fault else row for row, fault in zip(articles, faults, strict=True)]
    columns = {}
    for name in articles[0]:
        fields = [row[name] for row in rows]
        values = [field.encode() if isinstance(field, str) else field for field in fields]
        column = pa.array(values, pa.binary())
        columns[name] = column if binary else column.view(pa.string())
    pq.write_table(pa.table(columns), file, row_group_size=3)
    return _delivered(articles, faults)


def write_stamped_rows(file: Path, first: int, stamps: list[int | None]) -> Delivered:
    """Write one article per row with these times of publication (microseconds since 1970); None is a good one."""
    articles = [make_article(first + at) for at in range(len(stamps))]
    good = 1683261000 * 10**6
    columns = {name: [row[name] for row in articles] for name in articles[0] if name != "published_at"}
    times = pa.array([good if stamp is None else stamp for stamp in stamps], pa.int64())
    pq.write_table(pa.table({**columns, "published_at": times.view(pa.timestamp("us"))}), file)
    return _delivered(articles, ["stamp" if stamp is not None else None for stamp in stamps])


def write_pages(folder: Path, first: int, faults: list[str | None]) -> Delivered:
    """Write saved pages with their metadata files, with these faults of PAGE_FAULTS."""
    articles = [make_article(first + at) for at in range(len(faults))]
    for at, fault in enumerate(faults):
        page = make_page(first + at).encode()
        content = PAGE_FAULTS[fault](page) if fault else page
        is_packed = at % 2 == 1
        file = folder / f"page-{first + at}.html{'.gz' if is_packed else ''}"
        file.write_bytes(gzip.compress(content) if is_packed else content)
        sidecar = {"url": articles[at]["url"], "source": articles[at]["source"]}
        (folder / f"page-{first + at}.json").write_bytes(dump(sidecar))
    return _delivered(articles, faults)


WARC_FAULTS = ("damaged member", "odd status line", "wrong length", "odd header", *PAGE_FAULTS)


def write_warc(file: Path, base: str, first: int, faults: list[str | None]) -> Delivered:
    """Write the pages of a publisher as another crawler stores them, with these faults of WARC_FAULTS."""
    articles = [make_article(first + at, base) for at in range(len(faults))]
    members = []
    for at, fault in enumerate(faults):
        page = make_page(first + at).encode()
        content = PAGE_FAULTS[fault](page) if fault in PAGE_FAULTS else page
        members.append(_make_member(str(articles[at]["url"]), content, fault))
    file.write_bytes(b"".join(members))
    return _delivered(articles, faults)


def _make_member(url: str, page: bytes, fault: str | None) -> bytes:
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=False)
    status = "999 \x00" if fault == "odd status line" else "200 OK"
    odd = [("X-Odd", "क\x00" * 50)] if fault == "odd header" else []
    http = StatusAndHeaders(status, [("Content-Type", "text/html"), *odd], "HTTP/1.1")
    response = writer.create_warc_record(
        url,
        "response",
        payload=BytesIO(page),
        http_headers=http,
        warc_headers_dict={"WARC-Date": f"{DAY}T12:00:00Z"},
    )
    writer.write_record(response)
    response.raw_stream.close()
    record = buffer.getvalue()
    if fault == "wrong length":
        record = record.replace(b"Content-Length: ", b"Content-Length: -", 1)
    packed = gzip.compress(record, mtime=0)
    middle = len(packed) // 2
    return packed[:middle] + b"\xff" * 20 + packed[middle + 20 :] if fault == "damaged member" else packed


def _delivered(articles: list[dict[str, object]], faults: list[str | None]) -> Delivered:
    good = (str(article["url"]) for article, fault in zip(articles, faults, strict=True) if fault is None)
    return Delivered(frozenset(good), len(articles))
