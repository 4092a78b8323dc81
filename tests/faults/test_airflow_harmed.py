"""Backfills with random faults of seven kinds end with the rows of an undisturbed run: no row lost, none twice.

`MULAQAT_FAULTS=200` runs the full campaign (`make faults N=200`); each round of three days takes some minutes.
"""

import os
import random
import shutil
import struct
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from deploy import local_airflow
from deploy.components import COMPONENTS
from deploy.local_airflow import REPOSITORY
from deploy.processes import start_components
from etl.config import Settings
from etl.domain.days import IST
from etl.domain.plan import RunContext
from etl.pipeline.annotate import run_annotate
from etl.pipeline.clean import run_clean
from etl.pipeline.collect import run_collect
from etl.pipeline.load import run_load, run_publish
from etl.pipeline.resolve import run_resolve
from testkit.airflow_services import initialise, stopped_at_the_end
from testkit.faults.campaign import Campaign
from testkit.faults.harm import HARMS
from testkit.inbox_news import list_days, write_inbox
from testkit.rows import Rows, dump_rows
from testkit.servers import free_port
from testkit.site import Site, article_page, open_site, sitemap, source_entry

FAULT_COUNT = int(os.environ.get("MULAQAT_FAULTS", "3"))
FAULTS_A_BACKFILL = 14
DAYS = list_days("2024-02-28", 3 if FAULT_COUNT > 3 else 1)
DISK_SIZE = "48m"
pytestmark = pytest.mark.timeout(200 * FAULT_COUNT + 900)


@pytest.fixture(scope="module")
def data_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder on a small file system of its own."""
    folder = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_SIZE}", "tmpfs", folder]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount the small file system that this test fills")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A publisher with one sitemap and one article a day."""
    with open_site() as served:
        for number, day in enumerate(DAYS):
            noon = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=IST)
            url = served.serve(f"/news/{number}", article_page(number, noon))
            served.serve(f"/{day}.xml", sitemap([(url, noon)]))
        yield served


@pytest.fixture(scope="module")
def settings(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Mulaqat's settings, for runs with Airflow and without."""
    seeds = tmp_path_factory.mktemp("seeds")
    for folder in ("gazetteer", "cues", "places"):
        (seeds / folder).symlink_to(REPOSITORY / "seeds" / folder)
    lines = [
        f'sitemap_archive = "{site.base}/{{year}}-{{month}}-{{day}}.xml"',
        "verified = true",
        "enabled = true",
    ]
    (seeds / "sources.toml").write_text(source_entry(site.base, *lines), encoding="utf-8")
    return {
        "MULAQAT_SEEDS": str(seeds),
        "MULAQAT_CONTACT": "mailto:desk@example.org",
        "MULAQAT_FETCH_LOOPBACK": "1",
    }


@pytest.fixture(scope="module")
def campaign(
    site: Site, settings: dict[str, str], data_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Campaign]:
    home = tmp_path_factory.mktemp("airflow")
    clock = home / "clock"
    clock.write_bytes(struct.pack("q", 0))
    write_inbox(data_root, DAYS, 2)
    environment = local_airflow.make_environment(home, free_port()) | settings
    environment |= {
        "MULAQAT_DATA_ROOT": str(data_root),
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "20",
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_SEC": "3",
        "LD_PRELOAD": str(compile_clock(home)),
        "CLOCK_FILE": str(clock),
    }
    initialise(home, environment)
    started = start_components(home, environment, COMPONENTS)
    with stopped_at_the_end(home, started):
        yield Campaign(environment, data_root, clock, site, DAYS)


def compile_clock(folder: Path) -> Path:
    """Compile the library that shifts the time of day of Airflow's processes, and return its path."""
    compiler, library = shutil.which("gcc"), folder / "clock.so"
    if not compiler:
        pytest.skip("gcc is not installed: apt-get install gcc")
    source = REPOSITORY / "testkit" / "faults" / "clock.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, source], check=True)
    return library


@pytest.fixture(scope="module")
def quiet_rows(settings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Rows of the same days, inbox and publisher from an undisturbed run without Airflow."""
    root = tmp_path_factory.mktemp("quiet")
    write_inbox(root, DAYS, 2)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        quiet = Settings.from_env(data_root=root, warehouse=root / "mulaqat.duckdb")
    for day in DAYS:
        run_quietly(quiet, day)
    return dump_rows(quiet.warehouse)


def run_quietly(settings: Settings, day: str) -> None:
    now = datetime.now(IST)
    partitions = run_collect(settings, day=day, run_key=day)
    shards = run_clean(settings, partitions=partitions, run_key=day)
    run_annotate(settings, shards=shards, run_key=day)
    run_resolve(settings, partitions=partitions, run_key=day)
    run_load(settings, run=RunContext(day, now), partitions=partitions)
    run_publish(settings)


def test_harmed_backfills_end_in_the_rows_of_a_quiet_run(quiet_rows: Rows, campaign: Campaign) -> None:
    chance = random.Random(FAULT_COUNT)
    done: Counter[str] = Counter()
    while done.total() < FAULT_COUNT:
        kinds = chance.sample(2 * sorted(HARMS), k=min(FAULTS_A_BACKFILL, FAULT_COUNT - done.total()))
        backfill = campaign.start_round()
        done.update(do_harm(campaign, backfill, kinds, chance))
        campaign.finish(backfill)
        again = campaign.begin()  # fetches again what could not be fetched
        kinds = [kind for kind in kinds if kind != "network gone"][: FAULT_COUNT - done.total()]
        done.update(do_harm(campaign, again, kinds, chance))
        campaign.finish(again)
        assert campaign.read_rows() == quiet_rows, f"after {done}"
        print(dict(done), campaign.outcomes, flush=True)
    assert done.total() == FAULT_COUNT


def do_harm(campaign: Campaign, backfill: int, kinds: list[str], chance: random.Random) -> "Counter[str]":
    """Inject each fault once, at random moments of the backfill; retry a fault that found nothing to damage."""
    done: Counter[str] = Counter()
    waiting = list(kinds)
    while waiting and not campaign.is_over(backfill):
        time.sleep(chance.uniform(0.5, 3))
        kind = waiting.pop(0)
        if HARMS[kind](campaign, chance):
            done[kind] += 1
        else:
            waiting.append(kind)
        campaign.let_time_pass()
    return done
