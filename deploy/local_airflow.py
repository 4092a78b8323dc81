"""Airflow on one machine: everything under the repository's `.airflow/`, everything bound to 127.0.0.1.

    python deploy/local_airflow.py run DAY   run hindi_news_daily for a day, without servers
    python deploy/local_airflow.py up        start the UI and the scheduler, print the address and the password
    python deploy/local_airflow.py down      stop what `up` started

`airflow standalone` is not used: it binds all interfaces and leaves children behind.
"""

import argparse
import base64
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import psutil

REPOSITORY = Path(__file__).resolve().parent.parent
DAG_ID = "hindi_news_daily"
HOST = "127.0.0.1"
COMPONENTS = {
    "api-server": ["api-server"],
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
    "triggerer": ["triggerer", "--skip-serve-logs"],
}
HEALTHY_WITHIN_SECONDS = 180
STOPPED_WITHIN_SECONDS = 30
_SQLITE_WAITS_SECONDS = 60  # for its turn to write, not Python's 5: on a busy machine requests would fail
_AIRFLOW = [sys.executable, "-m", "airflow"]


def make_environment(home: Path, port: int) -> dict[str, str]:
    """Return the environment in which every Airflow process of `home` runs; secrets are made once and kept there."""
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    return {
        **os.environ,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(REPOSITORY / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(REPOSITORY / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DEFAULT_TIMEZONE": "Asia/Kolkata",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": str(max(2, os.cpu_count() or 2)),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(_passwords_file(home)),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://{HOST}:{port}/execution/",
        "AIRFLOW__CORE__FERNET_KEY": _secret(home, "fernet_key"),
        "AIRFLOW__API__HOST": HOST,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://{HOST}:{port}",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": _secret(home, "api_secret_key"),
        "AIRFLOW__API_AUTH__JWT_SECRET": _secret(home, "jwt_secret"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}?timeout={_SQLITE_WAITS_SECONDS}",
        "PYTHONPATH": str(REPOSITORY),
    }


def initialise(home: Path, environment: dict[str, str]) -> None:
    """Create or migrate the metadata database and the one-slot pool; done once for each Airflow version."""
    marker = home / "initialised"
    airflow_version = version("apache-airflow")
    if marker.exists() and marker.read_text() == airflow_version:
        return
    print("preparing Airflow's database …", flush=True)
    for command in (
        ["db", "migrate"],
        ["pools", "set", "warehouse", "1", "one writer opens the DuckDB file"],
    ):
        done = subprocess.run([*_AIRFLOW, *command], env=environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"airflow {' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    marker.write_text(airflow_version)


def run_day(home: Path, environment: dict[str, str], day: str) -> None:
    """Run the DAG for one day inside this process tree and show its tasks as they go."""
    log_path = home / f"run-{day}.log"
    command = [*_AIRFLOW, "dags", "test", DAG_ID, day]
    with (
        log_path.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as run,
    ):
        for line in run.stdout or ():
            log.write(line)
            if "[DAG TEST] starting task_id=" in line:
                print(f"  {DAG_ID} {day}: {line.split('task_id=')[1].split()[0]} …", flush=True)
            elif "Skipping task." in line and "reason=" in line:
                print(f"  skipped: {line.split('reason=')[1].strip()}", flush=True)
    if run.returncode:
        cause = find_cause(log_path.read_text(encoding="utf-8"))
        sys.exit(f"{cause}\nThe run failed; its whole log is {log_path}. Mend the cause and run again.")


def find_cause(log: str) -> str:
    """Return the message of the last exception in a log without its traceback, else the log's last lines."""
    exception = re.compile(r"^(?:(?:[a-z_]\w*\.)+[A-Z]\w+|[A-Z]\w*(?:Error|Exception)): ", re.MULTILINE)
    ends = [found.end() for found in exception.finditer(log)]
    if not ends:
        return "\n".join(log.splitlines()[-40:])
    return re.split(r"^\d{4}-\d\d-\d\dT", log[ends[-1] :], maxsplit=1, flags=re.MULTILINE)[0].strip()


def start_services(home: Path, environment: dict[str, str]) -> list[subprocess.Popen[bytes]]:
    """Start every component in a session of its own, and wait until all say that they are healthy.

    They outlive this process; whoever lives on keeps what is returned until `stop_services`.
    """
    if list_running(home):
        sys.exit("Airflow is up already; `make down` stops it")
    port = int(environment["AIRFLOW__API__PORT"])
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            sys.exit(f"port {port} is taken by another program: choose one with `make up PORT=8081`")
    started = []
    for name, arguments in COMPONENTS.items():
        with (home / f"{name}.log").open("w") as log:
            started.append(
                subprocess.Popen(
                    [*_AIRFLOW, *arguments], env=environment, stdout=log, stderr=log, start_new_session=True
                )
            )
        pids = {name: process.pid for name, process in zip(COMPONENTS, started, strict=False)}
        (home / "pids.json").write_text(json.dumps(pids))
    _wait_until_healthy(home, port, pids)
    return started


def stop_services(home: Path) -> None:
    """Stop the components that `start_services` started, with their children, by process id."""
    running = list_running(home)
    servers = [process for process in running if process.pid == _read_pids(home).get("api-server")]
    _stop([process for process in running if process not in servers])
    _stop(servers)  # last, since tasks that are told to end report to it
    (home / "pids.json").unlink(missing_ok=True)


def list_running(home: Path) -> list[psutil.Process]:
    """Return what still runs of the components and their children.

    Each component leads a session. The command is looked at too: after a restart of the machine a number in
    `pids.json` may be another program's.
    """
    sessions = set(_read_pids(home).values())
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if _session_of(process.pid) in sessions and "airflow" in " ".join(process.info["cmdline"] or ())
    ]


def read_password(home: Path) -> str:
    """Return the generated password of the user admin."""
    return str(json.loads(_passwords_file(home).read_text())["admin"])


def _wait_until_healthy(home: Path, port: int, pids: dict[str, int]) -> None:
    deadline = time.monotonic() + HEALTHY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        alive = {process.pid for process in list_running(home)}
        fallen = [name for name, pid in pids.items() if pid not in alive]
        if fallen:
            stop_services(home)
            sys.exit(f"{fallen[0]} ended at once: see {home / fallen[0]}.log")
        with suppress(OSError, ValueError):
            with urllib.request.urlopen(f"http://{HOST}:{port}/api/v2/monitor/health", timeout=5) as answer:
                states = [part["status"] for part in json.load(answer).values()]
            if all(state == "healthy" for state in states):
                return
        time.sleep(1)
    stop_services(home)
    sys.exit(f"Airflow was not healthy within {HEALTHY_WITHIN_SECONDS} s: see the logs in {home}")


def _secret(home: Path, name: str) -> str:
    file = home / name
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    return file.read_text()


def _passwords_file(home: Path) -> Path:
    return home / "passwords.json"


def _read_pids(home: Path) -> dict[str, int]:
    file = home / "pids.json"
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


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("run", "up", "down"))
    parser.add_argument("day", nargs="?", help="for run: YYYY-MM-DD")
    parser.add_argument("--home", type=Path, default=REPOSITORY / ".airflow")
    parser.add_argument("--port", type=int, default=8080)
    arguments = parser.parse_args()
    if arguments.command == "down":
        stop_services(arguments.home)
        return
    environment = make_environment(arguments.home, arguments.port)
    initialise(arguments.home, environment)
    if arguments.command == "run":
        run_day(arguments.home, environment, arguments.day)
    else:
        start_services(arguments.home, environment)
        print(
            f"Airflow: http://{HOST}:{arguments.port}  user admin  password {read_password(arguments.home)}"
        )


if __name__ == "__main__":
    main()
