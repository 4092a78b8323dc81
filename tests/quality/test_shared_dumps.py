"""The dumps of real complaints in ../shared/cases: every line is stored or rejected, and read as it was meant."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.config import REPOSITORY
from etl.domain.article import Article, Rejection
from etl.domain.days import UNDATED
from etl.extract.archive import add_records, list_partitions, read_partition
from etl.extract.inbox import read_inbox
from etl.pipeline.clean import _clean_partition

DUMPS = REPOSITORY.parent / "shared" / "cases" / "dumps"
pytestmark = pytest.mark.skipif(
    not DUMPS.exists(), reason="the dumps are in ../shared/cases, which is not part of the repository"
)
NOW = datetime(2026, 11, 30, tzinfo=UTC)

Read = Callable[[str], tuple[dict[str, Article], list[Rejection]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that stores and cleans a dump: its articles by the last part of their URL, and the rest."""

    def read_dump(name: str) -> tuple[dict[str, Article], list[Rejection]]:
        records = list(read_inbox(DUMPS / name, collected_at=NOW))
        assert sum(add_records(tmp_path, records).values()) == len(records)
        assert add_records(tmp_path, records) == {}
        articles, rejected = [], []
        for day in list_partitions(tmp_path):
            kept, refused = _clean_partition(read_partition(tmp_path, day), ())
            articles += kept
            rejected += refused
        assert len(articles) + len(rejected) == len(records)
        return {article.url.rpartition("/")[2]: article for article in articles}, rejected

    return read_dump


@pytest.mark.parametrize("name", ["binary", "binarytext"])
def test_binary_columns_are_text(read: Read, name: str) -> None:
    articles, rejected = read(f"{name}.parquet")
    assert not rejected
    assert articles[name].title is not None
    assert articles[name].title.startswith("जयशंकर मिले लावरोव से")
    assert articles[name].partition_day == "2026-03-02"


@pytest.mark.parametrize(
    ("name", "dated", "undated"),
    [
        ("dates_in_the_future", ["0"], ["1", "2", "3"]),
        ("dates_out_of_range_1", ["a"], ["b"]),
        ("dates_out_of_range_2", ["a"], ["b"]),
    ],
)
def test_dates_that_cannot_be_true_cost_only_themselves(
    read: Read, name: str, dated: list[str], undated: list[str]
) -> None:
    articles, rejected = read(f"{name}.jsonl")
    assert not rejected
    assert {key: articles[key].partition_day for key in dated} == dict.fromkeys(dated, "2026-03-02")
    assert {key: articles[key].partition_day for key in undated} == dict.fromkeys(undated, UNDATED)
    assert all(articles[key].published_at is None for key in undated)


def test_lone_surrogates_stop_nothing(read: Read) -> None:
    articles, rejected = read("lone_surrogate.jsonl")
    assert articles.keys() == {"a", "b", "c"}
    assert not rejected


def test_doubly_encoded_text_is_mended(read: Read) -> None:
    articles, rejected = read("doubly_encoded.jsonl")
    assert not rejected
    assert {article.title for article in articles.values()} == {"अनंत पाठक मिले अली रजा से"}
    assert len({article.text for article in articles.values()}) == 1


def test_fields_as_table_libraries_write_them(read: Read) -> None:
    articles, rejected = read("fields_of_pandas.jsonl")
    reasons = sorted(rejection.reason for rejection in rejected)
    assert reasons == ["bad_record", "duplicate_url", "duplicate_url", "duplicate_url"]
    dated = {article.published_at.isoformat() for article in articles.values() if article.published_at}
    assert dated == {
        "2026-03-02T00:00:00+05:30",
        "2026-03-02T04:30:00+00:00",
        "2026-03-02T10:00:00+05:30",
        "2026-03-02T10:10:00+05:30",
    }
    without = {key for key, article in articles.items() if article.published_at is None}
    assert without == {"nan-str", "null", "empty", "upper"}
    assert articles["upper"].title == "बड़े अक्षर"
    assert (articles["title-num"].title, articles["nan"].title) == ("123", None)
    assert "<" not in articles["text-html"].text
    assert "à" not in articles["mojibake-title"].text
    assert {article.extraction for article in articles.values()} == {None, "url=unreadable"}
