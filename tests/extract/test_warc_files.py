"""WARC files of other crawlers: the Hindi pages of known publishers are read, each once."""

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
