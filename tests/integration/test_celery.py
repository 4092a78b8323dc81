"""A backfill on Celery workers, one of which dies while it annotates, ends with the rows of an undisturbed run."""

import itertools
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deploy import distributed_airflow
from deploy.processes import list_family
from testkit.airflow_services import create_backfill, list_tasks, stopped_at_the_end, wait_for_backfill
from testkit.inbox_news import list_days, write_inbox
from testkit.rows import Rows, dump_rows, run_mulaqat
from testkit.servers import free_port, postgres_server, redis_server

DAYS = list_days("2024-02-27", 4)
ARTICLES_A_DAY = 4
SHARD_SIZE = 2
WORKERS = {"worker-default": 1, "worker-nlp": 2, "worker-warehouse": 1}
# Shorter than in production, so that Airflow notices a dead worker after 20 seconds and not two minutes.
SOON = {
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "20",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "3",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_SEC": "3",
    "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT": "60",
}
pytestmark = pytest.mark.timeout(1200)


@pytest.fixture(scope="module")
def data_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("distributed")
    write_inbox(folder, DAYS, ARTICLES_A_DAY)
    return folder


@pytest.fixture(scope="module")
def quiet_rows(tmp_path_factory: pytest.TempPathFactory, data_root: Path) -> Rows:
    folder = tmp_path_factory.mktemp("quiet")
    warehouse = folder / "w.duckdb"
    run_mulaqat("run", "--articles", str(data_root / "inbox"), "--warehouse", str(warehouse))
    return dump_rows(warehouse)


@dataclass(frozen=True)
class Services:
    """A running Airflow: its environment, and its processes by name."""

    environment: dict[str, str]
    started: "dict[str, subprocess.Popen[bytes]]"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, data_root: Path) -> Iterator[Services]:
    """Start Airflow with four workers: two that annotate, one that loads, one for the other tasks."""
    home = tmp_path_factory.mktemp("airflow")
    with postgres_server() as postgres, redis_server() as broker:
        database = postgres.create_database("airflow").partition("://")[2]
        environment = distributed_airflow.make_environment(
            home, port=free_port(), database=database, broker=broker
        )
        environment |= {"MULAQAT_DATA_ROOT": str(data_root), **SOON}
        started = distributed_airflow.start(home, environment)
        with stopped_at_the_end(home, started):
            started |= distributed_airflow.start_workers(home, environment, WORKERS)
            yield Services(environment, started)


def kill_a_worker_that_annotates(services: Services, after_count: int) -> dict[str, Any]:
    """Kill all processes of a worker that annotates, as if its machine had failed, and return its task instance.

    Waits until `after_count` shards are annotated.
    """
    workers = [process.pid for name, process in services.started.items() if name.startswith("worker-nlp")]
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        tasks = list_tasks(services.environment, task_id="annotate")
        running = [task for task in tasks if task["state"] == "running" and task["pid"]]
        if sum(task["state"] == "success" for task in tasks) >= after_count:
            for task, worker in itertools.product(running, workers):
                family = list_family(worker)
                if task["pid"] in {process.pid for process in family}:
                    for process in family:
                        process.kill()
                    return task
        time.sleep(0.3)
    raise AssertionError(f"no shard was being annotated: {[task['state'] for task in tasks]}")


def test_a_dead_worker_changes_no_row(services: Services, data_root: Path, quiet_rows: Rows) -> None:
    conf = {"shard_size": SHARD_SIZE}
    create_backfill(services.environment, DAYS[0], DAYS[-1], max_active_runs=4, dag_run_conf=conf)
    killed = kill_a_worker_that_annotates(services, after_count=2)
    states = wait_for_backfill(services.environment, len(DAYS), within_seconds=700)
    assert set(states.values()) == {"success"}, states
    tasks = list_tasks(services.environment)
    assert {task["state"] for task in tasks if task["task_id"] != "finding"} == {"success"}
    (again,) = [task for task in tasks if is_same_task(task, killed)]
    assert again["try_number"] > killed["try_number"]
    assert sum(task["task_id"] == "annotate" for task in tasks) == len(DAYS) * ARTICLES_A_DAY // SHARD_SIZE
    assert dump_rows(data_root / "mulaqat.duckdb") == quiet_rows


def is_same_task(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[name] == other[name] for name in ("dag_run_id", "task_id", "map_index"))


def test_each_queue_has_its_workers(services: Services) -> None:
    queues = {task["task_id"]: task["queue"] for task in list_tasks(services.environment)}
    assert queues == dict.fromkeys(("collect", "clean", "resolve", "finding"), "default") | {
        "annotate": "nlp",
        **dict.fromkeys(("load", "audit", "publish"), "warehouse"),
    }
