"""`airflow dags test`, overlapping backfills and runs, and `mulaqat run` store the same rows.

Also: a failed, killed, late or cleared task, a locked warehouse, an empty day.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg2
import pytest

from deploy import local_airflow
from deploy.components import COMPONENTS
from deploy.local_airflow import DAG_ID, REPOSITORY
from deploy.processes import HOST, list_running, start_components
from etl.domain.days import india_day
from testkit.airflow_services import (
    create_backfill,
    get,
    initialise,
    log_in,
    post,
    send,
    stopped_at_the_end,
    wait_for_backfill,
)
from testkit.inbox_news import write_inbox
from testkit.rows import Rows, dump_rows, run_mulaqat
from testkit.servers import free_port, postgres_server

SEED_DAY = "2023-05-05"
DAYS = ("2023-05-04", SEED_DAY, "2023-05-06", "2023-05-07")
EMPTY_DAY, NEWS_DAYS = DAYS[0], DAYS[2:]
LONG_DAY = "2023-08-01"
RETRIED_DAY, RETRY_SECONDS = "2023-09-01", 20
DOWNSTREAM = "meetings_of_the_day"
LATE_DAG = """
import time

from airflow.sdk import dag, get_current_context, task
from mulaqat_alerts import late_after


@dag(schedule=None, params={"seconds": 0}, deadline=late_after(hours=1 / 1200))
def late() -> None:
    @task
    def wait() -> None:
        time.sleep(get_current_context()["params"]["seconds"])

    wait()


late()
"""
ENDS_WITHIN_SECONDS = 400
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="session")
def rows_of_command(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    folder = tmp_path_factory.mktemp("command")
    write_inbox(folder, NEWS_DAYS, 1)
    for file in (REPOSITORY / "seeds" / "articles").iterdir():
        shutil.copy(file, folder / "inbox")
    arguments = (
        "run",
        "--articles",
        str(folder / "inbox"),
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
    """A running Airflow.

    Attributes:
        home: logs and process ids.
        metadata: DSN of its metadata database. PostgreSQL, because over SQLite the scheduler can exit while
            other processes create runs.
    """

    home: Path
    environment: dict[str, str]
    data_root: Path
    metadata: str


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    home, data_root = tmp_path_factory.mktemp("airflow"), tmp_path_factory.mktemp("backfill")
    dags = tmp_path_factory.mktemp("house") / "dags"
    shutil.copytree(REPOSITORY / "dags", dags, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "docs" / "examples" / f"{DOWNSTREAM}.py", dags)
    (dags / "late.py").write_text(LATE_DAG, encoding="utf-8")
    write_inbox(data_root, NEWS_DAYS, 1)
    with postgres_server() as postgres:
        metadata = postgres.create_database("airflow")
        environment = local_airflow.make_environment(home, free_port()) | {
            "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": metadata.replace("postgresql:", "postgresql+psycopg2:"),
            "MULAQAT_DATA_ROOT": str(data_root),
        }
        local_airflow.initialise(home, environment)
        services = Services(home, environment, data_root, metadata)
        with stopped_at_the_end(home, start_components(home, environment, COMPONENTS)):
            # Our three DAGs, the example and `late`.
            wait_for_rows(services, "select 1 from serialized_dag having count(distinct dag_id) = 5")
            yield services


def query_metadata(services: Services, sql: str) -> list[tuple[Any, ...]]:
    with closing(psycopg2.connect(services.metadata)) as con, con.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def read_backfilled_runs(services: Services) -> dict[str, str]:
    """Return the state of each backfilled run by its IST day."""
    rows = query_metadata(services, "select logical_date, state from dag_run where run_type = 'backfill'")
    return {to_ist_day(logical_date): state for logical_date, state in rows}


def read_tasks(services: Services, day: str) -> list[tuple[str, str, str, str]]:
    """Return task, state, start and end of the tasks of a day's backfilled run."""
    rows = query_metadata(
        services,
        "select r.logical_date, t.task_id, t.state, t.start_date, t.end_date from task_instance t"
        " join dag_run r using (dag_id, run_id) where r.run_type = 'backfill'",
    )
    return [tuple(rest) for logical_date, *rest in rows if to_ist_day(logical_date) == day]


def to_ist_day(moment: datetime) -> str:
    return india_day(moment).isoformat()


def wait_for_backfills(services: Services) -> dict[str, str]:
    """Wait until every backfill has ended; return the state of each run by its IST day."""
    wait_for_backfill(services.environment, 1, ENDS_WITHIN_SECONDS)
    return read_backfilled_runs(services)


def test_dags_test_leaves_the_rows_of_the_command(tmp_path: Path, rows_of_command: Rows) -> None:
    """The days run one after the other; `dags test` checks no deadline and starts no server."""
    data_root = tmp_path / "data"
    home = tmp_path / "airflow"
    environment = local_airflow.make_environment(home, free_port()) | {"MULAQAT_DATA_ROOT": str(data_root)}
    initialise(home, environment)
    write_inbox(data_root, NEWS_DAYS, 1)
    for day in DAYS[1:]:
        local_airflow.run_day(home, environment, day)
    assert dump_rows(data_root / "mulaqat.duckdb") == rows_of_command


def test_services_are_reached_from_this_machine_only(services: Services) -> None:
    listening = {
        connection.laddr
        for process in list_running(services.home)
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {(HOST, int(services.environment["AIRFLOW__API__PORT"]))}


def test_a_scheduler_that_dies_is_started_again(services: Services) -> None:
    (scheduler,) = list_schedulers(services)
    scheduler.kill()
    deadline = time.monotonic() + ENDS_WITHIN_SECONDS
    while not [other for other in list_schedulers(services) if other.pid != scheduler.pid]:
        assert time.monotonic() < deadline
        time.sleep(1)


def list_schedulers(services: Services) -> list[psutil.Process]:
    running = list_running(services.home)
    return [process for process in running if process.cmdline()[1:4] == ["-m", "airflow", "scheduler"]]


def test_overlapping_runs_of_the_same_days_leave_the_rows_of_one(
    services: Services, rows_of_command: Rows
) -> None:
    """A backfill of four days, a second one that Airflow rejects, and runs of two of the days at the same time."""
    address, token = log_in(services.environment)
    send(f"{address}/api/v2/dags/{DOWNSTREAM}", token, {"is_paused": False}, method="PATCH")
    create_backfill(services.environment, DAYS[0], DAYS[-1], max_active_runs=4)
    with pytest.raises(urllib.error.HTTPError) as refused:
        create_backfill(services.environment, DAYS[1], DAYS[2])
    with refused.value:
        assert refused.value.code == HTTPStatus.CONFLICT
    beside = [start_run(services, DAG_ID, {"day": day}) for day in DAYS[1:3]]
    assert wait_for_backfills(services) == dict.fromkeys(DAYS, "success")
    assert [wait_for_run(services, DAG_ID, run) for run in beside] == ["success", "success"]
    assert dump_rows(services.data_root / "mulaqat.duckdb") == rows_of_command


def test_days_run_side_by_side_and_load_one_by_one(services: Services) -> None:
    spans = {
        task_id: sorted(
            query_metadata(
                services,
                f"select start_date, end_date from task_instance where task_id in ({task_id})"
                " and state = 'success' and dag_id = 'hindi_news_daily'",
            )
        )
        for task_id in ("'load', 'audit', 'publish'", "'collect', 'clean', 'annotate', 'resolve'")
    }
    one_by_one, side_by_side = spans.values()
    assert len(one_by_one) >= 15
    assert all(end <= start for (_, end), (start, _) in pairwise(one_by_one))
    assert any(end > start for (_, end), (start, _) in pairwise(side_by_side))


def test_empty_day_ends_skipped_and_says_why(services: Services) -> None:
    assert {state for _, state, *_ in read_tasks(services, EMPTY_DAY)} == {"skipped"}
    assert {state for _, state, *_ in read_tasks(services, SEED_DAY)} == {"success"}
    address, token = log_in(services.environment)
    (run_id,) = [
        run_id
        for run_id, date in query_metadata(
            services, "select run_id, logical_date from dag_run where run_type = 'backfill'"
        )
        if to_ist_day(date) == EMPTY_DAY
    ]
    reason = get(f"{run_url(address, DAG_ID, run_id)}/taskInstances/collect/xcomEntries/skipped", token)
    assert reason["value"] == f"{EMPTY_DAY}: no articles"


def test_backfill_processes_the_same_day_again_where_asked(services: Services, rows_of_command: Rows) -> None:
    (services.data_root / "mulaqat.duckdb").unlink()
    create_backfill(services.environment, SEED_DAY, SEED_DAY, reprocess_behavior="completed")
    assert wait_for_backfills(services) == dict.fromkeys(DAYS, "success")
    assert dump_rows(services.data_root / "mulaqat.duckdb") == rows_of_command


def test_downstream_dag_of_the_docs_runs_on_what_was_published(services: Services) -> None:
    address, token = log_in(services.environment)
    deadline = time.monotonic() + ENDS_WITHIN_SECONDS
    listed: list[dict[str, Any]] = []
    while not any("जयशंकर" in name for row in listed for name in row["who"]):
        assert time.monotonic() < deadline, "no run listed the meetings of the seed's day"
        time.sleep(2)
        runs = get(f"{address}/api/v2/dags/{DOWNSTREAM}/dagRuns", token)["dag_runs"]
        for run in runs:
            assert (run["run_type"], run["state"] != "failed") == ("asset_triggered", True)
            if run["state"] == "success":
                url = f"{run_url(address, DOWNSTREAM, run['dag_run_id'])}/taskInstances/list_meetings"
                listed += get(f"{url}/xcomEntries/return_value?deserialize=true", token)["value"]


def test_marking_a_task_failed_ends_its_process(services: Services) -> None:
    write_inbox(services.data_root, [LONG_DAY], 400)
    run_id = start_run(services, DAG_ID, {"day": LONG_DAY, "shard_size": 2000})
    task = "task_id = 'annotate' and state = 'running' and pid is not null"
    pid = int(wait_for_rows(services, f"select pid from task_instance where {task}")[0][0])
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    address, token = log_in(services.environment)
    url = f"{run_url(address, DAG_ID, run_id)}/taskInstances/annotate/0"
    send(url, token, {"new_state": "failed"}, method="PATCH")
    _, alive = psutil.wait_procs(family, timeout=90)
    assert alive == []
    assert wait_for_run(services, DAG_ID, run_id) == "failed"


def test_a_killed_shard_is_tried_again_alone_and_a_locked_warehouse_after_a_while(services: Services) -> None:
    write_inbox(services.data_root, [RETRIED_DAY], 3)
    holder = hold_database(services.data_root / "working" / "mulaqat.duckdb")
    try:
        run_id = start_run(services, DAG_ID, {"day": RETRIED_DAY, "shard_size": 1})
        of_run = f"from task_instance where run_id = '{run_id}'"
        running = f"select pid, map_index {of_run} and task_id = 'annotate' and state = 'running' and pid > 0"
        pid, shard = wait_for_rows(services, running)[0]
        os.kill(pid, signal.SIGKILL)
        wait_for_rows(services, f"select 1 {of_run} and task_id = 'load' and state = 'up_for_retry'")
    finally:
        holder.kill()
        holder.communicate()
    assert wait_for_run(services, DAG_ID, run_id) == "success"
    tries = query_metadata(services, f"select task_id, map_index, try_number {of_run}")
    again = {(task_id, index): count for task_id, index, count in tries if count > 1}
    assert again == {("annotate", shard): 2, ("load", -1): 2}
    ((pause,),) = query_metadata(
        services,
        "select extract(epoch from second.start_date - first.end_date) from task_instance second"
        " join task_instance_history first using (run_id, task_id)"
        f" where run_id = '{run_id}' and task_id = 'load' and first.try_number = 1",
    )
    assert pause >= RETRY_SECONDS
    (log,) = (services.home / "logs").rglob(f"run_id={run_id}/task_id=load/attempt=1.log")
    assert "WarehouseLocked" in log.read_text()


def hold_database(path: Path) -> "subprocess.Popen[str]":
    """Open a DuckDB file in another process, which locks it until the process is killed."""
    code = "import duckdb, sys, time; con = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep(600)"
    holder = subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    return holder


def test_a_late_run_is_reported(services: Services) -> None:
    address, token = log_in(services.environment)
    send(f"{address}/api/v2/dags/late", token, {"is_paused": False}, method="PATCH")
    assert wait_for_run(services, "late", start_run(services, "late", {})) == "success"
    start_run(services, "late", {"seconds": 40})
    deadline = time.monotonic() + ENDS_WITHIN_SECONDS
    folder = services.home / "logs" / "executor_callbacks" / "late"
    while not any("not finished" in log.read_text() for log in folder.rglob("*") if log.is_file()):
        assert time.monotonic() < deadline
        time.sleep(2)


def test_a_failed_run_that_has_a_deadline_can_be_cleared(services: Services) -> None:
    address, token = log_in(services.environment)
    send(f"{address}/api/v2/dags/late", token, {"is_paused": False}, method="PATCH")
    assert wait_for_run(services, "late", start_run(services, "late", {})) == "success"
    run_id = start_run(services, "late", {"seconds": -1})
    assert wait_for_run(services, "late", run_id) == "failed"
    query = f"select 1 from deadline d join dag_run r on r.id = d.dagrun_id where r.run_id = '{run_id}'"
    assert query_metadata(services, query)
    which = {"dry_run": False, "dag_run_id": run_id, "task_ids": ["wait"], "only_failed": True}
    cleared = post(f"{address}/api/v2/dags/late/clearTaskInstances", which, token)
    assert cleared["total_entries"] == 1


def run_url(address: str, dag_id: str, run_id: str) -> str:
    return f"{address}/api/v2/dags/{dag_id}/dagRuns/{quote(run_id)}"


def start_run(services: Services, dag_id: str, conf: dict[str, Any]) -> str:
    """Start a run without a logical date and return its id."""
    address, token = log_in(services.environment)
    run = post(f"{address}/api/v2/dags/{dag_id}/dagRuns", {"logical_date": None, "conf": conf}, token)
    return str(run["dag_run_id"])


def wait_for_run(services: Services, dag_id: str, run_id: str) -> str:
    (row,) = wait_for_rows(
        services,
        f"select state from dag_run where run_id = '{run_id}' and dag_id = '{dag_id}'"
        " and state in ('success', 'failed')",
    )
    return str(row[0])


def wait_for_rows(services: Services, sql: str) -> list[tuple[Any, ...]]:
    deadline = time.monotonic() + ENDS_WITHIN_SECONDS
    while not (rows := query_metadata(services, sql)):
        assert time.monotonic() < deadline, sql
        time.sleep(1)
    return rows
