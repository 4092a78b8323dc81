"""Seven faults, each injected for real; each function returns whether it found something to damage."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import psutil

from testkit.airflow_services import list_tasks
from testkit.faults.campaign import Campaign

Harm = Callable[[Campaign, random.Random], bool]
HOLD_DUCKDB = "import duckdb, sys, time; con = duckdb.connect(sys.argv[1]); time.sleep(float(sys.argv[2]))"
HOLD_SQLITE = (
    "import sqlite3, sys, time; con = sqlite3.connect(sys.argv[1], timeout=30);"
    "con.execute('BEGIN EXCLUSIVE'); time.sleep(float(sys.argv[2]))"
)
CLOCK_JUMPS_SECONDS = (3600, 300, -30)


def kill_task(campaign: Campaign, chance: random.Random) -> bool:
    """Send SIGKILL to a task's process and, half of the time, to its supervisor, so that its end is not reported."""
    tasks = list_tasks(campaign.environment)
    running = [task["pid"] for task in tasks if task["state"] == "running" and task["pid"]]
    if not running:
        return False
    with contextlib.suppress(psutil.NoSuchProcess):
        task = psutil.Process(chance.choice(running))
        watcher = task.parent()
        if watcher is not None and "supervisor" in " ".join(watcher.cmdline()) and chance.random() < 0.5:
            watcher.send_signal(signal.SIGKILL)
        task.send_signal(signal.SIGKILL)
        return True
    return False


def fill_disk(campaign: Campaign, chance: random.Random) -> bool:
    """Fill the data root's file system for some seconds."""
    ballast = campaign.data_root / "ballast"
    try:
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while file.write(bytes(1 << 16)):
                pass
        time.sleep(chance.uniform(3, 12))
    finally:
        ballast.unlink(missing_ok=True)
    return True


def lock_warehouse(campaign: Campaign, chance: random.Random) -> bool:
    """Open the working database in another process for some seconds."""
    if not campaign.working_path.exists():
        return False
    return _hold(HOLD_DUCKDB, str(campaign.working_path), chance.uniform(3, 15))


def lock_metadata(campaign: Campaign, chance: random.Random) -> bool:
    """Lock Airflow's SQLite database for some seconds."""
    return _hold(HOLD_SQLITE, str(campaign.metadata_path), chance.uniform(3, 15))


def corrupt_shard(campaign: Campaign, chance: random.Random) -> bool:
    """Overwrite bytes in the middle of a shard that is annotated and not yet resolved."""
    stage = campaign.data_root / "stage"
    shards = [
        file for file in stage.glob("*/*/sentences/*.parquet") if not list(file.parents[1].glob("resolved*"))
    ]
    if not shards:
        return False
    shard = chance.choice(sorted(shards))
    with shard.open("r+b") as file:
        file.seek(shard.stat().st_size // 2)
        file.write(chance.randbytes(64))
    return True


def cut_network(campaign: Campaign, chance: random.Random) -> bool:
    """Drop every connection to the publisher for some seconds."""
    routes = dict(campaign.site.routes)

    def hang_up(_: object) -> None:
        raise ConnectionResetError

    campaign.site.routes.update(dict.fromkeys(routes, hang_up))
    time.sleep(chance.uniform(3, 10))
    campaign.site.routes.update(routes)
    return True


def jump_clock(campaign: Campaign, chance: random.Random) -> bool:
    """Move the clock forward or back."""
    campaign.set_clock(chance.choice(CLOCK_JUMPS_SECONDS))
    return True


HARMS: dict[str, Harm] = {
    "task killed -9": kill_task,
    "disk full": fill_disk,
    "warehouse locked": lock_warehouse,
    "metadata locked": lock_metadata,
    "shard corrupted": corrupt_shard,
    "network gone": cut_network,
    "clock jumped": jump_clock,
}


def _hold(code: str, path: str, seconds: float) -> bool:
    environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    command = [sys.executable, "-c", code, path, str(seconds)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=120)
    return done.returncode == 0
