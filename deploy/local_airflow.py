"""Airflow on one machine: all files under the repository's `.airflow/`, all ports bound to 127.0.0.1.

python -m deploy.local_airflow run DAY   run hindi_news_daily for a day, without servers
python -m deploy.local_airflow up        start the UI and the scheduler, print the address and the password
python -m deploy.local_airflow down      stop the processes that `up` started
"""

import argparse
import base64
import json
import os
import re
import secrets
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from deploy.components import COMPONENTS, INITIAL_COMMANDS
from deploy.processes import AIRFLOW, HOST, run_commands, start_components, stop_components

REPOSITORY = Path(__file__).resolve().parent.parent
DAG_ID = "hindi_news_daily"
_SQLITE_WAITS_SECONDS = 60  # for another writer; with Python's 5 s, requests fail on a busy machine


def make_environment(home: Path, port: int) -> dict[str, str]:
    """Return the environment of every Airflow process of `home`; secrets are generated once and stored there."""
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
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": str(_SQLITE_WAITS_SECONDS),
        "PYTHONPATH": str(REPOSITORY),
    }


def initialise(home: Path, environment: dict[str, str]) -> None:
    """Create or migrate the metadata database and the one-slot pool, once for each Airflow version."""
    marker = home / "initialised"
    airflow_version = version("apache-airflow")
    if marker.exists() and marker.read_text() == airflow_version:
        return
    print("preparing Airflow's database …", flush=True)
    run_commands(INITIAL_COMMANDS, environment)
    marker.write_text(airflow_version)


def run_day(home: Path, environment: dict[str, str], day: str) -> None:
    """Run the DAG for one day without servers and print each task as it starts.

    Raises:
        SystemExit: the run failed; the message gives the cause and the log.
    """
    log_path = home / f"run-{day}.log"
    command = [*AIRFLOW, "dags", "test", DAG_ID, day]
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
        sys.exit(f"{cause}\nThe run failed; its whole log is {log_path}. Fix the cause and run again.")


def find_cause(log: str) -> str:
    """Return the message of the last exception in a log, without traceback; without an exception, the last 40 lines."""
    exception = re.compile(r"^(?:(?:[a-z_]\w*\.)+[A-Z]\w+|[A-Z]\w*(?:Error|Exception)): ", re.MULTILINE)
    ends = [found.end() for found in exception.finditer(log)]
    if not ends:
        return "\n".join(log.splitlines()[-40:])
    return re.split(r"^\d{4}-\d\d-\d\dT", log[ends[-1] :], maxsplit=1, flags=re.MULTILINE)[0].strip()


def read_password(home: Path) -> str:
    """Return the generated password of the user admin."""
    return str(json.loads(_passwords_file(home).read_text())["admin"])


def _secret(home: Path, name: str) -> str:
    file = home / name
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    return file.read_text()


def _passwords_file(home: Path) -> Path:
    return home / "passwords.json"


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
        stop_components(arguments.home)
        return
    environment = make_environment(arguments.home, arguments.port)
    initialise(arguments.home, environment)
    if arguments.command == "run":
        run_day(arguments.home, environment, arguments.day)
    else:
        start_components(arguments.home, environment, COMPONENTS)
        print(
            f"Airflow: http://{HOST}:{arguments.port}  user admin  password {read_password(arguments.home)}"
        )


if __name__ == "__main__":
    main()
