import re
import shutil
from pathlib import Path
from typing import Any, get_args

import duckdb
import pytest

from etl.domain.entity import EntityKind
from etl.domain.meeting import DatePrecision, EventType, Format, Mode, Role, Status
from etl.domain.plan import RunContext
from etl.errors import RejectReason
from etl.warehouse.audit import AuditResult, audit_warehouse, list_checks
from etl.warehouse.statements import read_sql
from testkit.articles import MODI, ArticleSpec, MeetingSpec
from testkit.newsroom import NOW, Newsroom, query


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    newsroom = Newsroom(folder / "stage", folder / "mulaqat.duckdb")
    newsroom.load(
        "2023-05-04", ArticleSpec("https://a.in/1", (MeetingSpec(place="गोवा", start="2023-05-04"),))
    )
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/2", prefix="ॐ "), ArticleSpec("https://a.in/3"))
    return newsroom.working_path


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path))


def warned(results: list[AuditResult]) -> dict[str, tuple[str, ...]]:
    return {result.check_name: result.examples for result in results if result.bad_row_count}


def test_a_sound_warehouse_passes_every_check(path: Path) -> None:
    results = audit_warehouse(path, RunContext("audit-1", NOW))
    assert warned(results) == {}
    assert [result.check_name for result in results] == [check.check_name for check in list_checks()]
    kept = "SELECT count(*) FROM meta.audit_result WHERE run_key = 'audit-1' AND partition_day IS NULL"
    assert query(path, kept) == [(len(results),)]
    assert query(path, "SELECT outcome FROM meta.pipeline_run WHERE run_key = 'audit-1'") == [("done",)]


BREAKING = [
    ("unique_keys", "INSERT INTO core.sentence FROM core.sentence LIMIT 1"),
    ("unique_keys", "INSERT INTO core.article FROM core.article LIMIT 1"),
    ("unique_keys", "INSERT INTO core.entity FROM core.entity LIMIT 1"),
    (
        "unique_keys",
        "INSERT INTO core.meeting_mention_participant FROM core.meeting_mention_participant LIMIT 1",
    ),
    ("orphans", "DELETE FROM core.source"),
    ("orphans", "DELETE FROM core.entity"),
    ("orphans", "DELETE FROM core.place"),
    ("orphans", "DELETE FROM core.meeting"),
    ("orphans", "DELETE FROM core.article WHERE url LIKE '%1'"),
    ("orphans", "DELETE FROM core.sentence"),
    ("orphans", "DELETE FROM core.article_entity"),
    ("orphans", "DELETE FROM core.meeting_mention"),
    ("orphans", "UPDATE core.meeting_mention SET meeting_id = NULL"),
    ("orphans", "UPDATE core.meeting SET planned_meeting_id = 'nowhere'"),
    ("orphans", "INSERT INTO core.meeting_alias VALUES ('old', 'nowhere', 'r')"),
    ("complete", "UPDATE core.article SET annotator_version = NULL WHERE url LIKE '%1'"),
    ("quotes", "UPDATE core.sentence SET start_char = start_char + 1, end_char = end_char + 1"),
    ("quotes", "UPDATE core.sentence SET end_char = end_char + 1"),
    ("quotes", "UPDATE core.entity_mention SET text = 'कोई और'"),
    ("quotes", "UPDATE core.meeting_mention SET evidence_end_char = 5000"),
    ("quotes", "UPDATE core.meeting_mention SET trigger_text = 'फोन'"),
    ("quotes", "UPDATE core.article SET text = replace(text, 'ॐ', 'ओ३म्')"),
    ("verbatim", "UPDATE core.meeting_mention SET place_hi = 'पटना'"),
    ("verbatim", "UPDATE core.meeting_mention_participant SET mention_text = 'प्रधानमंत्री मोदी'"),
    ("two_participants", "DELETE FROM core.meeting_mention_participant WHERE participant_number = 0"),
    ("two_participants", "DELETE FROM core.meeting_participant WHERE participant_number = 0"),
    (
        "one_report_per_article",
        "INSERT INTO core.meeting_mention SELECT * REPLACE ('other' AS report_id) FROM core.meeting_mention",
    ),
    ("entity_counts", "UPDATE core.entity_form SET article_count = article_count + 1"),
    ("entity_counts", "DELETE FROM core.entity_alias WHERE alias_hi = 'गोवा'"),
    ("entity_counts", "INSERT INTO core.entity_alias VALUES ('nobody', 'कोई', 1)"),
    ("unique_keys", "INSERT INTO core.meeting_participant FROM core.meeting_participant LIMIT 1"),
    ("dates", "UPDATE core.meeting_mention SET end_date = start_date - 1"),
    ("dates", "UPDATE core.meeting_mention SET start_date = '0023-05-05', end_date = '0023-05-05'"),
    ("dates", "UPDATE core.meeting_mention SET date_precision = 'none'"),
    ("dates", "UPDATE core.meeting_mention SET end_date = NULL"),
    ("dates", "UPDATE core.meeting SET end_date = NULL"),
    ("counts", "DELETE FROM core.article WHERE url LIKE '%1'"),
    ("counts", "UPDATE meta.partition_load SET collected_count = collected_count + 1"),
    ("source_counts", "UPDATE meta.source_completeness SET pending_count = pending_count + 1"),
    ("source_counts", "UPDATE meta.source_completeness SET rejected_reasons = MAP {'too_short': 7}"),
    ("source_counts", "UPDATE meta.source_completeness SET extracted_count = fetched_count + 1"),
    ("closed_lists", "UPDATE core.meeting_mention SET status = 'maybe'"),
    ("closed_lists", "UPDATE core.meeting_mention SET cameo_code = '124'"),
    ("closed_lists", "UPDATE core.meeting_mention SET confidence = 80"),
    ("closed_lists", "UPDATE core.meeting_context SET context_code = 'sport'"),
]


@pytest.mark.parametrize(("check_name", "breaking"), BREAKING)
def test_a_blocking_check_finds_broken_rows(path: Path, check_name: str, breaking: str) -> None:
    with duckdb.connect(path) as con:
        con.execute(breaking)
    results = audit_warehouse(path, RunContext("audit-1", NOW))
    assert check_name in [result.check_name for result in results if result.is_blocking]
    kept = query(
        path, "SELECT check_name FROM meta.audit_result WHERE run_key = 'audit-1' AND bad_row_count > 0"
    )
    assert (check_name,) in kept


def test_every_blocking_check_is_tried_above() -> None:
    blocking = {check.check_name for check in list_checks() if check.severity == "block"}
    assert blocking == {check_name for check_name, _ in BREAKING}


def test_a_day_with_far_fewer_articles_than_usual_gets_a_warning(newsroom: Newsroom) -> None:
    for day in range(1, 9):
        newsroom.load(f"2023-05-{day:02d}")
    with duckdb.connect(newsroom.working_path) as con:
        con.execute(
            "INSERT INTO meta.source_completeness (partition_day, source_name, stored_count, rejected_count, run_key)"
            " SELECT partition_day, 'समाचार', 90, 0, '' FROM meta.partition_load"
        )
        con.execute("UPDATE meta.source_completeness SET stored_count = 9 WHERE partition_day = '2023-05-08'")
        con.execute("UPDATE meta.partition_load SET run_key = 'today' WHERE partition_day = '2023-05-08'")
    assert list(warned(audit_warehouse(newsroom.working_path, RunContext("today", NOW)))) == ["volume"]
    with duckdb.connect(newsroom.working_path) as con:
        con.execute("DELETE FROM meta.source_completeness WHERE partition_day = '2023-05-08'")
    assert list(warned(audit_warehouse(newsroom.working_path, RunContext("today", NOW)))) == ["source_silent"]
    assert warned(audit_warehouse(newsroom.working_path, RunContext("tomorrow", NOW))) == {}


def test_a_day_whose_duplicate_no_partition_has_now_gets_a_warning(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"))
    newsroom.load("2023-05-04", ArticleSpec("https://a.in/1"))
    newsroom.load("2023-05-04")
    (example,) = warned(audit_warehouse(newsroom.working_path, RunContext("r", NOW)))["freed_duplicate"]
    assert "partition_day=2023-05-05" in example


@pytest.mark.parametrize(
    "words", [Status, Format, Mode, EventType, Role, EntityKind, DatePrecision, RejectReason]
)
def test_the_audit_accepts_the_closed_lists_of_the_records(words: Any) -> None:
    text = read_sql("audit/closed_lists.sql") + read_sql("migrations/0005_event_type.sql")
    assert all(f"'{word}'" in text for word in get_args(words))


def test_the_audit_accepts_no_value_beyond_the_closed_lists() -> None:
    text = read_sql("audit/closed_lists.sql")
    found = re.findall(r"\b(\w+) NOT IN \(((?:\s*'[\w-]+',?)+)\s*\)", text)
    lists = {column: set(re.findall(r"'([\w-]+)'", values)) for column, values in found}
    assert len(lists.pop("context_code")) == 37, "PLOVER's contexts"
    assert lists == {
        "status": set(get_args(Status)),
        "format": set(get_args(Format)),
        "mode": set(get_args(Mode)),
        "plover_mode": {*get_args(Mode), "meet", "withdraw"},
        "date_precision": set(get_args(DatePrecision)),
        "kind": set(get_args(EntityKind)),
        "role": set(get_args(Role)),
        "level": {"sentence", "article"},
        "reason": set(get_args(RejectReason)),
    }


def test_only_the_first_bad_rows_are_shown(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-05", *(ArticleSpec(f"https://a.in/{number}") for number in range(9)))
    with duckdb.connect(newsroom.working_path) as con:
        con.execute("UPDATE core.entity_mention SET text = 'क' WHERE text = $name", {"name": MODI})
    results = audit_warehouse(newsroom.working_path, RunContext("r", NOW))
    (message,) = [result.message for result in results if result.check_name == "quotes"]
    assert "9 rows" in message and message.count("quote=mention") == 5
