"""Loads and publishes that are killed at random moments end with the rows of an undisturbed run.

Readers never see part of a day.

`MULAQAT_LOAD_KILLS=100 MULAQAT_PUBLISHES=50` runs the full campaign (`make faults-load`).
"""

import os
import pickle
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

import pytest

from etl.config import REPOSITORY
from etl.warehouse.load import PartitionFiles
from testkit.faults.load_and_publish import Plan
from testkit.faults.whole_days import assert_whole_days, read_in_a_loop, write_day
from testkit.newsroom import Newsroom, dump_core

KILL_COUNT = int(os.environ.get("MULAQAT_LOAD_KILLS", "6"))
PUBLISH_COUNT = int(os.environ.get("MULAQAT_PUBLISHES", "8"))


def start(home: Path, partitions: Sequence[PartitionFiles]) -> subprocess.Popen[bytes]:
    plan = home.with_name(f"{home.name}.plan")
    plan.write_bytes(pickle.dumps(Plan(tuple(partitions), home / "working.duckdb", home / "w.duckdb")))
    command = [sys.executable, "-m", "testkit.faults.load_and_publish", str(plan)]
    return subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE)


def finish(home: Path, partitions: Sequence[PartitionFiles]) -> None:
    with start(home, partitions) as process:
        _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said.decode()


def test_killed_loads_and_publishes_end_like_quiet_ones(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path / "stage", tmp_path / "unused.duckdb")
    days = [write_day(newsroom, number) for number in range(3)]
    quiet, killed = tmp_path / "quiet", tmp_path / "killed"
    began = time.monotonic()
    finish(quiet, days)
    seconds = time.monotonic() - began
    wanted = dump_core(quiet / "w.duckdb")
    chance = random.Random(11)
    kill_count = 0
    while kill_count < KILL_COUNT:
        with start(killed, days) as process:
            try:
                process.communicate(timeout=chance.uniform(0.2, 1.0) * seconds)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
                kill_count += 1
        if (killed / "w.duckdb").exists():
            assert_whole_days(killed / "w.duckdb")
    finish(killed, days)
    assert dump_core(killed / "w.duckdb") == wanted
    assert dump_core(killed / "working.duckdb") == wanted
    assert {path.name for path in killed.iterdir()} <= {"w.duckdb", "w.duckdb.1", "working.duckdb"}


@pytest.mark.timeout(1200)
def test_a_reader_sees_only_whole_days_through_loads_and_publishes(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path / "stage", tmp_path / "unused.duckdb")
    home = tmp_path / "home"
    finish(home, [write_day(newsroom, 0)])
    context = get_context("spawn")
    with context.Manager() as manager:
        stop, seen = context.Event(), manager.list()
        reader = context.Process(target=read_in_a_loop, args=(home / "w.duckdb", stop, seen))
        reader.start()
        finish(home, [write_day(newsroom, number) for number in range(1, PUBLISH_COUNT)])
        stop.set()
        reader.join(timeout=60)
        (counted,) = seen
    assert set(counted) == {"whole"}, counted
    assert counted["whole"] >= PUBLISH_COUNT
