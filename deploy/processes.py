"""Start Airflow's processes one by one, know them again by their ids, stop them.

`airflow standalone` is not used: it binds all interfaces and leaves children behind.
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
"""Before a command: it is started again where it ends with an error, as by compose's `restart: unless-stopped`."""
HEALTHY_WITHIN_SECONDS = 180
STOPPED_WITHIN_SECONDS = 30


def run_commands(commands: Sequence[Sequence[str]], environment: dict[str, str]) -> None:
    """Run Airflow commands, one after the other; ends the program with the output of one that fails."""
    for command in commands:
        done = subprocess.run(
            [*AIRFLOW, *command], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"airflow {' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def start_components(
    home: Path, environment: dict[str, str], commands: Mapping[str, Sequence[str]]
) -> dict[str, subprocess.Popen[bytes]]:
    """Start every component in a session of its own, and wait until Airflow says that it is healthy.

    They outlive this process; whoever lives on keeps what is returned until `stop_components`.
    """
    if list_running(home):
        sys.exit("Airflow is up already; `make down` stops it")
    port = int(environment["AIRFLOW__API__PORT"])
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            sys.exit(f"port {port} is taken by another program: choose one with `make up PORT=8081`")
    started = {}
    for name, command in commands.items():
        started[name] = start_component(home, environment, name, command)
    _wait_until_healthy(home, port, {name: process.pid for name, process in started.items()})
    return started


def start_component(
    home: Path, environment: dict[str, str], name: str, command: Sequence[str]
) -> subprocess.Popen[bytes]:
    """Start one more component, and note its process id; its output goes to `<home>/<name>.log`.

    A scheduler that falls is started again: over SQLite, which locks no rows, others take back what it has read.
    """
    kept_up = UNTIL_IT_ENDS_WELL if name == "scheduler" else ()
    with (home / f"{name}.log").open("a") as log:
        process = subprocess.Popen(
            [*kept_up, *AIRFLOW, *command], env=environment, stdout=log, stderr=log, start_new_session=True
        )
    _pids_file(home).write_text(json.dumps(_read_pids(home) | {name: process.pid}))
    return process


def stop_components(home: Path) -> None:
    """Stop the components that were started, with their children, by process id."""
    running = list_running(home)
    servers = [process for process in running if process.pid == _read_pids(home).get("api-server")]
    _stop([process for process in running if process not in servers])
    _stop(servers)  # last, since tasks that are told to end report to it
    _pids_file(home).unlink(missing_ok=True)


def list_running(home: Path) -> list[psutil.Process]:
    """Return what still runs of the components and of what they started."""
    return [process for pid in set(_read_pids(home).values()) for process in list_family(pid)]


def list_family(pid: int) -> list[psutil.Process]:
    """Return what still runs of a component: it leads a session, in which its children stay.

    The command is looked at too: after a restart of the machine a number in `pids.json` may be another program's.
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
        fallen = [name for name, pid in pids.items() if pid not in alive]
        if fallen:
            stop_components(home)
            sys.exit(f"{fallen[0]} ended at once: see {home / fallen[0]}.log")
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
