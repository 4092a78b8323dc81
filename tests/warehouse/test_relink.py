import duckdb
import pytest

from etl.domain.plan import RunContext
from etl.errors import AuditBlocked
from etl.warehouse.connection import open_working
from etl.warehouse.relink import RelinkResult, relink_warehouse
from testkit.articles import LAVROV, XI, ArticleSpec, MeetingSpec
from testkit.newsroom import NOW, Newsroom, dump_core, query

DAYS = {
    "2023-05-03": (
        ArticleSpec(
            "https://a.in/1", (MeetingSpec(status="planned", start="2023-05-05"), MeetingSpec((XI, LAVROV)))
        ),
    ),
    "2023-05-05": (ArticleSpec("https://a.in/2", (MeetingSpec(start="2023-05-05", place="गोवा"),)),),
    "2023-05-06": (
        ArticleSpec(
            "https://b.in/3", (MeetingSpec(start="2023-05-05"), MeetingSpec((XI, LAVROV), "refused"))
        ),
    ),
}


@pytest.fixture
def loaded(newsroom: Newsroom) -> Newsroom:
    for day, stories in DAYS.items():
        newsroom.load(day, *stories)
    return newsroom


def test_relinking_changes_nothing_where_the_rules_did_not(loaded: Newsroom) -> None:
    before = dump_core(loaded.working_path)
    result = relink_warehouse(loaded.working_path, RunContext("again", NOW))
    assert result == RelinkResult(report_count=5, meeting_count=4, changed_count=0)
    assert dump_core(loaded.working_path) == before
    assert query(loaded.working_path, "FROM core.meeting_alias") == []
    journal = "SELECT stage, partition_day, outcome FROM meta.pipeline_run WHERE run_key = 'again'"
    assert query(loaded.working_path, journal) == [("relink", None, "done")]


def test_relinking_repairs_links_of_other_rules_and_old_ids_can_be_resolved(loaded: Newsroom) -> None:
    before = dump_core(loaded.working_path)
    merge_all_held(loaded)
    result = relink_warehouse(loaded.working_path, RunContext("again", NOW))
    assert (result.report_count, result.meeting_count, result.changed_count) == (5, 4, 3)
    assert dump_core(loaded.working_path) == before
    assert query(loaded.working_path, "SELECT former_meeting_id FROM core.meeting_alias") == [("old",)]


def test_relinking_is_rolled_back_where_an_audit_blocks(loaded: Newsroom) -> None:
    merge_all_held(loaded)
    with open_working(loaded.working_path) as con:
        con.execute("UPDATE core.meeting_mention SET status = 'rumoured' WHERE status = 'planned'")
    before = dump_core(loaded.working_path)
    with pytest.raises(AuditBlocked, match=r"Relinking was rolled back: closed_lists.*rumoured"):
        relink_warehouse(loaded.working_path, RunContext("again", NOW))
    assert dump_core(loaded.working_path) == before
    kept = "SELECT check_name FROM meta.audit_result WHERE run_key = 'again' AND bad_row_count > 0"
    assert query(loaded.working_path, kept) == [("closed_lists",)]


def merge_all_held(newsroom: Newsroom) -> None:
    """Leave the links of rules that take all held meetings for one."""
    with duckdb.connect(newsroom.working_path) as con:
        con.execute("UPDATE core.meeting_mention SET meeting_id = 'old' WHERE status = 'held'")
