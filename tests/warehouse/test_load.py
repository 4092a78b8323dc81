import itertools
import pickle
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from etl.domain.days import UNDATED
from etl.domain.ids import digest, make_article_id, make_report_id
from etl.domain.plan import RunContext
from etl.errors import AuditBlocked
from etl.warehouse.connection import open_working
from etl.warehouse.link import link_reports
from etl.warehouse.load import load_partition
from etl.warehouse.relink import read_reports, touch_reports
from testkit.articles import LAVROV, MODI, PUTIN, XI, ArticleSpec, MeetingSpec
from testkit.newsroom import NOW, Newsroom, dump_core, query

ORDER_STEP = 5
"""Every fifth of the 24 orders of four partitions is tried; 1 tries all of them, which pass too."""
PLAN = MeetingSpec(status="planned", start="2023-05-05")
WEEK: dict[str, tuple[ArticleSpec, ...]] = {
    "2023-05-03": (ArticleSpec("https://a.in/1", (PLAN, MeetingSpec((XI, LAVROV)))),),
    "2023-05-05": (
        ArticleSpec(
            "https://a.in/2", (MeetingSpec(place="गोवा"), MeetingSpec((MODI, XI), format="bilateral"))
        ),
        ArticleSpec(
            "https://b.in/3", (MeetingSpec((MODI, PUTIN, XI, LAVROV), place="गोवा", format="multilateral"),)
        ),
        ArticleSpec("https://c.in/shared", (MeetingSpec(start="2023-05-04"),)),
    ),
    "2023-05-06": (
        ArticleSpec(
            "https://b.in/4",
            (MeetingSpec(start="2023-05-05", confidence=0.9), MeetingSpec((XI, LAVROV), "refused")),
            hour=8,
        ),
        ArticleSpec("https://c.in/shared", (MeetingSpec(start="2023-05-04"),)),
    ),
    UNDATED: (
        ArticleSpec("https://c.in/shared", (MeetingSpec(start="2023-05-04"),)),
        ArticleSpec("https://d.in/5", (MeetingSpec(),)),
    ),
}


def test_any_order_of_loading_gives_the_same_rows(newsroom: Newsroom, tmp_path: Path) -> None:
    dumps = []
    for number, days in enumerate(list(itertools.permutations(WEEK))[::ORDER_STEP]):
        path = tmp_path / f"{number}.duckdb"
        for day in days:
            newsroom.load(day, *WEEK[day], working=path)
        dumps.append(dump_core(path))
    assert len(dumps[0]["meeting"]) > 4
    assert all(dump == dumps[0] for dump in dumps)


def test_loading_twice_changes_nothing(newsroom: Newsroom) -> None:
    for day, stories in WEEK.items():
        newsroom.load(day, *stories)
    once = dump_core(newsroom.working_path)
    for day, stories in WEEK.items():
        newsroom.load(day, *stories)
    assert dump_core(newsroom.working_path) == once
    assert query(newsroom.working_path, "FROM core.meeting_alias") == []


@pytest.mark.parametrize("seed", range(2))
def test_a_warehouse_with_history_equals_a_fresh_one(newsroom: Newsroom, tmp_path: Path, seed: int) -> None:
    """Days are added, emptied and revised: deriving only what each load touches must equal a load from scratch."""
    dice = random.Random(seed)
    days = [f"2023-05-{day:02d}" for day in range(1, 13, 2)]
    held: dict[str, list[ArticleSpec]] = {}
    for _ in range(14):
        day = dice.choice(days)
        held[day] = [random_story(dice, day, number) for number in range(dice.randint(0, 4))]
        newsroom.load(day, *held[day])
    fresh = tmp_path / "fresh.duckdb"
    for day in sorted(held):
        newsroom.load(day, *held[day], working=fresh)
    assert dump_core(newsroom.working_path) == dump_core(fresh)
    assert_linked_as_a_whole(fresh)


def assert_linked_as_a_whole(path: Path) -> None:
    """Compare the links that the loads made step by step with linking all reports at once."""
    with open_working(path) as con:
        con.execute(
            "CREATE TEMP TABLE touched_report AS "
            "SELECT partition_day, report_id, 0 AS step FROM core.meeting_mention"
        )
        touch_reports(con)
        linking = link_reports(read_reports(con))
        assert (
            dict(con.execute("SELECT report_id, meeting_id FROM core.meeting_mention").fetchall())
            == linking.meeting_of
        )
        plans = "SELECT meeting_id, planned_meeting_id FROM core.meeting WHERE planned_meeting_id IS NOT NULL"
        assert dict(con.execute(plans).fetchall()) == linking.planned_of


def random_story(dice: random.Random, day: str, number: int) -> ArticleSpec:
    meetings = tuple(
        MeetingSpec(
            who=tuple(dice.sample((MODI, PUTIN, XI, LAVROV), dice.randint(2, 3))),
            status=dice.choice(["held", "planned", "ongoing"]),
            start=dice.choice([None, day, "2023-05-05"]),
            place=dice.choice([None, "गोवा"]),
            confidence=dice.choice([0.5, 0.8]),
        )
        for _ in range(dice.randint(1, 2))
    )
    return ArticleSpec(f"https://a.in/{day}/{number}", meetings, hour=dice.randint(6, 20))


def test_a_revised_article_updates_in_place(newsroom: Newsroom) -> None:
    newsroom.load(
        "2023-05-05",
        ArticleSpec("https://a.in/1", (MeetingSpec(place="गोवा"),)),
        ArticleSpec("https://a.in/2"),
    )
    report = newsroom.load("2023-05-05", ArticleSpec("https://a.in/1", (MeetingSpec((MODI, XI)),)))
    assert (report.stored_count, report.report_count, report.meeting_count) == (1, 1, 1)
    names = query(newsroom.working_path, "SELECT name_hi FROM core.entity ORDER BY name_hi")
    assert names == [(MODI,), (XI,)]
    for table in ("place", "entity_alias"):
        assert (
            len(query(newsroom.working_path, f"FROM core.{table}")) == {"place": 0, "entity_alias": 2}[table]
        )


def test_an_empty_partition_deletes_its_rows(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"))
    assert newsroom.load("2023-05-05").stored_count == 0
    assert all(rows == [] for rows in dump_core(newsroom.working_path).values())


def test_the_earlier_day_keeps_an_article_and_the_other_counts_it(newsroom: Newsroom, tmp_path: Path) -> None:
    story = ArticleSpec("https://a.in/1")
    for number, days in enumerate(itertools.permutations(["2023-05-04", "2023-05-05", UNDATED])):
        path = tmp_path / f"{number}.duckdb"
        for day in days:
            newsroom.load(day, story, working=path)
        assert query(path, "SELECT partition_day FROM core.article") == [("2023-05-04",)]
        loads = query(
            path, "SELECT partition_day, stored_count, rejected_count FROM meta.partition_load ORDER BY 1"
        )
        assert loads == [("2023-05-04", 1, 0), ("2023-05-05", 0, 1), (UNDATED, 0, 1)]
        reasons = query(path, "SELECT partition_day, reason FROM meta.rejected_article ORDER BY 1")
        assert reasons == [("2023-05-05", "duplicate_url"), (UNDATED, "duplicate_url")]


def test_days_whose_duplicate_no_partition_has_now_are_returned(newsroom: Newsroom) -> None:
    story = ArticleSpec("https://a.in/1")
    newsroom.load("2023-05-05", story)
    newsroom.load("2023-05-04", story)
    assert newsroom.load("2023-05-04").freed_days == ("2023-05-05",)
    assert newsroom.load("2023-05-05", story).freed_days == ()


def test_a_blocked_load_changes_nothing_and_says_why(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"))
    before = dump_core(newsroom.working_path)
    files = replace(newsroom.write("2023-05-05", [ArticleSpec("https://a.in/2")]), collected_count=7)
    with pytest.raises(AuditBlocked, match=r"2023-05-05.*counts.*collected_count=7.*load again"):
        load_partition(newsroom.working_path, files, RunContext("bad", NOW))
    assert dump_core(newsroom.working_path) == before
    kept = query(
        newsroom.working_path,
        "SELECT check_name FROM meta.audit_result WHERE run_key = 'bad' AND bad_row_count > 0",
    )
    assert kept == [("counts",)]
    journal = "SELECT stage, partition_day, outcome, counts FROM out.pipeline_run WHERE run_key = 'bad'"
    ((*entry, counts),) = query(newsroom.working_path, journal)
    assert entry == ["load", "2023-05-05", "blocked"]
    assert counts["collected"] == 7 != counts["stored"] + counts["rejected"]


def test_the_journal_has_the_counts_of_each_stage(newsroom: Newsroom) -> None:
    files = newsroom.write(
        "2023-05-05", [ArticleSpec("https://a.in/1"), ArticleSpec("https://a.in/2")], rejected_count=3
    )
    load_partition(newsroom.working_path, files, RunContext("day", NOW))
    ((counts,),) = query(newsroom.working_path, "SELECT counts FROM out.pipeline_run WHERE run_key = 'day'")
    (held,) = query(
        newsroom.working_path,
        "SELECT (SELECT count(*) FROM core.sentence), (SELECT count(*) FROM core.entity_mention), "
        "(SELECT count(*) FROM core.meeting_mention), (SELECT count(*) FROM core.meeting)",
    )
    assert counts == {"collected": 5, "rejected": 3, "stored": 2} | dict(
        zip(("sentence", "mention", "report", "meeting"), held, strict=True)
    )
    assert min(held) > 0


def test_an_article_that_a_stage_lost_blocks_the_load(newsroom: Newsroom) -> None:
    files = replace(newsroom.write("2023-05-05", [ArticleSpec("https://a.in/1", ())]), sentences=())
    with pytest.raises(AuditBlocked, match="complete"):
        load_partition(newsroom.working_path, files, RunContext("bad", NOW))


def test_derived_rows_have_the_versions_that_made_them(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-04", ArticleSpec("https://a.in/1"))
    files = newsroom.write("2023-05-05", [ArticleSpec("https://a.in/2"), ArticleSpec("https://a.in/3")])
    newer = replace(files, annotator_version="models-2", resolver_version="rules-2")
    load_partition(newsroom.working_path, newer, RunContext("newer", NOW))
    versions = "SELECT DISTINCT annotator_version{} FROM out.{} ORDER BY 1"
    both = [("models-1", "rules-1"), ("models-2", "rules-2")]
    assert query(newsroom.working_path, versions.format("", "sentence")) == [("models-1",), ("models-2",)]
    for view in ("article", "article_mention"):
        assert query(newsroom.working_path, versions.format(", resolver_version", view)) == both
    counted = "SELECT annotator_version, article_count FROM out.entity_version ORDER BY ALL"
    assert query(newsroom.working_path, counted) == [("models-1", 1)] * 2 + [("models-2", 2)] * 2
    assert query(newsroom.working_path, "SELECT DISTINCT coder_version FROM out.meeting_evidence") == [("1",)]


def test_rejected_articles_are_kept_and_counted(newsroom: Newsroom) -> None:
    files = newsroom.write("2023-05-05", [ArticleSpec("https://a.in/1")], rejected_count=3)
    for _ in range(2):
        report = load_partition(newsroom.working_path, files, RunContext("r", NOW))
        assert (report.stored_count, report.rejected_count) == (1, 3)
    complete = "SELECT source_name, stored_count, rejected_count FROM meta.source_completeness"
    assert query(newsroom.working_path, complete) == [("समाचार", 1, 3)]


def test_an_entity_takes_the_name_that_most_articles_use(newsroom: Newsroom) -> None:
    joiner = "नरेंद्र\u200d मोदी"  # the same name when folded
    newsroom.load("2023-05-04", ArticleSpec("https://a.in/1", (MeetingSpec((joiner, PUTIN)),)))
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/2"), ArticleSpec("https://a.in/3"))
    entities = query(newsroom.working_path, "SELECT name_hi FROM core.entity WHERE name_hi LIKE '%मोदी'")
    assert entities == [(MODI,)]
    aliases = "SELECT alias_hi, mention_count FROM core.entity_alias WHERE alias_hi LIKE '%मोदी' ORDER BY 2"
    assert query(newsroom.working_path, aliases) == [(joiner, 1), (MODI, 2)]


def test_a_meeting_takes_each_value_from_the_best_report(newsroom: Newsroom) -> None:
    newsroom.load(
        "2023-05-05",
        ArticleSpec(
            "https://a.in/1",
            (MeetingSpec(place="गोवा", confidence=0.6, status="ongoing", format="unknown"),),
            hour=8,
        ),
        ArticleSpec(
            "https://a.in/2", (MeetingSpec((MODI, PUTIN, LAVROV), confidence=0.9, format="unknown"),), hour=9
        ),
        ArticleSpec(
            "https://a.in/3", (MeetingSpec(start="2023-05-05", confidence=0.5, mode="visit"),), hour=10
        ),
    )
    columns = (
        "status, format, mode, start_date::VARCHAR, place_hi, report_count, confidence, len(participants)"
    )
    rows = query(newsroom.working_path, f"SELECT {columns}, article_url FROM out.meeting")
    expected = ("held", "bilateral", "visit", "2023-05-05", "गोवा", 3, 0.9, 3, "https://a.in/2")
    assert rows == [expected]


def test_a_plan_and_its_meeting_are_linked(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/2", (MeetingSpec(start="2023-05-05"),)))
    newsroom.load("2023-05-03", ArticleSpec("https://a.in/1", (PLAN,)))
    linked = """
        SELECT held.status, plan.status
        FROM out.meeting AS held JOIN out.meeting AS plan ON plan.meeting_id = held.planned_meeting_id
    """
    assert query(newsroom.working_path, linked) == [("held", "planned")]


def meeting_id_of(url: str) -> str:
    return digest("meeting", make_report_id(make_article_id(url, "", ""), 0))


def test_an_id_that_changed_can_still_be_resolved(newsroom: Newsroom) -> None:
    first, second, third = (meeting_id_of(f"https://a.in/{number}") for number in (1, 2, 3))
    alias = "SELECT former_meeting_id, meeting_id FROM core.meeting_alias ORDER BY former_meeting_id"
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/3"))
    newsroom.load("2023-05-04", ArticleSpec("https://a.in/2"))
    assert query(newsroom.working_path, alias) == [(third, second)]
    newsroom.load("2023-05-03", ArticleSpec("https://a.in/1"))
    assert query(newsroom.working_path, alias) == sorted([(second, first), (third, first)])
    newsroom.load("2023-05-03")
    assert query(newsroom.working_path, alias) == sorted([(first, second), (third, second)])
    newsroom.load("2023-05-04")
    assert query(newsroom.working_path, alias) == sorted([(first, third), (second, third)])
    newsroom.load("2023-05-05")
    assert query(newsroom.working_path, alias) == sorted([(first, None), (second, None), (third, None)])


LOADER = """
import pickle, sys
from datetime import datetime, UTC
from etl.domain.plan import RunContext
from etl.warehouse.load import load_partition
path, files = pickle.loads(bytes.fromhex(sys.argv[1]))
load_partition(path, files, RunContext("r", datetime.now(UTC)))
"""


def test_two_loads_at_once_are_both_stored(newsroom: Newsroom, tmp_path: Path) -> None:
    loaders = []
    for day, stories in WEEK.items():
        job = pickle.dumps((newsroom.working_path, newsroom.write(day, stories))).hex()
        loaders.append(subprocess.Popen([sys.executable, "-c", LOADER, job]))
    assert [loader.wait() for loader in loaders] == [0] * len(WEEK)
    alone = tmp_path / "alone.duckdb"
    for day, stories in WEEK.items():
        newsroom.load(day, *stories, working=alone)
    assert dump_core(newsroom.working_path) == dump_core(alone)


def test_the_fingerprint_of_the_loaded_raw_files_is_stored(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1"))
    kept = query(newsroom.working_path, "SELECT partition_day, raw_fingerprint FROM meta.partition_load")
    assert kept == [("2023-05-05", "raw-1")]


def test_an_entity_has_its_name_in_four_forms(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-05", ArticleSpec("https://a.in/1", (MeetingSpec((MODI, PUTIN)),)))
    row = query(
        newsroom.working_path,
        f"SELECT name_hi, name_latin, name_iso15919, name_en FROM core.entity WHERE name_hi = '{MODI}'",
    )
    assert row == [(MODI, "narendra modi", f"iso {MODI}", f"en {MODI}")]
