"""Messages of `make run`, and processes that `make down` stops, without starting Airflow."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local_airflow import find_cause, make_environment
from deploy.processes import list_running, stop_components

LOG = """2023-05-05T00:00:00.000000Z [error    ] Task failed with exception [task] loc=task_runner.py:1
Traceback (most recent call last):
  File "dags/hindi_news_daily.py", line 1, in run_stage
etl.errors.AuditBlocked: 2023-05-05: verbatim
  row 1

The above exception was the direct cause of the following exception:

airflow.sdk.exceptions.AirflowFailException: 2023-05-05: verbatim: the quote is not in the text
  row 1
2023-05-05T00:00:01.000000Z [info     ] Marking run failed
DagRun failed
"""


def test_cause_is_the_last_exception_with_all_its_lines() -> None:
    assert find_cause(LOG) == "2023-05-05: verbatim: the quote is not in the text\n  row 1"


def test_cause_of_a_log_without_exceptions_is_its_end() -> None:
    lines = [f"line {number}" for number in range(60)]
    assert find_cause("\n".join(lines)).splitlines() == lines[-40:]


def test_secrets_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    home = tmp_path / "airflow"
    first = make_environment(home, 8080)
    assert make_environment(home, 8080) == first
    names = ("AIRFLOW__CORE__FERNET_KEY", "AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET")
    assert len({first[name] for name in names}) == 3
    assert home.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("words", "is_ours"), [((), False), (("airflow", "scheduler"), True)])
def test_only_airflow_is_stopped_under_a_number_that_was_noted(
    tmp_path: Path, words: tuple[str, ...], is_ours: bool
) -> None:
    code = "print(flush=True); import time; time.sleep(60)"
    command = [sys.executable, "-c", code, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as process:
        try:
            assert process.stdout and process.stdout.readline()
            (tmp_path / "pids.json").write_text(json.dumps({"scheduler": process.pid}))
            assert [running.pid for running in list_running(tmp_path)] == ([process.pid] if is_ours else [])
            stop_components(tmp_path)
            assert (process.poll() is None) is not is_ours
            assert not (tmp_path / "pids.json").exists()
        finally:
            process.kill()
