"""What lies in an inbox comes in whole: every line a record, readable or not."""

import json
from pathlib import Path

import pytest

from etl.errors import BadSetting, RejectedArticle
from etl.extract.inbox import read_inbox
from etl.extract.parse import parse_article
from etl.models import UNDATED

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
        ('{"text": "क", "url": ["https://a.example/1"]}', "bad_record"),
        ('{"text": "क", "published_at": "5 मई"}', "bad_published_at"),
    ],
)
def test_unreadable_line_is_kept_and_named(tmp_path: Path, line: str, reason: str) -> None:
    (record,) = read_inbox(write_lines(tmp_path / "a.jsonl", line))
    assert record.payload == line.encode()
    with pytest.raises(RejectedArticle) as caught:
        parse_article(record)
    assert caught.value.reason == reason


def test_text_file_takes_its_metadata_from_the_json_beside_it(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    metadata = {"url": "urn:x:1", "title": "शीर्षक", "source": "दैनिक", "published_at": "2023-05-05"}
    (tmp_path / "one.json").write_text(json.dumps(metadata), encoding="utf-8")
    (record,) = read_inbox(tmp_path)
    article = parse_article(record)
    assert (article.url, article.title) == ("urn:x:1", "शीर्षक")
    assert (article.source_name, article.text) == ("दैनिक", TEXT)


def test_text_file_that_is_not_utf8_is_kept_and_rejected(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(b"\xff\xfe\x00")
    (record,) = read_inbox(tmp_path)
    with pytest.raises(RejectedArticle, match="bad_json"):
        parse_article(record)


def test_missing_inbox_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="no such folder"):
        list(read_inbox(tmp_path / "nowhere"))
