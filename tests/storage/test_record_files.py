"""Records read from Parquet equal those written, and a file is complete or missing."""

from datetime import date, datetime
from pathlib import Path

import pytest

from etl.domain.article import Article, Mention, Sentence, Token
from etl.domain.days import IST
from etl.storage.record_files import read_records, write_records

ARTICLE = Article(
    article_id="a1",
    partition_day="2023-05-05",
    source_id="dainik",
    source_name="दैनिक",
    url="https://a.example/1",
    canonical_url="https://a.example/1",
    title=None,
    text="नमस्ते",
    body_start_char=0,
    text_sha256="0" * 64,
    published_at=datetime(2023, 5, 5, 9, 30, tzinfo=IST),
    anchor_date=date(2023, 5, 5),
)
SENTENCE = Sentence(
    article_id="a1",
    sentence_number=0,
    start_char=0,
    end_char=6,
    text="नमस्ते",
    tokens=(Token("नमस्ते", 0, 6, None, "INTJ", None),),
    mentions=(Mention("नमस्ते", "PERSON", 0, 6),),
)


def test_flat_and_nested_records_come_back_equal(tmp_path: Path) -> None:
    assert write_records(tmp_path / "a.parquet", Article, [ARTICLE]) == 1
    assert write_records(tmp_path / "s.parquet", Sentence, [SENTENCE]) == 1
    assert read_records(tmp_path / "a.parquet", Article) == [ARTICLE]
    assert read_records(tmp_path / "s.parquet", Sentence) == [SENTENCE]


def test_no_records_keep_their_schema(tmp_path: Path) -> None:
    write_records(tmp_path / "empty.parquet", Sentence, [])
    assert read_records(tmp_path / "empty.parquet", Sentence) == []


def test_failing_write_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_records(path, Article, [ARTICLE])
    with pytest.raises(TypeError):
        write_records(path, Article, [object()])  # type: ignore[list-item]
    assert read_records(path, Article) == [ARTICLE]
    assert [file.name for file in tmp_path.iterdir()] == ["a.parquet"]
