"""Run Airflow's API server with the Explorer plugin over a made-up warehouse, for browser tests."""

import contextlib
import json
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deploy import local_airflow
from deploy.components import COMPONENTS
from deploy.local_airflow import DAG_ID
from deploy.processes import HOST, run_commands, start_component
from testkit.airflow_services import initialise, stopped_at_the_end
from testkit.newsstand import FIRST_DAY, RUN_ID, Newsstand, fill, make_hostile_article
from testkit.servers import free_port

ANSWERS_WITHIN_SECONDS = 300


@dataclass(frozen=True)
class Site:
    """A running API server; `passwords` by user name."""

    url: str
    passwords: dict[str, str]
    newsstand: Newsstand


def fill_with_hostile(newsstand: Newsstand) -> None:
    """Load the usual days, and one day in 2001 with a hostile article."""
    day = FIRST_DAY.replace(year=2001)
    newsstand.load(day, [make_hostile_article(day)])
    fill(newsstand)


@contextlib.contextmanager
def run_site(folder: Path) -> Iterator[Site]:
    """Fill a warehouse, start the API server over it, and stop it at the end."""
    newsstand = Newsstand(folder / "news")
    fill_with_hostile(newsstand)
    home, port = folder / "airflow", free_port()
    environment = local_airflow.make_environment(home, port)
    initialise(home, environment)
    environment |= {
        "MULAQAT_WAREHOUSE": str(newsstand.published),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin,viewer:viewer",
    }
    run_commands([["dags", "reserialize"], ["dags", "trigger", DAG_ID, "--run-id", RUN_ID]], environment)
    server = start_component(home, environment, "api-server", COMPONENTS["api-server"])
    with stopped_at_the_end(home, {"api-server": server}):
        url = f"http://{HOST}:{port}"
        _wait_for(f"{url}/api/v2/version", server, home / "api-server.log")
        passwords = Path(environment["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"]).read_text()
        yield Site(url, json.loads(passwords), newsstand)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + ANSWERS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=10):
            return
        time.sleep(1)
    raise AssertionError(log.read_text())
