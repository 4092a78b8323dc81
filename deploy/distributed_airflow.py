"""Airflow with Celery workers, without containers: the processes of docker-compose.yaml, bound to 127.0.0.1.

PostgreSQL and Redis must run already. To add workers on other machines, run the commands of `deploy/components.py`
there, in the environment made here, with the addresses of these servers.
"""

import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from deploy import local_airflow
from deploy.components import COMPONENTS, INITIAL_COMMANDS, SERVER_SECRETS, WORKER_SETTINGS, WORKERS
from deploy.processes import (
    HEALTHY_WITHIN_SECONDS,
    run_commands,
    start_component,
    start_components,
    stop_components,
)


def make_environment(home: Path, *, port: int, database: str, broker: str) -> dict[str, str]:
    """Return the environment of every process.

    Args:
        home: folder for logs, secrets and process ids.
        port: of the API and the UI.
        database: `user:password@host:port/name` of the PostgreSQL database for Airflow's metadata.
        broker: URL of Redis database 0, including its password if it has one; Celery's results are in database 1.
    """
    return {
        **local_airflow.make_environment(home, port),
        **WORKER_SETTINGS,
        "AIRFLOW__CORE__PARALLELISM": "32",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"postgresql+psycopg2://{database}",
        "AIRFLOW__CELERY__RESULT_BACKEND": f"{broker.removesuffix('/0')}/1",
        "AIRFLOW__CELERY__BROKER_URL": broker,
    }


def make_worker_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the workers: that of the other processes without their secrets.

    A task gets a token of its own with its work, and everything else through the API.
    """
    return {name: value for name, value in environment.items() if name not in SERVER_SECRETS}


def start(home: Path, environment: dict[str, str]) -> dict[str, subprocess.Popen[bytes]]:
    """Prepare the database and start all processes but the workers; `processes.stop_components` stops them."""
    run_commands(INITIAL_COMMANDS, environment)
    return start_components(home, environment, COMPONENTS)


def start_workers(
    home: Path, environment: dict[str, str], counts: Mapping[str, int], *, first: int = 1
) -> dict[str, subprocess.Popen[bytes]]:
    """Start workers and wait until each logs that it is ready.

    Workers on one machine need different names; in containers Celery uses the host's name.

    Args:
        home: as in `make_environment`.
        environment: as returned by `make_environment`.
        counts: number of workers to start, by kind (a key of `WORKERS`).
        first: number in the name of the first worker of each kind.
    """
    environment = make_worker_environment(environment)
    started = {}
    for kind, count in counts.items():
        for number in range(first, first + count):
            name = f"{kind}-{number}"
            command = [*WORKERS[kind], "--celery-hostname", f"{name}@%h"]
            started[name] = start_component(home, environment, name, command)
    deadline = time.monotonic() + HEALTHY_WITHIN_SECONDS
    for name, process in started.items():
        log = home / f"{name}.log"
        while " ready." not in log.read_text(encoding="utf-8", errors="replace"):
            if process.poll() is not None or time.monotonic() > deadline:
                stop_components(home)
                sys.exit(f"{name} did not become ready: see {log}")
            time.sleep(0.5)
    return started
