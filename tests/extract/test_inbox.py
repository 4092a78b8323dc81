"""The inbox is read completely: every line becomes a record, readable or not."""

import gzip
import json
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.domain.days import IST, UNDATED
from etl.errors import BadSetting, RejectedArticle
from etl.extract.inbox import read_inbox, read_url_list
from etl.extract.parse import parse_article
from etl.transform.clean import clean_article
from testkit.site import article_page, gzip_bomb

TEXT = "मुख्यमंत्री ने मंगलवार को राजधानी में किसानों के प्रतिनिधियों से बातचीत की।"


def write_lines(path: Path, *lines: object) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def test_article_is_filed_under_its_day_in_india(tmp_path: Path) -> None:
    late_evening_utc = {"text": TEXT, "published_at": "2023-05-04T20:00:00+00:00"}
    file = write_lines(tmp_path / "a.jsonl", late_evening_utc)
    assert [record.partition_day for record in read_inbox(file)] == ["2023-05-05"]


@pytest.mark.parametrize(
    ("published_at", "day"),
    [
        ("2023-05-05", "2023-05-05"),
        ("2023-05-05T23:59:59", "2023-05-05"),
        ("2023-05-05T23:59:59+05:30", "2023-05-05"),
        ("2023-05-05T19:00:00Z", "2023-05-06"),
        (None, UNDATED),
    ],
)
def test_day_of_publication(tmp_path: Path, published_at: str | None, day: str) -> None:
    file = write_lines(tmp_path / "a.jsonl", {"text": TEXT, "published_at": published_at})
    assert [record.partition_day for record in read_inbox(file)] == [day]


def test_default_day_is_for_readable_articles_without_a_date_only(tmp_path: Path) -> None:
    dated = {"text": TEXT, "published_at": "2023-05-05"}
    file = write_lines(tmp_path / "a.jsonl", {"text": TEXT}, dated, "{broken")
    days = [record.partition_day for record in read_inbox(file, default_day="2020-01-02")]
    assert days == ["2020-01-02", "2023-05-05", UNDATED]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "bad_json"),
        ("[1, 2]", "bad_record"),
        ('{"url": "https://a.example/1"}', "bad_record"),
        ('{"text": 5}', "bad_record"),
    ],
)
def test_unreadable_line_is_stored_and_rejected_with_its_reason(
    tmp_path: Path, line: str, reason: str
) -> None:
    (record,) = read_inbox(write_lines(tmp_path / "a.jsonl", line))
    assert record.payload == line.encode()
    with pytest.raises(RejectedArticle) as caught:
        parse_article(record)
    assert caught.value.reason == reason


def test_text_file_takes_its_metadata_from_its_json_file(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    metadata = {"url": "urn:x:1", "title": "शीर्षक", "source": "दैनिक", "published_at": "2023-05-05"}
    (tmp_path / "one.json").write_text(json.dumps(metadata), encoding="utf-8")
    (record,) = read_inbox(tmp_path)
    article = parse_article(record)
    assert (article.url, article.title) == ("urn:x:1", "शीर्षक")
    assert (article.source_name, article.text) == ("दैनिक", TEXT)


def test_text_file_that_is_not_utf8_is_stored_and_rejected(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(b"\xff\xfe\x00")
    (record,) = read_inbox(tmp_path)
    with pytest.raises(RejectedArticle, match="bad_json"):
        parse_article(record)


def test_missing_inbox_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="no such folder"):
        list(read_inbox(tmp_path / "nowhere"))


def test_parquet_rows_are_articles_and_other_columns_are_ignored(tmp_path: Path) -> None:
    rows = [
        {
            "text": TEXT,
            "url": "https://a.example/1",
            "published_at": datetime(2023, 5, 5, 9, tzinfo=IST),
            "n": 1,
        },
        {"text": f"{TEXT} फिर", "url": None, "published_at": None, "n": 2},
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    records = list(read_inbox(tmp_path))
    assert [record.partition_day for record in records] == ["2023-05-05", UNDATED]
    assert [parse_article(record).text for record in records] == [TEXT, f"{TEXT} फिर"]


def test_file_that_is_not_parquet_is_stored_as_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 broken")
    (record,) = read_inbox(tmp_path)
    with pytest.raises(RejectedArticle) as caught:
        parse_article(record)
    assert (record.uri, caught.value.reason) == ("urn:file:a.parquet", "bad_file")


@pytest.mark.parametrize("is_compressed", [False, True])
def test_saved_page_is_dated_by_its_own_metadata(tmp_path: Path, is_compressed: bool) -> None:
    page = article_page(7, datetime(2023, 5, 5, 23, tzinfo=IST)).encode()
    file = tmp_path / ("seven.html.gz" if is_compressed else "seven.html")
    file.write_bytes(gzip.compress(page) if is_compressed else page)
    (record,) = read_inbox(tmp_path)
    assert (record.payload, record.partition_day) == (page, "2023-05-05")
    assert parse_article(record).title == "खबर संख्या 7"


def test_metadata_file_gives_url_and_time_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "seven.html").write_text(article_page(7, None), encoding="utf-8")
    metadata = {"url": "https://a.example/7", "source": "दैनिक", "published_at": "2023-05-05T09:00:00"}
    (tmp_path / "seven.json").write_text(json.dumps(metadata), encoding="utf-8")
    (record,) = read_inbox(tmp_path)
    article = parse_article(record)
    assert (record.uri, record.source_name, record.partition_day) == (
        "https://a.example/7",
        "दैनिक",
        "2023-05-05",
    )
    assert article.published_at == datetime(2023, 5, 5, 9, tzinfo=IST)
    assert "published_at=source" in (article.extraction or "")


def test_decompression_bomb_stays_compressed_and_is_rejected(tmp_path: Path) -> None:
    compressed = gzip_bomb(200_000_000)
    (tmp_path / "bomb.html.gz").write_bytes(compressed)
    (record,) = read_inbox(tmp_path)
    assert record.payload == compressed
    with pytest.raises(RejectedArticle, match="too_long"):
        clean_article(parse_article(record), UNDATED)


def test_list_of_urls_may_have_comments(tmp_path: Path) -> None:
    (tmp_path / "a.urls").write_text(
        "# मेरी सूची\nhttps://a.example/1\n\n  https://a.example/2  \n", encoding="utf-8"
    )
    assert read_url_list(tmp_path / "a.urls") == ["https://a.example/1", "https://a.example/2"]
