"""Contents of the pages, over a real warehouse."""

import html
import re
from datetime import date

import duckdb
import pytest
from fastapi.testclient import TestClient

from etl.domain.ids import make_entity_id
from etl.explorer.app import create_app
from etl.explorer.page import ROWS_PER_PAGE
from testkit.articles import MeetingSpec
from testkit.fixtures import Ask
from testkit.newsstand import FIRST_DAY, PEOPLE, RUN_ID, Newsstand, describe_article, make_rejections

ARJUN = make_entity_id("PER", "अर्जुन मेहता", None)
KAVERI = make_entity_id("PER", "कावेरी राव", None)


def query(newsstand: Newsstand, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(newsstand.published), read_only=True) as con:
        return con.execute(sql).fetchall()


def read_count(page: str) -> int:
    found = re.search(r'class="count">([\d,]+)', page)
    return int(found[1].replace(",", "")) if found else 0


def read_ids(page: str) -> list[str]:
    return re.findall(r'class="day"><a href="/meetings/([0-9a-f]+)"', page)


MEETS = "FROM out.meeting_participant AS p JOIN out.meeting AS m USING (meeting_id)"
FILTERS = [
    ({"who": "अर्जुन मेहता"}, f"SELECT count(DISTINCT meeting_id) {MEETS} WHERE p.name_hi = 'अर्जुन मेहता'"),
    ({"who": "arjun mehta"}, f"SELECT count(DISTINCT meeting_id) {MEETS} WHERE p.name_hi = 'अर्जुन मेहता'"),
    ({"country": "NPL"}, f"SELECT count(DISTINCT meeting_id) {MEETS} WHERE p.country_code = 'NPL'"),
    ({"status": "planned"}, "SELECT count(*) FROM out.meeting WHERE status = 'planned'"),
    ({"format": "multilateral"}, "SELECT count(*) FROM out.meeting WHERE format = 'multilateral'"),
    ({"place": "गोवा"}, "SELECT count(*) FROM out.meeting WHERE place_hi = 'गोवा'"),
    ({"place": "goa"}, "SELECT count(*) FROM out.meeting WHERE place_hi = 'गोवा'"),
    (
        {"since": "2024-05-08", "until": "2024-05-09", "status": "cancelled"},
        "SELECT count(*) FROM out.meeting"
        " WHERE start_date BETWEEN '2024-05-08' AND '2024-05-09' AND status = 'cancelled'",
    ),
    (
        {"entity": ARJUN, "other": KAVERI},
        f"SELECT count(DISTINCT m.meeting_id) {MEETS} JOIN out.meeting_participant AS o USING (meeting_id)"
        " WHERE p.name_en = 'Arjun Mehta' AND o.name_en = 'Kaveri Rao'",
    ),
    (
        {"who": "arjun, kaveri rao"},
        f"SELECT count(DISTINCT m.meeting_id) {MEETS} JOIN out.meeting_participant AS o USING (meeting_id)"
        " WHERE p.name_en = 'Arjun Mehta' AND o.name_en = 'Kaveri Rao'",
    ),
    (
        {"text": "फोन"},
        "SELECT count(DISTINCT meeting_id) FROM out.meeting_report JOIN out.article USING (article_id)"
        " WHERE contains(text, 'फोन')",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "sql"), FILTERS, ids=lambda value: "+".join(value) if isinstance(value, dict) else ""
)
def test_filters_return_the_same_meetings_as_sql(
    ask: Ask, newsstand: Newsstand, fields: dict[str, str], sql: str
) -> None:
    ((expected,),) = query(newsstand, sql)
    assert read_count(ask("/meetings", **fields)) == expected
    assert expected


@pytest.mark.parametrize("sort", ["newest", "oldest", "reports"])
def test_paging_shows_every_meeting_once(ask: Ask, newsstand: Newsstand, sort: str) -> None:
    seen, address, pages = [], f"/meetings?sort={sort}", 0
    while address:
        page = ask(address)
        seen += read_ids(page)
        next_link = re.search(r'rel="next" href="([^"]+)"', page)
        address, pages = html.unescape(next_link[1]) if next_link else "", pages + 1
    order = {
        "newest": "news_date DESC, meeting_id DESC",
        "oldest": "news_date, meeting_id",
        "reports": "report_count DESC, news_date DESC, meeting_id DESC",
    }[sort]
    news_date = "coalesce(least(listed_date, TRY_CAST(lead_partition_day AS DATE)), DATE '0001-01-01')"
    sql = (
        f"SELECT meeting_id FROM (SELECT *, {news_date} AS news_date FROM out.meeting_index) ORDER BY {order}"
    )
    assert seen == [row[0] for row in query(newsstand, sql)]
    assert pages == -(-len(seen) // ROWS_PER_PAGE) > 1


def test_a_row_shows_names_in_both_scripts_the_evidence_and_a_gloss(ask: Ask, newsstand: Newsstand) -> None:
    ((meeting_id, sentence),) = query(
        newsstand,
        "SELECT meeting_id, evidence_text FROM out.meeting WHERE status = 'held' AND place_hi = 'गोवा'"
        " AND format = 'bilateral' ORDER BY start_date DESC NULLS LAST, meeting_id LIMIT 1",
    )
    page = ask("/meetings", status="held", place="goa", sort="reports")
    assert meeting_id in read_ids(page)
    (shown,) = [
        quote
        for row in page.split("<tr>")
        if f"/meetings/{meeting_id}" in row
        for quote in re.findall(r"<blockquote>(.*?)</blockquote>", row, re.S)
    ]
    assert re.sub(r"<[^>]+>", "", shown).strip() == sentence
    assert shown.count('class="entity per"') == 2
    assert shown.count('class="entity loc"') == 1
    assert "<mark>मुलाकात</mark>" in shown
    assert '<details class="evidence' not in page
    assert re.search(
        r'<p class="gloss" lang="en"><bdi>[\w ()]+ met [\w ()]+ in Goa on \d+ May 2024.</bdi>', page
    )
    assert '<bdi lang="hi">अर्जुन मेहता</bdi><small><bdi>Arjun Mehta</bdi></small>' in page


def test_facets_count_the_meetings_found(ask: Ask, newsstand: Newsstand) -> None:
    page = ask("/meetings", country="IND")
    for status, count in query(
        newsstand,
        "SELECT status, count(*) FROM out.meeting WHERE meeting_id IN"
        " (SELECT meeting_id FROM out.meeting_participant WHERE country_code = 'IND') GROUP BY status",
    ):
        assert re.search(rf'country=IND&amp;status={status}"|status={status}&amp;country=IND"', page)
        assert f"<b>{count}</b>" in page


def test_planned_meetings_do_not_head_the_list_or_the_profile(ask: Ask, newsstand: Newsstand) -> None:
    first = re.search(r'class="badge badge-(\w+)"', ask(f"/entities/{ARJUN}").split('id="recent"')[1])
    assert first is not None and first[1] == "held"
    profile = ask(f"/entities/{ARJUN}")
    held, planned = profile.split('id="recent"')[1].split('id="planned"')
    assert "badge-planned" not in held
    assert "badge-held" not in planned.split('id="cancelled"')[0]
    listed = ask("/meetings")
    ((newest,),) = query(newsstand, "SELECT max(anchor_date) FROM out.meeting_report")
    news_days = re.findall(r'class="source">.*?(\d+ \w+ 2024)</p>', listed)
    assert news_days[0] == f"{newest:%-d %b %Y}"


def test_a_meeting_shows_roles_offices_codes_and_every_report(ask: Ask, newsstand: Newsstand) -> None:
    ((meeting_id, count, day_text),) = query(
        newsstand,
        "SELECT meeting_id, report_count, date_text FROM out.meeting"
        " WHERE date_text = 'कल' ORDER BY report_count DESC, meeting_id LIMIT 1",
    )
    page = ask(f"/meetings/{meeting_id}")
    assert page.count('<article class="report">') == count
    assert f'<q lang="hi">{day_text}</q> relative to' in page
    for word in ("CAMEO", "PLOVER", "CONSULT", "actor", "Trigger read from", "known to the day"):
        assert word in page
    offices = query(
        newsstand,
        "SELECT office_hi FROM out.entity_office JOIN out.meeting_participant USING (entity_id)"
        f" WHERE meeting_id = '{meeting_id}'",
    )
    assert len(offices) == 2
    assert all(f'<span lang="hi">{office}</span>' in page for (office,) in offices)


def test_a_former_id_redirects_to_its_meeting(ask: Ask, client: TestClient, empty: Newsstand) -> None:
    day, who = FIRST_DAY, (PEOPLE[0].name_hi, PEOPLE[1].name_hi)
    meeting = MeetingSpec(who, start=day.isoformat(), sentence=f"{who[0]} ने आज {who[1]} से मुलाकात की।")
    other = describe_article(day, 0, "जनवाणी", "मुलाकात", ())
    late = describe_article(day, 5, "जनवाणी", "मुलाकात", (meeting,))
    early = describe_article(day, 1, "नगर टाइम्स", "मुलाकात की ख़बर", (meeting,))
    empty.load(day, [late])
    empty.publish()
    ((former,),) = query(empty, "SELECT meeting_id FROM out.meeting")
    empty.load(day, [other, late, early])
    empty.publish()
    ((present,),) = query(empty, "SELECT meeting_id FROM out.meeting")
    assert present != former
    response = TestClient(create_app(empty.published, lambda: None)).get(
        f"/meetings/{former}", follow_redirects=False
    )
    assert response.headers["location"] == f"/meetings/{present}"


def test_an_article_is_shown_verbatim_with_highlights(ask: Ask, newsstand: Newsstand) -> None:
    ((article_id, text),) = query(
        newsstand,
        "SELECT article_id, text FROM out.article WHERE article_id IN"
        " (SELECT article_id FROM out.meeting_report WHERE place_hi IS NOT NULL) ORDER BY article_id LIMIT 1",
    )
    page = ask(f"/articles/{article_id}")
    shown = re.findall(r'<bdi lang="hi">(.*?)</bdi>', page.split("<main")[1].split("<aside")[0], re.S)
    plain = [re.sub(r'<span class="visually-hidden">.*?</span>|<[^>]+>', "", part).strip() for part in shown]
    assert [html.unescape(part) for part in plain] == str(text).split("\n")
    assert 'data-latin="Arjun Mehta"' in page or "entity per" in page
    assert "<mark>" in page
    assert 'id="evidence-' in page


def test_a_person_and_a_country_show_who_they_met(ask: Ask, newsstand: Newsstand) -> None:
    page = ask(f"/entities/{ARJUN}")
    ((name, count),) = query(
        newsstand,
        "SELECT CASE WHEN source_name = 'Arjun Mehta' THEN target_name ELSE source_name END, held_count"
        " FROM out.meeting_network WHERE 'Arjun Mehta' IN (source_name, target_name)"
        " ORDER BY held_count DESC, 1 LIMIT 1",
    )
    assert f'aria-label="{count} held with {name}"' in page
    assert "arjuna mēhatā" in page or "ISO" not in page
    country = ask("/countries/NPL")
    ((count,),) = query(
        newsstand,
        "SELECT held_count FROM out.country_matrix WHERE country_code_1 = 'IND' AND country_code_2 = 'NPL'",
    )
    assert "नेपाल" in country
    assert f'aria-label="{count} held with India"' in country


def test_network_and_matrix_show_the_counts_of_the_views(ask: Ask, newsstand: Newsstand) -> None:
    network = ask("/network", most="1000")
    ((pairs, most),) = query(newsstand, "SELECT count(*), max(meeting_count) FROM out.meeting_network")
    assert f"{pairs} <span" in network
    assert f'"weight": {most}' in network
    matrix = ask("/matrix")
    for one, other, count in query(
        newsstand, "SELECT country_code_1, country_code_2, meeting_count FROM out.country_matrix"
    ):
        assert matrix.count(f"country={one}&amp;other_country={other}") == 1, (one, other)
        assert f">{count}</a>" in matrix
    assert read_count(ask("/matrix", status="refused")) == 0


def test_the_calendar_counts_days_and_lists_upcoming_meetings(ask: Ask, newsstand: Newsstand) -> None:
    page = ask("/timeline", month="2024-05")
    for day, count in query(
        newsstand,
        "SELECT start_date, count(*) FROM out.meeting WHERE strftime(start_date, '%Y-%m') = '2024-05' GROUP BY 1",
    ):
        assert isinstance(day, date)
        cell = f'<b>{day.day}<span class="visually-hidden"> May 2024: </span></b><span class="tally">{count}<'
        assert cell in page
    ahead = query(
        newsstand, "SELECT meeting_id FROM out.meeting WHERE status = 'planned' AND start_date > '2024-05-15'"
    )
    assert all(f"/meetings/{meeting_id}" in page for (meeting_id,) in ahead)
    assert "No meetings in this month." in ask("/timeline", month="1999-01")


def test_the_pipeline_counts_loaded_and_rejected_articles(ask: Ask, newsstand: Newsstand) -> None:
    page = ask("/pipeline")
    ((rejected,),) = query(newsstand, "SELECT sum(rejected_count) FROM out.day_source")
    assert f"<dd>{rejected}</dd>" in page
    assert "too_short" in page
    assert "checks passed" in page
    assert "2024-05-15" in page
    earlier = ask("/pipeline", before="2024-05-10")
    assert "2024-05-10" not in re.findall(r'scope="row"><a [^>]*>([\d-]+)', earlier)
    day = make_rejections(FIRST_DAY)[0]
    listed = ask("/rejected", reason=day.reason, day=day.partition_day)
    assert day.uri in listed
    assert "not_hindi</b>" not in listed


def test_the_tab_of_a_run_shows_only_its_own_days(ask: Ask) -> None:
    page = ask("/run", dag_id="hindi_news_daily", run_id=RUN_ID)
    assert "2024-05-15" in page
    assert "2024-05-14</a>" not in page
    assert "Nothing from this run has been published." in ask(
        "/run", dag_id="hindi_news_daily", run_id="manual__1"
    )
    assert "does not load the warehouse" in ask("/run", dag_id="another", run_id="manual__1")
    assert "does not load this warehouse" in ask("/dag", dag_id="another")


def test_names_are_suggested_in_either_script(client: TestClient) -> None:
    for who in ("अर्जु", "arjun"):
        names = client.get("/suggest", params={"who": who}).json()
        assert {"hi": "अर्जुन मेहता", "latin": "Arjun Mehta"} in names


def test_copied_sql_runs_unchanged_and_returns_the_rows_of_the_page(ask: Ask, newsstand: Newsstand) -> None:
    page = ask("/meetings", who="अर्जुन' OR 1=1 --", status="held", sort="oldest")
    (sql,) = re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.S)
    assert "search_entities('अर्जुन'' OR 1=1 --')" in html.unescape(sql)
    assert query(newsstand, html.unescape(sql)) == []
    page = ask("/meetings", who="arjun mehta", status="held", sort="oldest")
    (sql,) = re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.S)
    assert [row[0] for row in query(newsstand, html.unescape(sql))] == read_ids(page)
