"""WARC files of other crawlers: the Hindi pages of known publishers are read, each once."""

import gzip
import zlib
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.config import REPOSITORY, Settings
from etl.domain.days import IST
from etl.errors import RejectedArticle
from etl.extract.archive import read_partition
from etl.extract.limits import RecordLimits
from etl.extract.parse import parse_article
from etl.extract.sources import read_sources
from etl.extract.warc_files import read_warc
from etl.pipeline.collect import run_collect
from testkit.site import article_page

SOURCES = read_sources(REPOSITORY / "seeds" / "sources.toml")
MORNING = datetime(2023, 5, 5, 9, tzinfo=IST)
ENGLISH = "<html><body><p>{}</p></body></html>".format(
    "The minister met farmers in the capital on Monday. " * 9
)
MARATHI = "<html><body><p>{}</p></body></html>".format(
    "मुख्यमंत्र्यांनी आज शेतकऱ्यांच्या प्रतिनिधींची भेट घेतली आणि त्यांच्या मागण्यांवर चर्चा केली असल्याचे सांगितले आहे. " * 5
)


def write_warc(file: Path, pages: list[tuple[str, str, str, str]]) -> Path:
    """Write pages (URL, status, content type, body) as a crawler would on 6 May 2023."""
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, status, content_type, body in pages:
            headers = [("Content-Type", content_type), ("Content-Encoding", "identity"), ("ETag", '"1"')]
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    payload=BytesIO(body.encode()),
                    length=len(body.encode()),
                    http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
                    warc_headers_dict={"WARC-Date": "2023-05-06T20:00:00Z"},
                )
            )
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    html = "text/html; charset=utf-8"
    hindi, undated = article_page(1, MORNING), article_page(2, None)
    return write_warc(
        tmp_path / "CC-NEWS-20230506.warc.gz",
        [
            ("https://www.bbc.com/hindi/articles/c1example", "200 OK", html, hindi),
            ("https://ndtv.in/india-news/udaharan-4116001", "200 OK", html, undated),
            ("https://www.bbc.com/hindi/articles/c2example", "404 Not Found", html, hindi),
            ("https://www.bbc.com/hindi/articles/c3example", "200 OK", "image/png", "x"),
            ("https://www.bbc.com/hindi/articles/c4example", "200 OK", html, ENGLISH),
            ("https://www.bbc.com/hindi/articles/c5example", "200 OK", html, MARATHI),
            ("https://nobody-knows.example/hindi/articles/c6", "200 OK", html, hindi),
        ],
    )


def test_only_hindi_pages_of_known_publishers_are_taken(file: Path) -> None:
    records = list(read_warc(file, SOURCES))
    assert [(record.source_name, record.partition_day) for record in records] == [
        ("BBC Hindi", "2023-05-05"),  # the page gives its day
        ("NDTV India", "2023-05-07"),  # the page gives no day: the IST day of the crawl
    ]
    assert [parse_article(record, SOURCES).title for record in records] == ["खबर संख्या 1", "खबर संख्या 2"]
    assert all(("ETag", '"1"') in record.http_headers for record in records)


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.99])
def test_truncated_file_ends_in_a_counted_failure(file: Path, share: float) -> None:
    whole, records = file.read_bytes(), list(read_warc(file, SOURCES))
    file.write_bytes(whole[: int(len(whole) * share)])
    *pages, last = read_warc(file, SOURCES)
    with pytest.raises(RejectedArticle) as caught:
        parse_article(last)
    assert (last.uri, caught.value.reason) == (f"urn:file:{file.name}", "bad_file")
    assert pages == records[: len(pages)]  # no partial page


def hindi_pages(count: int) -> list[tuple[str, str, str, str]]:
    html = "text/html; charset=utf-8"
    return [
        (
            f"https://www.bbc.com/hindi/articles/c{number}example",
            "200 OK",
            html,
            article_page(number, MORNING),
        )
        for number in range(count)
    ]


def members_of(file: Path) -> list[bytes]:
    return [b"\x1f\x8b\x08" + member for member in file.read_bytes().split(b"\x1f\x8b\x08")[1:]]


def changed(member: bytes, old: bytes, new: bytes) -> bytes:
    content = gzip.decompress(member)
    assert old in content
    return gzip.compress(content.replace(old, new, 1))


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "bytes within": lambda member: member[:150] + b"\xff" * 40 + member[190:],
    "cut": lambda member: member[: len(member) // 2],
    "checksum": lambda member: member[:-8] + b"\0" * 8,
    "no version": lambda member: changed(member, b"WARC/1.0", b"WURC/1.0"),
    "no length": lambda member: changed(member, b"Content-Length: ", b"Content-Longth: "),
    "length is text": lambda member: changed(member, b"Content-Length: ", b"Content-Length: x"),
    "length is negative": lambda member: changed(member, b"Content-Length: ", b"Content-Length: -"),
    "length too large": lambda member: changed(member, b"Content-Length: ", b"Content-Length: 9"),
    "length too small": lambda member: changed(member, b"Content-Length: 1", b"Content-Length: "),
    "no HTTP status": lambda member: changed(member, b"HTTP/1.1 200 OK", b"nonsense"),
    "not gzip inside": lambda member: changed(member, b"ETag: ", b"Content-Encoding: gzip\r\nETag: "),
    "endless header": lambda member: changed(
        member, b"WARC-Date: ", b"X: " + b"x" * 5_000_000 + b"\r\nWARC-Date: "
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_bad_record_leaves_the_other_pages(
    tmp_path: Path, damage: Callable[[bytes], bytes], number: int
) -> None:
    pages = hindi_pages(4)
    file = write_warc(tmp_path / "a.warc.gz", pages)
    members = members_of(file)
    members[number] = damage(members[number])
    file.write_bytes(b"".join(members))
    records = list(read_warc(file, SOURCES))
    read = [record.uri for record in records if record.kind == "page"]
    others = [url for place, (url, *_) in enumerate(pages) if place != number]
    assert [url for url in read if url != pages[number][0]] == others
    failures = [record for record in records if record.kind == "failure"]
    assert len(read) + len(failures) == 4
    for failure in failures:
        assert failure.place.startswith("a.warc.gz, byte ")
        assert failure.uri in (pages[number][0], f"urn:file:a.warc.gz#byte={len(b''.join(members[:number]))}")
        with pytest.raises(RejectedArticle, match="unreadable"):
            parse_article(failure, SOURCES)


@pytest.mark.parametrize("old", [b"WARC/1.0", b"Content-Length: ", b"HTTP/1.1 200 OK"])
def test_one_bad_record_of_a_plain_file_leaves_the_other_pages(tmp_path: Path, old: bytes) -> None:
    pages = hindi_pages(4)
    members = [gzip.decompress(member) for member in members_of(write_warc(tmp_path / "a.warc.gz", pages))]
    members[1] = members[1].replace(old, b"x" * len(old), 1)
    (tmp_path / "a.warc").write_bytes(b"".join(members))
    records = list(read_warc(tmp_path / "a.warc", SOURCES))
    assert [record.uri for record in records if record.kind == "page"] == [pages[n][0] for n in (0, 2, 3)]
    assert sum(record.kind == "failure" for record in records) == 1


@pytest.mark.parametrize(
    "date", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "yesterday", "2031-01-01T00:00:00Z"]
)
def test_a_crawl_date_that_cannot_be_true_is_not_believed(tmp_path: Path, date: str) -> None:
    page = ("https://www.bbc.com/hindi/articles/c1example", "200 OK", "text/html", article_page(1, None))
    (member,) = members_of(write_warc(tmp_path / "a.warc.gz", [page]))
    (tmp_path / "a.warc.gz").write_bytes(changed(member, b"2023-05-06T20:00:00Z", date.encode()))
    (record,) = read_warc(tmp_path / "a.warc.gz", SOURCES, datetime(2023, 5, 20, 9, tzinfo=IST))
    assert (record.kind, record.partition_day) == ("page", "2023-05-20")


@pytest.mark.parametrize("year", [2031, 2099, 2062])
def test_a_page_is_not_published_after_its_crawl(tmp_path: Path, year: int) -> None:
    page = article_page(1, MORNING.replace(year=year))
    file = write_warc(
        tmp_path / "a.warc.gz",
        [("https://www.bbc.com/hindi/articles/c1example", "200 OK", "text/html", page)],
    )
    (record,) = read_warc(file, SOURCES)
    assert record.partition_day == "2023-05-07"
    assert parse_article(record, SOURCES).published_at is None


@pytest.mark.parametrize("encoding", ["identity", "gzip", "deflate"])
def test_a_bomb_is_one_counted_failure(tmp_path: Path, encoding: str) -> None:
    body = article_page(0, MORNING).encode() + b" " * 3_000_000
    packed = {"identity": body, "gzip": gzip.compress(body), "deflate": zlib.compress(body)}[encoding]
    file = tmp_path / "a.warc.gz"
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number, content in enumerate([packed, article_page(1, MORNING).encode()]):
            headers = [
                ("Content-Type", "text/html"),
                *([("Content-Encoding", encoding)] if number == 0 else []),
            ]
            writer.write_record(
                writer.create_warc_record(
                    f"https://www.bbc.com/hindi/articles/c{number}example",
                    "response",
                    payload=BytesIO(content),
                    length=len(content),
                    http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
                )
            )
    bomb, page = read_warc(file, SOURCES, limits=RecordLimits(page_bytes=1_000_000))
    assert (bomb.kind, bomb.source_name, page.kind) == ("failure", "BBC Hindi", "page")
    with pytest.raises(RejectedArticle, match="too_large"):
        parse_article(bomb, SOURCES)


@pytest.mark.parametrize(
    "error", [KeyError("x"), RecursionError(), UnicodeError("label too long"), OverflowError()]
)
def test_an_error_within_one_page_leaves_the_others(
    file: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail_for_the_first(payload: bytes, *, url: str, **rest: object) -> datetime | None:
        if "c1example" in url:
            raise error
        return None

    monkeypatch.setattr("etl.extract.warc_files.find_published", fail_for_the_first)
    assert [record.kind for record in read_warc(file, SOURCES)] == ["failure", "page"]


def test_file_in_the_inbox_is_read_once_and_adds_all_its_days(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings.from_env(data_root=tmp_path / "data")
    assert run_collect(settings, run_key="run", day="2023-05-20", inbox=[file]) == [
        "2023-05-05",
        "2023-05-07",
    ]
    assert [record.source_name for record in read_partition(settings.raw_dir, "2023-05-05")] == ["BBC Hindi"]
    monkeypatch.setattr("etl.pipeline.collect_files.read_warc", None)  # must not be called again
    assert run_collect(settings, run_key="run", day="2023-05-20", inbox=[file]) == []
