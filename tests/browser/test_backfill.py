"""A backfill started in the browser with the Trigger dialog."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from deploy import local_airflow
from deploy.components import COMPONENTS
from deploy.local_airflow import DAG_ID
from deploy.processes import start_components
from testkit.airflow_services import (
    initialise,
    list_tasks,
    stopped_at_the_end,
    wait_for_backfill,
    wait_for_dag,
)
from testkit.fixtures import OpenPage
from testkit.inbox_news import list_days, write_inbox
from testkit.rows import dump_rows, run_mulaqat
from testkit.servers import free_port

DAYS = list_days("2024-02-28", 3)
DAYS_WITH_NEWS, EMPTY_DAY = DAYS[:2], DAYS[2]
pytestmark = pytest.mark.timeout(1200)


@dataclass(frozen=True)
class Services:
    """A running Airflow and the data root of its runs."""

    environment: dict[str, str]
    data_root: Path


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    home, data_root = tmp_path_factory.mktemp("airflow"), tmp_path_factory.mktemp("data")
    write_inbox(data_root, DAYS_WITH_NEWS, 2)
    environment = local_airflow.make_environment(home, free_port())
    environment |= {"MULAQAT_DATA_ROOT": str(data_root)}
    initialise(home, environment)
    with stopped_at_the_end(home, start_components(home, environment, COMPONENTS)):
        wait_for_dag(environment)
        yield Services(environment, data_root)


@pytest.fixture
def page(services: Services, open_page: OpenPage) -> Page:
    """A page of a signed-in user."""
    page = open_page()
    page.goto(services.environment["AIRFLOW__API__BASE_URL"])
    page.locator("input[name=username]").fill("admin")
    home = Path(services.environment["AIRFLOW_HOME"])
    page.locator("input[name=password]").fill(local_airflow.read_password(home))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Dags", exact=True)).to_be_visible()
    return page


def fill_date(dialog: Locator, number: int, day: str) -> None:
    """Enter midnight of a day, in Indian time, into one of the dialog's date fields."""
    dialog.get_by_test_id("datetime-input").nth(number).click()
    picker = dialog.page.locator("[data-scope=popover][data-state=open]")
    picker.get_by_placeholder("YYYY/MM/DD").fill(day.replace("-", "/"))
    picker.get_by_placeholder("HH:mm").fill("00:00")
    dialog.get_by_text("Date Range").click()
    expect(dialog.get_by_test_id("datetime-input").nth(number)).not_to_contain_text("Select date")


def test_a_backfill_from_the_trigger_dialog(services: Services, page: Page, tmp_path: Path) -> None:
    base = services.environment["AIRFLOW__API__BASE_URL"]
    page.goto(f"{base}/dags/{DAG_ID}")
    page.get_by_role("button", name="Trigger Dag").click()
    dialog = page.get_by_role("dialog").first
    dialog.get_by_text("Backfill", exact=True).click()
    fill_date(dialog, 0, DAYS[0])
    fill_date(dialog, 1, DAYS[-1])
    dialog.get_by_text("All Runs", exact=True).click()
    dialog.locator("input[name=max_active_runs]").fill("4")
    # Without this option the dialog sends no parameters.
    dialog.get_by_text("Override parameters on existing runs").click()
    shard_size = dialog.locator("input[name=element_shard_size]")
    shard_size.fill("1")
    shard_size.press("Tab")  # the dialog reads the field when it loses focus
    page.screenshot(path=tmp_path / "dialog.png")
    with page.expect_request(
        lambda request: request.method == "POST" and request.url.endswith("/backfills")
    ) as sent:
        dialog.get_by_role("button", name="Run Backfill").click()
    backfill = sent.value.post_data_json
    assert (int(backfill["max_active_runs"]), backfill["reprocess_behavior"]) == (4, "completed")
    assert backfill["dag_run_conf"]["shard_size"] == 1
    expect(dialog).to_be_hidden()
    page.goto("about:blank")  # the grid redraws all the time and takes a core from the tasks

    states = wait_for_backfill(services.environment, len(DAYS), within_seconds=900)
    assert set(states.values()) == {"success"}
    tasks = list_tasks(services.environment)
    ends = {task["dag_run_id"]: task["state"] for task in tasks if task["task_id"] == "collect"}
    assert sorted(ends.values()) == ["skipped", "success", "success"]
    (empty_run,) = [run for run, state in ends.items() if state == "skipped"]
    assert sum(task["task_id"] == "annotate" and task["state"] == "success" for task in tasks) == 4
    warehouse = tmp_path / "w.duckdb"
    run_mulaqat("run", "--articles", str(services.data_root / "inbox"), "--warehouse", str(warehouse))
    assert dump_rows(services.data_root / "mulaqat.duckdb") == dump_rows(warehouse)

    page.goto(f"{base}/dags/{DAG_ID}/runs/{empty_run}/tasks/collect/xcom")
    expect(page.get_by_text(f"{EMPTY_DAY}: no articles").first).to_be_visible()
    page.screenshot(path=tmp_path / "empty.png")
