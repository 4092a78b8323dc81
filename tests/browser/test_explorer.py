"""The Explorer in a real browser, inside Airflow's frame: light and dark, desktop and phone."""

import re
import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import duckdb
import pytest
import requests
from playwright.sync_api import Frame, Page, expect

from deploy.local_airflow import DAG_ID, REPOSITORY
from etl.explorer.page import SECTIONS
from testkit.explorer_site import Site, run_site
from testkit.fixtures import OpenPage
from testkit.newsstand import RUN_ID, SCRIPT

AXE = REPOSITORY / "etl" / "explorer" / "vendor" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = REPOSITORY / ".screenshots"
PHONE = {"width": 390, "height": 844}
pytestmark = pytest.mark.timeout(1500)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with run_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make browser-tools")
    return AXE.read_text()


@pytest.fixture
def page(site: Site, open_page: OpenPage) -> Iterator[Page]:
    """A page of a read-only user. Fails the test on a script error, a blocked request or a dialog."""
    page, complaints = open_page(), []
    page.goto(site.url)
    page.locator("input[name=username]").fill("viewer")
    page.locator("input[name=password]").fill(site.passwords["viewer"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Dags", exact=True)).to_be_visible()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if "Content Security" in message.text else None,
    )
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield page
    assert complaints == []


def open_frame(page: Page, address: str) -> Frame:
    """Open an Airflow address and return the Explorer frame in it."""
    page.goto(address)
    holder = page.locator("iframe[title=Meetings]")
    expect(holder).to_be_visible()
    handle = holder.element_handle()
    frame = handle.content_frame() if handle else None
    assert frame is not None
    frame.wait_for_selector("main")
    return frame


def shoot(page: Page, name: str) -> None:
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")


def find_violations(target: Page | Frame, axe: str) -> list[str]:
    """Return the violations of WCAG 2.2 A and AA that axe-core calls serious or critical."""
    target.evaluate(axe)
    found = target.evaluate(
        "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        f"{target.url}: {violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def list_addresses(site: Site) -> dict[str, str]:
    """Return the path of every page that is not in the navigation bar, by name."""
    with duckdb.connect(str(site.newsstand.published), read_only=True) as con:
        row = con.execute(
            "SELECT meeting_id, lead_article_id, entity_id FROM out.meeting_index JOIN out.meeting_participant"
            " USING (meeting_id) WHERE meeting_index.report_count > 1 AND start_date > '2024-01-01'"
            " ORDER BY ALL LIMIT 1"
        ).fetchone()
    assert row is not None
    return {
        "meeting": f"meetings/{row[0]}",
        "article": f"articles/{row[1]}",
        "person": f"entities/{row[2]}",
        "country": "countries/NPL",
        "rejected": "rejected",
        "nothing": "meetings?who=zzzzzz",
        "error": "nowhere",
    }


def test_pages_require_signing_in(site: Site) -> None:
    for path in (
        "meetings",
        "network",
        "download/meetings/csv",
        "sql?sql=SELECT 1",
        "api/meetings",
        "feed.rss",
        "run?dag_id=x&run_id=y",
        "",
    ):
        assert (
            requests.get(f"{site.url}/mulaqat/{path}", timeout=60).status_code == HTTPStatus.UNAUTHORIZED
        ), path


def test_every_section_opens_in_the_frame_from_the_navigation(site: Site, page: Page, axe: str) -> None:
    page.get_by_role("link", name="Meetings").click()
    frame = open_frame(page, page.url)
    violations = []
    for section in SECTIONS:
        # The first section is already open: wait for the navigation, so that the checks see the new page.
        with frame.expect_navigation():
            frame.locator("header nav a", has_text=section.en).click()
        expect(frame.locator("header nav a[aria-current]")).to_contain_text(section.en)
        expect(frame.locator("h1")).to_be_visible()
        if section.name == "network":
            expect(frame.locator("#graph[data-drawn]")).to_be_visible()
            expect(frame.locator(".graph-legend")).to_be_visible()
        shoot(page, f"frame-{section.name}")
        violations += find_violations(frame, axe)
    assert violations == []


def test_meetings_are_filtered_in_both_scripts_and_show_their_evidence(site: Site, page: Page) -> None:
    counts = []
    for name in ("सुजाता थापा", "sujata thapa"):
        # Reload, so that the chip belongs to this search.
        frame = open_frame(page, f"{site.url}/plugin/mulaqat")
        frame.locator("input[name=who]").fill(name)
        frame.get_by_role("button", name="Search").click()
        expect(frame.locator(".chip", has_text="Sujata Thapa")).to_be_visible()
        expect(frame.locator("input[name=who]")).to_have_value(name)
        counts.append(frame.locator(".count").inner_text())
    assert counts[0] == counts[1]
    expect(frame.locator(".meetings blockquote mark").first).to_be_visible()
    expect(frame.locator(".meetings .gloss").first).to_contain_text("Sujata Thapa (Nepal)")
    shoot(page, "frame-evidence")
    frame.locator(".meetings .source a").first.click()
    named = frame.locator("main .text a.entity.per").first
    expect(named).to_be_visible()
    named.hover()
    latin = named.evaluate("element => getComputedStyle(element, '::after').content")
    assert latin == f'"{named.get_attribute("data-latin")}"'
    expect(frame.locator(".text mark").first).to_be_visible()
    shoot(page, "frame-article")
    frame.locator("aside .article-meetings a", has_text="Open meeting").first.click()
    expect(frame.locator("#reports")).to_be_visible()
    shoot(page, "frame-meeting")


def test_a_table_is_downloaded_and_its_query_copied(site: Site, page: Page) -> None:
    frame = open_frame(page, f"{site.url}/plugin/mulaqat")
    with page.expect_download() as download:
        frame.get_by_role("link", name="Download all rows as CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("meeting_id,participants,status")
    frame.locator("[data-copy-sql]").first.click()
    sql = frame.locator(".sql pre").first.inner_text()
    with duckdb.connect(str(site.newsstand.published), read_only=True) as con:
        assert len(con.execute(sql).fetchall()) == frame.locator("table.meetings tbody tr").count()


def test_a_dag_and_a_run_have_a_tab(site: Site, page: Page, axe: str) -> None:
    frame = open_frame(page, f"{site.url}/dags/{DAG_ID}/plugin/mulaqat-dag")
    expect(frame.locator("h1")).to_contain_text("Meetings")
    assert frame.locator("table.meetings tbody tr").count() > 0
    shoot(page, "frame-dag")
    frame = open_frame(page, f"{site.url}/dags/{DAG_ID}/runs/{RUN_ID}/plugin/mulaqat-run")
    expect(frame.locator("h2").first).to_contain_text("2024-05-15")
    assert frame.locator("table.meetings tbody tr").count() > 0
    shoot(page, "frame-run")
    assert find_violations(frame, axe) == []


def test_airflows_dark_setting_is_followed(site: Site, page: Page, axe: str) -> None:
    page.evaluate("localStorage.setItem('theme', 'dark')")
    frame = open_frame(page, f"{site.url}/plugin/mulaqat")
    expect(frame.locator(":root[data-theme=dark]")).to_be_attached()
    violations = []
    for name in [section.name for section in SECTIONS] + list(list_addresses(site).values()):
        frame.goto(f"{site.url}/mulaqat/{name}")
        if name == "network":
            expect(frame.locator("#graph[data-drawn]")).to_be_visible()
        shoot(page, f"dark-{re.split('[/?]', name)[0]}{'-one' if '/' in name else ''}")
        violations += find_violations(frame, axe)
    assert violations == []


def test_every_page_fits_a_phone(site: Site, page: Page, axe: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    violations = []
    for name, path in ({section.name: section.name for section in SECTIONS} | list_addresses(site)).items():
        page.goto(f"{site.url}/mulaqat/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
        last = page.locator("header nav a").last.bounding_box()
        assert last is not None and last["x"] + last["width"] <= PHONE["width"], name
        shoot(page, f"phone-{name}")
        violations += find_violations(page, axe)
    assert violations == []


def test_the_pages_work_by_keyboard(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/mulaqat/meetings")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Download all rows as CSV")).to_be_focused()
    page.locator("input[name=who]").focus()
    page.keyboard.type("mehta")
    page.keyboard.press("Enter")
    expect(page.locator(".chip").first).to_contain_text("Arjun Mehta")
    page.locator(".meetings blockquote a.entity").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()
    assert "/entities/" in page.url


def test_a_hostile_article_is_harmless(site: Site, page: Page) -> None:
    frame = open_frame(page, f"{site.url}/plugin/mulaqat/mulaqat/meetings?until=2002-01-01")
    expect(frame.locator(".names .name").first).to_contain_text("<script>")
    shoot(page, "frame-hostile")
    frame.locator(".meetings .source a").first.click()
    expect(frame.locator("h1")).to_contain_text(SCRIPT)
    assert frame.locator("main img, main script").count() == 0
    assert frame.evaluate("document.title") != "taken"
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert frame.locator("a[href^='javascript']").count() == 0


def grow_network(published: Path, target: Path) -> None:
    """Write a copy in which 500 more people met, in 1,000 pairs."""
    target.write_bytes(published.read_bytes())
    with duckdb.connect(str(target)) as con:
        con.execute(
            "INSERT INTO core.entity BY NAME SELECT 'p' || n AS entity_id, 'PER' AS kind, 'नेता ' || n AS name_hi,"
            " 'neta ' || n AS name_latin FROM range(500) AS r(n)"
        )
        con.execute(
            "INSERT INTO core.meeting SELECT one.* REPLACE ('m' || n AS meeting_id)"
            " FROM (FROM core.meeting LIMIT 1) AS one, range(1000) AS r(n)"
        )
        con.execute(
            "INSERT INTO core.meeting_participant BY NAME SELECT 'm' || n AS meeting_id, side AS participant_number,"
            " 'p' || CASE WHEN side = 0 THEN n % 500 ELSE (n * 7 + 1 + n // 500 * 13) % 500 END AS entity_id,"
            " 'actor' AS role, 1 AS report_count FROM range(1000) AS r(n), range(2) AS s(side)"
        )


def test_the_standalone_explorer_opens_once_and_draws_500_people(
    site: Site, open_page: OpenPage, tmp_path: Path
) -> None:
    grown = tmp_path / "grown.duckdb"
    grow_network(site.newsstand.published, grown)
    command = [sys.executable, "-m", "etl", "explore", "--warehouse", str(grown), "--port", "0"]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as explorer:
        try:
            assert explorer.stdout is not None
            address = explorer.stdout.readline().strip()
            page = open_page()
            page.goto(address)
            expect(page.locator("h1")).to_contain_text("Meetings")
            base = address.split("/enter")[0]
            page.goto(f"{base}/network?most=1000")
            expect(page.locator("#graph[data-drawn]")).to_be_visible()
            assert int(page.locator("#graph").get_attribute("data-drawn") or 0) >= 500
            page.goto(f"{base}/network?most=100")
            expect(page.locator("#graph[data-drawn]")).to_be_visible()
            shown = int(page.locator("#graph").get_attribute("data-labels") or 0)
            page.locator("[data-graph=in]").click()
            page.wait_for_function(
                "before => document.getElementById('graph').dataset.labels !== before", arg=str(shown)
            )
            page.locator("[data-graph=fit]").click()
            shoot(page, "alone-network-500")
            stranger = open_page()
            assert (answer := stranger.goto(address)) is not None
            assert answer.status == HTTPStatus.UNAUTHORIZED
            expect(stranger.locator("h1")).to_contain_text("You are not signed in")
        finally:
            explorer.terminate()
