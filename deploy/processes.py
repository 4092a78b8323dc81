"""Start Airflow's processes one by one, find them again by their stored process ids, and stop them.

`airflow standalone` is not used, because it binds all interfaces and leaves child processes running.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

HOST = "127.0.0.1"
AIRFLOW = (sys.executable, "-m", "airflow")
UNTIL_IT_ENDS_WELL = ("sh", "-c", 'until "$@"; do sleep 2; done', "sh")
"""Prefix for a command: restarts it after an error, as compose does with `restart: unless-stopped`."""
HEALTHY_WITHIN_SECONDS = 180
STOPPED_WITHIN_SECONDS = 30


def run_commands(commands: Sequence[Sequence[str]], environment: dict[str, str]) -> None:
    """Run Airflow commands in order.

    Raises:
        SystemExit: a command failed; the message holds its output.
    """
    for command in commands:
        done = subprocess.run(
            [*AIRFLOW, *command], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"airflow {' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def start_components(
    home: Path, environment: dict[str, str], commands: Mapping[str, Sequence[str]]
) -> dict[str, subprocess.Popen[bytes]]:
    """Start every component in a session of its own, and wait until Airflow reports that it is healthy.

    The components outlive this process. A caller that keeps running must keep the returned processes until
    `stop_components`.

    Raises:
        SystemExit: Airflow runs already, the port is in use, or a component did not become healthy.
    """
    if list_running(home):
        sys.exit("Airflow is up already; `make down` stops it")
    port = int(environment["AIRFLOW__API__PORT"])
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            sys.exit(f"port {port} is used by another program: choose another with `make up PORT=8081`")
    started = {}
    for name, command in commands.items():
        started[name] = start_component(home, environment, name, command)
    _wait_until_healthy(home, port, {name: process.pid for name, process in started.items()})
    return started


def start_component(
    home: Path, environment: dict[str, str], name: str, command: Sequence[str]
) -> subprocess.Popen[bytes]:
    """Start one component and store its process id; its output is appended to `<home>/<name>.log`.

    A scheduler that fails is restarted: SQLite locks no rows, so other processes can change rows that the scheduler
    has read, and it exits.
    """
    prefix = UNTIL_IT_ENDS_WELL if name == "scheduler" else ()
    with (home / f"{name}.log").open("a") as log:
        process = subprocess.Popen(
            [*prefix, *AIRFLOW, *command], env=environment, stdout=log, stderr=log, start_new_session=True
        )
    _pids_file(home).write_text(json.dumps(_read_pids(home) | {name: process.pid}))
    return process


def stop_components(home: Path) -> None:
    """Stop the started components and their child processes, by process id."""
    running = list_running(home)
    servers = [process for process in running if process.pid == _read_pids(home).get("api-server")]
    _stop([process for process in running if process not in servers])
    _stop(servers)  # last, because ending tasks report their state to it
    _pids_file(home).unlink(missing_ok=True)


def list_running(home: Path) -> list[psutil.Process]:
    """Return the running processes of the components, including child processes."""
    return [process for pid in set(_read_pids(home).values()) for process in list_family(pid)]


def list_family(pid: int) -> list[psutil.Process]:
    """Return the running processes of a component: it leads a session that its child processes stay in.

    The command line is checked too, because after a reboot an id in `pids.json` can belong to another program.
    """
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if _session_of(process.pid) == pid
        and any(name in " ".join(process.info["cmdline"] or ()) for name in ("airflow", "celery"))
    ]


def _wait_until_healthy(home: Path, port: int, pids: dict[str, int]) -> None:
    deadline = time.monotonic() + HEALTHY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        alive = {process.pid for process in list_running(home)}
        ended = [name for name, pid in pids.items() if pid not in alive]
        if ended:
            stop_components(home)
            sys.exit(f"{ended[0]} ended at once: see {home / ended[0]}.log")
        with suppress(OSError, ValueError):
            with urllib.request.urlopen(f"http://{HOST}:{port}/api/v2/monitor/health", timeout=5) as answer:
                states = [part["status"] for part in json.load(answer).values()]
            if all(state == "healthy" for state in states):
                return
        time.sleep(1)
    stop_components(home)
    sys.exit(f"Airflow was not healthy within {HEALTHY_WITHIN_SECONDS} s: see the logs in {home}")


def _pids_file(home: Path) -> Path:
    return home / "pids.json"


def _read_pids(home: Path) -> dict[str, int]:
    file = _pids_file(home)
    return dict(json.loads(file.read_text())) if file.exists() else {}


def _stop(processes: list[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, alive = psutil.wait_procs(processes, timeout=STOPPED_WITHIN_SECONDS)
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, timeout=STOPPED_WITHIN_SECONDS)


def _session_of(pid: int) -> int | None:
    with suppress(ProcessLookupError, PermissionError):
        return os.getsid(pid)
    return None
