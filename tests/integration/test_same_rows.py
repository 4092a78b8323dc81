"""One seed, three ways: `airflow dags test`, a backfill, and `mulaqat run` leave equal rows."""

import sqlite3
import subprocess
import sys
import time
import urllib.error
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import psutil
import pytest

from deploy import local_airflow
from deploy.components import COMPONENTS
from deploy.local_airflow import DAG_ID, REPOSITORY
from deploy.processes import HOST, list_running, start_components
from etl.models import IST
from tests.airflow_services import ENDED, get, log_in, post, stopped_at_the_end
from tests.rows import Rows, dump_rows, run_mulaqat
from tests.servers import free_port

SEED_DAY = "2023-05-05"
DAYS = ("2023-05-04", SEED_DAY, "2023-05-06")
ENDS_WITHIN_SECONDS = 400
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="session")
def rows_of_command(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    folder = tmp_path_factory.mktemp("command")
    seeds = str(REPOSITORY / "seeds" / "articles")
    arguments = (
        "run",
        "--articles",
        seeds,
        "--warehouse",
        str(folder / "w.duckdb"),
        "--data-root",
        str(folder),
    )
    run_mulaqat(*arguments)
    once = dump_rows(folder / "w.duckdb")
    run_mulaqat(*arguments)
    assert dump_rows(folder / "w.duckdb") == once, "a second run changed rows"
    return once


@dataclass(frozen=True)
class Services:
    """A running Airflow: its home, its environment, and the data root of its runs."""

    home: Path
    environment: dict[str, str]
    data_root: Path


def make_environment(home: Path, data_root: Path, port: int = 8080) -> dict[str, str]:
    environment = local_airflow.make_environment(home, port)
    local_airflow.initialise(home, environment)
    return environment | {"MULAQAT_DATA_ROOT": str(data_root)}


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    home, data_root = tmp_path_factory.mktemp("airflow"), tmp_path_factory.mktemp("backfill")
    environment = make_environment(home, data_root, free_port())
    started = start_components(home, environment, COMPONENTS)
    with stopped_at_the_end(home, started):
        yield Services(home, environment, data_root)


def airflow(environment: dict[str, str], *arguments: str) -> None:
    """Run an Airflow command; SQLite may be busy with the scheduler for a moment, so it is tried again."""
    for _ in range(5):
        done = subprocess.run(
            [sys.executable, "-m", "airflow", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0 or "database is locked" not in done.stderr + done.stdout:
            break
        time.sleep(2)
    assert done.returncode == 0, done.stdout + done.stderr


def query_metadata(home: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{home / 'airflow.db'}?mode=ro", uri=True)) as con:
        return con.execute(sql).fetchall()


def read_backfilled_runs(home: Path) -> dict[str, str]:
    """Return state by the IST day that each backfilled run stands for."""
    rows = query_metadata(home, "select logical_date, state from dag_run where run_type = 'backfill'")
    return {to_ist_day(logical_date): state for logical_date, state in rows}


def read_task_states(home: Path, day: str) -> dict[str, str]:
    rows = query_metadata(
        home,
        "select r.logical_date, t.task_id, t.state from task_instance t join dag_run r"
        " using (dag_id, run_id) where r.run_type = 'backfill'",
    )
    return {task: state for logical_date, task, state in rows if to_ist_day(logical_date) == day}


def to_ist_day(utc: str) -> str:
    return datetime.fromisoformat(f"{utc[:19]}+00:00").astimezone(IST).date().isoformat()


def wait_for_backfill(home: Path) -> dict[str, str]:
    """Wait until every backfill is over, as Airflow itself sees it."""
    deadline = time.monotonic() + ENDS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        runs = read_backfilled_runs(home)
        is_over = not query_metadata(home, "select id from backfill where completed_at is null")
        if runs and is_over and set(runs.values()) <= ENDED:
            return runs
        time.sleep(2)
    raise AssertionError(f"backfill did not end: {read_backfilled_runs(home)}")


def test_dags_test_leaves_the_rows_of_the_command(tmp_path: Path, rows_of_command: Rows) -> None:
    environment = make_environment(tmp_path / "airflow", tmp_path / "data")
    local_airflow.run_day(tmp_path / "airflow", environment, SEED_DAY)
    assert dump_rows(tmp_path / "data" / "mulaqat.duckdb") == rows_of_command


def test_services_are_reached_from_this_machine_only(services: Services) -> None:
    listening = {
        connection.laddr
        for process in list_running(services.home)
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {(HOST, int(services.environment["AIRFLOW__API__PORT"]))}


def test_backfill_leaves_the_rows_of_the_command(services: Services, rows_of_command: Rows) -> None:
    airflow(services.environment, "dags", "unpause", "--yes", DAG_ID)
    first, last = DAYS[0], DAYS[-1]
    airflow(
        services.environment, "backfill", "create", "--dag-id", DAG_ID, "--from-date", first, "--to-date", last,
        "--max-active-runs", "3",
    )  # fmt: skip
    assert wait_for_backfill(services.home) == dict.fromkeys(DAYS, "success")
    assert dump_rows(services.data_root / "mulaqat.duckdb") == rows_of_command
    for empty_day in (first, last):
        assert set(read_task_states(services.home, empty_day).values()) == {"skipped"}
    assert set(read_task_states(services.home, SEED_DAY).values()) == {"success"}


def test_backfill_through_the_api_processes_the_same_day_again(
    services: Services, rows_of_command: Rows
) -> None:
    address, token = log_in(services.environment)
    backfill = {
        "dag_id": DAG_ID,
        "from_date": f"{SEED_DAY}T00:00:00+05:30",
        "to_date": f"{SEED_DAY}T00:00:00+05:30",
        "reprocess_behavior": "completed",
        "dag_run_conf": {},
    }
    (services.data_root / "mulaqat.duckdb").unlink(missing_ok=True)
    try:
        assert post(f"{address}/api/v2/backfills", backfill, token)["dag_id"] == DAG_ID
    except urllib.error.HTTPError as error:  # made, though the answer to the first request was lost
        assert error.code == HTTPStatus.CONFLICT
    assert len(query_metadata(services.home, "select id from backfill")) == 2
    assert wait_for_backfill(services.home) == dict.fromkeys(DAYS, "success")
    assert dump_rows(services.data_root / "mulaqat.duckdb") == rows_of_command


def test_run_without_a_logical_date_processes_the_day_it_is_given(
    services: Services, rows_of_command: Rows
) -> None:
    address, token = log_in(services.environment)
    airflow(services.environment, "dags", "unpause", "--yes", DAG_ID)
    runs = f"{address}/api/v2/dags/{DAG_ID}/dagRuns"
    run = post(runs, {"logical_date": None, "conf": {"day": SEED_DAY}}, token)
    assert run["logical_date"] is None
    deadline = time.monotonic() + ENDS_WITHIN_SECONDS
    while run["state"] not in ENDED:
        assert time.monotonic() < deadline, run
        time.sleep(1)
        run = get(f"{runs}/{run['dag_run_id']}", token)
    assert run["state"] == "success"
    collected = get(f"{runs}/{run['dag_run_id']}/taskInstances/collect/xcomEntries/return_value", token)
    assert collected["value"] == [SEED_DAY]
    assert dump_rows(services.data_root / "mulaqat.duckdb") == rows_of_command
