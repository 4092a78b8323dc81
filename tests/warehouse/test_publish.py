from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from etl.domain.plan import RunContext
from etl.errors import AuditBlocked, PermanentError
from etl.warehouse import publish as publish_module
from etl.warehouse.load import load_partition
from etl.warehouse.publish import publish
from etl.warehouse.read import MeetingRow, list_meetings
from testkit.articles import MODI, PUTIN, ArticleSpec, MeetingSpec
from testkit.newsroom import NOW, Newsroom, dump_core, query


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "out" / "mulaqat.duckdb"


def test_the_copy_has_all_rows_and_comments(newsroom: Newsroom, published: Path) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"))
    assert publish(newsroom.working_path, published) == published
    assert dump_core(published) == dump_core(newsroom.working_path)
    comments = "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    assert query(published, comments) == query(newsroom.working_path, comments)
    assert [path.name for path in published.parent.iterdir()] == ["mulaqat.duckdb"]


def test_a_reader_keeps_the_file_it_has_open(newsroom: Newsroom, published: Path) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"))
    publish(newsroom.working_path, published)
    with duckdb.connect(published, read_only=True) as reader:
        newsroom.load("2023-05-06", ArticleSpec("https://a.in/2"))
        publish(newsroom.working_path, published)
        assert reader.execute("SELECT count(*) FROM core.article").fetchone() == (1,)
    assert query(published, "SELECT count(*) FROM core.article") == [(2,)]


def test_only_the_working_database_needs_a_new_duckdb(newsroom: Newsroom, published: Path) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"))
    publish(newsroom.working_path, published)
    written_for = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal"
    assert query(newsroom.working_path, written_for) == [("v1.5.0+",)]
    assert query(published, written_for) == [("v1.0.0+",)]


def test_previous_copies_are_kept_by_number(newsroom: Newsroom, published: Path) -> None:
    for count in range(1, 5):
        newsroom.load(f"2023-05-0{count}", ArticleSpec(f"https://a.in/{count}"))
        publish(newsroom.working_path, published, keep_previous=2)
    names = ["mulaqat.duckdb", "mulaqat.duckdb.1", "mulaqat.duckdb.2"]
    assert sorted(path.name for path in published.parent.iterdir()) == names
    counts = [query(published.with_name(name), "SELECT count(*) FROM core.article") for name in names]
    assert counts == [[(4,)], [(3,)], [(2,)]]


def test_a_blocked_load_leaves_the_copy_and_the_next_copy_says_why(
    newsroom: Newsroom, published: Path
) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"))
    publish(newsroom.working_path, published)
    before = published.read_bytes()
    lossy = replace(newsroom.write("2023-05-06", [ArticleSpec("https://a.in/2")]), collected_count=7)
    with pytest.raises(AuditBlocked):
        load_partition(newsroom.working_path, lossy, RunContext("lossy", NOW))
    assert published.read_bytes() == before
    publish(newsroom.working_path, published)
    assert query(published, "SELECT partition_day FROM out.article") == [("2023-05-05",)]
    results = "SELECT partition_day, check_name, bad_row_count, examples[1] FROM out.audit_result "
    assert query(published, results + "WHERE run_key = 'lossy' AND bad_row_count > 0") == [
        ("2023-05-06", "counts", 1, "partition_day=2023-05-06, collected_count=7, stored_count=1, "
         "rejected_count=0, article_count=1, rejected_article_count=0")
    ]  # fmt: skip
    outcome = "SELECT stage, partition_day, outcome FROM out.pipeline_run WHERE run_key = 'lossy'"
    assert query(published, outcome) == [("load", "2023-05-06", "blocked")]


def test_a_copy_that_is_not_equal_is_never_published(
    newsroom: Newsroom, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"))
    publish(newsroom.working_path, published, keep_previous=0)
    before = published.read_bytes()
    newsroom.load("2023-05-06", ArticleSpec("https://a.in/2"))
    real = publish_module.copy_database

    def lose_a_row(con: duckdb.DuckDBPyConnection, target: Path, storage_version: str) -> None:
        real(con, target, storage_version)
        with duckdb.connect(target) as copy:
            copy.execute(
                "DELETE FROM core.sentence WHERE article_id = (SELECT min(article_id) FROM core.article)"
            )

    monkeypatch.setattr(publish_module, "copy_database", lose_a_row)
    with pytest.raises(PermanentError, match=r"not equal.*core\.sentence"):
        publish(newsroom.working_path, published)
    assert published.read_bytes() == before
    assert [path.name for path in published.parent.iterdir()] == ["mulaqat.duckdb"]


def test_impossible_publications_say_what_to_do(newsroom: Newsroom, tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match="run `mulaqat run` first"):
        publish(newsroom.working_path, tmp_path / "mulaqat.duckdb")
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"))
    with pytest.raises(PermanentError, match="another name"):
        publish(newsroom.working_path, tmp_path / "core.duckdb")


def test_a_path_with_quotes_and_devanagari_can_be_published(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"))
    assert list_meetings(publish(newsroom.working_path, tmp_path / "it's मुलाकात" / 'a "b".duckdb'))


def test_the_contract_keeps_its_shape(newsroom: Newsroom, published: Path) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"))
    publish(newsroom.working_path, published)
    described = query(published, "SELECT column_name, column_type FROM (DESCRIBE out.reported_meeting)")
    assert described == [
        ("article_url", "VARCHAR"),
        ("meeting_id", "VARCHAR"),
        ("status", "VARCHAR"),
        ("format", "VARCHAR"),
        ("mode", "VARCHAR"),
        ("start_date", "DATE"),
        ("end_date", "DATE"),
        ("place_hi", "VARCHAR"),
        ("participants", "STRUCT(name_hi VARCHAR, mention_text VARCHAR, kind VARCHAR)[]"),
        ("place_en", "VARCHAR"),
        ("place_geonames_id", "BIGINT"),
        ("place_latitude", "DOUBLE"),
        ("place_longitude", "DOUBLE"),
    ]


def test_a_reported_meeting_has_its_own_articles_values(newsroom: Newsroom) -> None:
    newsroom.load(
        "2023-05-05",
        ArticleSpec("https://a.in/1?x=1", (MeetingSpec(place="गोवा", confidence=0.9),)),
        ArticleSpec("https://a.in/2", (MeetingSpec(status="ongoing", start="2023-05-05"),)),
    )
    rows = query(
        newsroom.working_path,
        "SELECT article_url, status, start_date::VARCHAR, place_hi, participants[1]"
        " FROM out.reported_meeting ORDER BY article_url",
    )
    modi = {"name_hi": MODI, "mention_text": MODI, "kind": "PER"}
    assert rows == [
        ("https://a.in/1?x=1", "held", None, "गोवा", modi),
        ("https://a.in/2", "ongoing", "2023-05-05", None, modi),
    ]
    assert query(newsroom.working_path, "SELECT count(DISTINCT meeting_id) FROM out.reported_meeting") == [
        (1,)
    ]


def test_meetings_are_listed_for_people(newsroom: Newsroom, published: Path) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1", (MeetingSpec(place="गोवा"),), prefix="ॐ "))
    publish(newsroom.working_path, published)
    (row,) = list_meetings(published)
    assert isinstance(row, MeetingRow)
    assert row.participants == ((MODI, "narendra modi"), (PUTIN, "vladimir putin"))
    assert (row.status, row.place_hi, row.start_date) == ("held", "गोवा", None)
    assert row.evidence_text == f"{MODI} और {PUTIN} की गोवा में मुलाकात हुई।"
    assert str(row.published_date) == "2023-05-05"


def test_every_report_is_evidence(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"), ArticleSpec("https://a.in/2", prefix="ॐ "))
    evidence = "SELECT DISTINCT evidence_text, trigger_text FROM out.meeting_evidence"
    assert query(newsroom.working_path, evidence) == [(f"{MODI} और {PUTIN} की मुलाकात हुई।", "मुलाकात")]
    assert query(newsroom.working_path, "SELECT count(*) FROM out.meeting_evidence") == [(2,)]
