"""A small running Airflow for fault injection: starts rounds of backfills and brings each to its end."""

import shutil
import struct
import time
import urllib.error
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from deploy.local_airflow import DAG_ID
from testkit.airflow_services import (
    ENDED,
    create_backfill,
    delete_backfilled_runs,
    get,
    list_backfilled_runs,
    list_backfills,
    list_tasks,
    log_in,
    post,
)
from testkit.rows import Rows, dump_rows
from testkit.site import Site

ENDS_WITHIN_SECONDS = 900
CLEAR_ERRORS = {
    "is not what was written": "annotate",
    "No space left on device": None,
    "database or disk is full": None,
}
"""Errors that retries cannot fix, each with the task to clear once the cause is gone; None: the failed task itself."""


@dataclass
class Campaign:
    """A running Airflow, its data root and its publisher.

    Attributes:
        data_root: on a small file system of its own.
        clock: file with the offset, in seconds, of the clock of Airflow's processes (clock.c).
        days: days of news, YYYY-MM-DD, consecutive.
        outcomes: number of days by how they ended.
    """

    environment: dict[str, str]
    data_root: Path
    clock: Path
    site: Site
    days: list[str]
    outcomes: dict[str, int] = field(default_factory=dict)

    @property
    def working_path(self) -> Path:
        """The working database."""
        return self.data_root / "working" / "mulaqat.duckdb"

    @property
    def metadata_path(self) -> Path:
        """Airflow's SQLite database."""
        return Path(self.environment["AIRFLOW_HOME"]) / "airflow.db"

    def start_round(self) -> int:
        """Delete all files but the inbox, and all backfilled runs; start a backfill and return its id."""
        delete_backfilled_runs(self.environment)
        for made in self.data_root.iterdir():
            if made.name != "inbox":
                shutil.rmtree(made) if made.is_dir() else made.unlink()
        return self.begin()

    def begin(self) -> int:
        """Start a backfill of all days, also of those that ran before, and return its id."""
        options = {"reprocess_behavior": "completed", "max_active_runs": len(self.days)}
        conf = {"shard_size": 1}
        try:
            return create_backfill(
                self.environment, self.days[0], self.days[-1], **options, dag_run_conf=conf
            )
        except urllib.error.HTTPError as error:
            if error.code != HTTPStatus.CONFLICT:
                raise
            error.close()  # the first request created the backfill, but its response was lost
        backfills = list_backfills(self.environment)
        (running,) = [backfill["id"] for backfill in backfills if backfill["completed_at"] is None]
        return int(running)

    def set_clock(self, seconds: int) -> None:
        """Move the clock of all of Airflow's processes forward (or back, if negative)."""
        (offset,) = struct.unpack("q", self.clock.read_bytes())
        with self.clock.open("r+b") as file:  # in place: the processes have it mapped
            file.write(struct.pack("q", offset + seconds))

    def is_over(self, backfill: int) -> bool:
        """Return whether a backfill and all its runs have ended."""
        address, token = log_in(self.environment)
        if get(f"{address}/api/v2/backfills/{backfill}", token)["completed_at"] is None:
            return False
        return set(list_backfilled_runs(self.environment).values()) <= ENDED

    def finish(self, backfill: int) -> None:
        """Wait for the end; clear days that failed with one clear error, as its message says, and wait again."""
        cleared: set[str] = set()
        for _ in range(4):
            self._wait(backfill)
            failed = [
                run for run, state in list_backfilled_runs(self.environment).items() if state == "failed"
            ]
            if not failed:
                self._count("by Airflow's retries", len(self.days) - len(cleared))
                self._count("one clear error, cleared", len(cleared))
                return
            for run in failed:
                self._clear(run)
            cleared.update(failed)
        raise AssertionError(f"failed again after four clears: {failed}")

    def _count(self, outcome: str, count: int) -> None:
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + count

    def _wait(self, backfill: int) -> None:
        deadline = time.monotonic() + ENDS_WITHIN_SECONDS
        while not self.is_over(backfill):
            assert time.monotonic() < deadline, list_backfilled_runs(self.environment)
            self.let_time_pass()
            time.sleep(2)

    def let_time_pass(self) -> None:
        """Move the clock on by a minute if every task waits for its retry."""
        states = {task["state"] for task in list_tasks(self.environment)}
        if "up_for_retry" in states and not states & {"running", "queued", "scheduled"}:
            self.set_clock(60)

    def _clear(self, run: str) -> None:
        failed = [t for t in list_tasks(self.environment) if (t["dag_run_id"], t["state"]) == (run, "failed")]
        assert failed, f"{run} failed without a failed task"
        message = self._read_log(failed[0])
        known = [task for error, task in CLEAR_ERRORS.items() if error in message]
        assert known, f"{failed[0]['task_id']} of {run} failed without a clear error: {message[-3000:]}"
        address, token = log_in(self.environment)
        options = {"dry_run": False, "only_failed": known[0] is None, "include_downstream": True}
        which = {"dag_run_id": run, "task_ids": [known[0] or failed[0]["task_id"]], "reset_dag_runs": True}
        post(f"{address}/api/v2/dags/{DAG_ID}/clearTaskInstances", options | which, token)

    def _read_log(self, task: dict[str, Any]) -> str:
        address, token = log_in(self.environment)
        path = f"dagRuns/{task['dag_run_id']}/taskInstances/{task['task_id']}/logs/{task['try_number']}"
        log = get(
            f"{address}/api/v2/dags/{DAG_ID}/{path}?map_index={task['map_index']}&full_content=true", token
        )
        return str(log["content"])

    def read_rows(self) -> Rows:
        """Return the rows of the published warehouse."""
        return dump_rows(self.data_root / "mulaqat.duckdb")
