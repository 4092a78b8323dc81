"""Prepare an Airflow for a test, stop it, and call its REST API as its users do."""

import atexit
import json
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from deploy import local_airflow
from deploy.local_airflow import DAG_ID, read_password
from deploy.processes import list_running, stop_components

PAUSES_SECONDS = (1, 2, 4, 8, 16, 30, 0)
ENDED = {"success", "failed"}


def initialise(home: Path, environment: dict[str, str]) -> None:
    """Prepare Airflow's SQLite database as `make up` does; it is built once a session and copied into each home."""
    for file in ("airflow.db", "initialised"):
        shutil.copy(_prepared_home() / file, home)
    local_airflow.initialise(home, environment)


@cache
def _prepared_home() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="airflow-")
    atexit.register(folder.cleanup)
    home = Path(folder.name)
    local_airflow.initialise(home, local_airflow.make_environment(home, 8080))
    return home


@contextmanager
def stopped_at_the_end(home: Path, started: dict[str, subprocess.Popen[bytes]]) -> Iterator[None]:
    """Stop the started processes when the block ends, also after an error, and assert that none is left."""
    try:
        yield
    finally:
        running = list_running(home)
        stop_components(home)
        for process in started.values():
            process.wait()
        assert not [process for process in running if process.is_running()]


def create_backfill(environment: dict[str, str], first: str, last: str, **options: Any) -> int:
    """Unpause the daily DAG, create a backfill from day `first` to day `last`, and return the backfill's id."""
    wait_for_dag(environment)
    address, token = log_in(environment)
    send(f"{address}/api/v2/dags/{DAG_ID}", token, {"is_paused": False}, method="PATCH")
    backfill = {"dag_id": DAG_ID, "from_date": f"{first}T00:00:00+05:30", "to_date": f"{last}T00:00:00+05:30"}
    return int(post(f"{address}/api/v2/backfills", backfill | {"dag_run_conf": {}} | options, token)["id"])


def wait_for_dag(environment: dict[str, str], within_seconds: float = 180) -> None:
    """Wait until Airflow has parsed the daily DAG's file once."""
    address, token = log_in(environment)
    deadline = time.monotonic() + within_seconds
    while not get(f"{address}/api/v2/dags?dag_id_pattern={DAG_ID}", token)["dags"]:
        assert time.monotonic() < deadline, f"{DAG_ID} was not parsed"
        time.sleep(1)


def wait_for_backfill(environment: dict[str, str], count: int, within_seconds: float) -> dict[str, str]:
    """Wait until at least `count` backfilled runs of the daily DAG exist and all have ended; return state by run id.

    Airflow completes a backfill some seconds after its runs and rejects another one until then.
    """
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        states = list_backfilled_runs(environment)
        is_over = all(backfill["completed_at"] for backfill in list_backfills(environment))
        if is_over and len(states) >= count and set(states.values()) <= ENDED:
            return states
        time.sleep(1)
    raise AssertionError(f"the runs did not end: {states}")


def list_backfilled_runs(environment: dict[str, str]) -> dict[str, str]:
    """Return state by run id of the backfilled runs of the daily DAG."""
    address, token = log_in(environment)
    runs = get(f"{address}/api/v2/dags/{DAG_ID}/dagRuns?run_type=backfill&limit=500", token)["dag_runs"]
    return {run["dag_run_id"]: run["state"] for run in runs}


def delete_backfilled_runs(environment: dict[str, str]) -> None:
    """Delete the backfilled runs of the daily DAG, including the tries of their tasks."""
    for run in list_backfilled_runs(environment):
        address, token = log_in(environment)
        try:
            send(f"{address}/api/v2/dags/{DAG_ID}/dagRuns/{run}", token, method="DELETE")
        except urllib.error.HTTPError as error:
            if error.code != HTTPStatus.NOT_FOUND:
                raise
            error.close()  # the first request deleted the run, but its response was lost


def list_backfills(environment: dict[str, str]) -> list[dict[str, Any]]:
    """Return the backfills of the daily DAG."""
    address, token = log_in(environment)
    backfills: list[dict[str, Any]] = get(f"{address}/api/v2/backfills?dag_id={DAG_ID}&limit=100", token)[
        "backfills"
    ]
    return backfills


def list_tasks(environment: dict[str, str], **filters: str) -> list[dict[str, Any]]:
    """Return the task instances of the backfilled runs of the daily DAG."""
    address, token = log_in(environment)
    query = "&".join(["limit=1000", *(f"{name}={value}" for name, value in filters.items())])
    found = get(f"{address}/api/v2/dags/{DAG_ID}/dagRuns/~/taskInstances?{query}", token)
    return [task for task in found["task_instances"] if task["dag_run_id"].startswith("backfill__")]


def log_in(environment: dict[str, str]) -> tuple[str, str]:
    """Return the API's address and a new token, for the Airflow that runs in this environment."""
    address = environment["AIRFLOW__API__BASE_URL"]
    login = {"username": "admin", "password": read_password(Path(environment["AIRFLOW_HOME"]))}
    return address, post(f"{address}/auth/token", login)["access_token"]


def get(url: str, token: str) -> dict[str, Any]:
    """Send a GET request and return the JSON object of the response."""
    return send(url, token)


def post(url: str, body: dict[str, Any], token: str | None = None) -> dict[str, Any]:
    """Send a POST request with a JSON body and return the JSON object of the response."""
    return send(url, token, body)


def send(
    url: str, token: str | None, body: dict[str, Any] | None = None, method: str | None = None
) -> dict[str, Any]:
    """Send a request and return the JSON object of the response.

    Retries while the API starts or is too busy to respond (SQLite metadata on a loaded machine).

    Raises:
        HTTPError: the API rejected the request, or failed it seven times.
        OSError: the API could not be reached in seven tries.
    """
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers, method=method)
    for pause in PAUSES_SECONDS:
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return dict(json.loads(response.read() or "{}"))
        except urllib.error.HTTPError as error:
            if error.code not in (500, 503) or not pause:
                raise
            error.close()
        except OSError:
            if not pause:
                raise
        time.sleep(pause)
    raise AssertionError("not reached")
