"""Cost of Airflow: the daily DAG compared with `mulaqat run`, one worker with two, and a month's backfill.

    python -m benchmarks.orchestration [--quick] [--json] [--articles 200] [--days 30]

One Airflow with Celery workers runs everything (PostgreSQL and Redis on loopback; their start is not counted). No text
occurs twice, so the annotation cache never applies. A day's time runs from creating its backfill to the end of its run;
a first small day warms up the services. The command and a single worker annotate in one process; two workers split a
day's articles into two shards. The articles are generated from templates.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import accumulate
from math import ceil
from pathlib import Path

from deploy import distributed_airflow
from deploy.local_airflow import DAG_ID, REPOSITORY
from etl.domain.article import Article
from testkit.airflow_services import create_backfill, get, log_in, stopped_at_the_end, wait_for_backfill
from testkit.corpus import read_corpus
from testkit.inbox_news import list_days, write_json_lines
from testkit.servers import free_port, postgres_server, redis_server

ENDS_WITHIN_SECONDS = 7200
FIRST_DAY = "2024-01-01"
SMALL_DAY = 10


def write_day(inbox: Path, day: str, articles: Sequence[Article]) -> Path:
    """Write the articles of a day as one file of the inbox."""
    records = (
        {"url": f"{article.url}/{day}", "text": article.text, "published_at": f"{day}T09:00:00+05:30"}
        for article in articles
    )
    return write_json_lines(inbox / f"{day}.jsonl", records)


def time_command(file: Path) -> float:
    """Return the seconds of `mulaqat run` over a file, into an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        command: list[str | Path] = [sys.executable, "-m", "etl", "run", "--articles", file]
        command += ["--warehouse", f"{folder}/w.duckdb", "--processes", "1"]
        began = time.perf_counter()
        subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True)
        return time.perf_counter() - began


@contextmanager
def open_airflow(data_root: Path) -> Iterator[tuple[dict[str, str], Path]]:
    """Start everything but the workers that annotate; yield the environment and Airflow's home."""
    with tempfile.TemporaryDirectory() as folder, postgres_server() as postgres, redis_server() as broker:
        home = Path(folder)
        database = postgres.create_database("airflow").partition("://")[2]
        environment = distributed_airflow.make_environment(
            home, port=free_port(), database=database, broker=broker
        )
        environment["MULAQAT_DATA_ROOT"] = str(data_root)
        started = distributed_airflow.start(home, environment)
        with stopped_at_the_end(home, started):
            others = {"worker-default": 1, "worker-warehouse": 1}
            started |= distributed_airflow.start_workers(home, environment, others)
            yield environment, home


class Clock:
    """Times backfills that run one after another."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._run_count = 0

    def time_backfill(self, days: Sequence[str], shard_size: int) -> float:
        """Return the seconds of a backfill of these days."""
        self._run_count += len(days)
        began = datetime.now(UTC)
        create_backfill(
            self._environment,
            days[0],
            days[-1],
            max_active_runs=4,
            dag_run_conf={"shard_size": shard_size},
        )
        states = wait_for_backfill(self._environment, self._run_count, ENDS_WITHIN_SECONDS)
        if set(states.values()) != {"success"}:
            raise RuntimeError(f"not every day succeeded: {states}")
        address, token = log_in(self._environment)
        query = "run_type=backfill&order_by=-end_date&limit=1"
        (last,) = get(f"{address}/api/v2/dags/{DAG_ID}/dagRuns?{query}", token)["dag_runs"]
        return (datetime.fromisoformat(last["end_date"]) - began).total_seconds()


def run(article_count: int, day_count: int) -> dict[str, float]:
    """Return the seconds of each step, and ratios."""
    counts = [SMALL_DAY, article_count, article_count, *day_count * [SMALL_DAY]]
    first, one, two, *month = list_days(FIRST_DAY, len(counts))
    _, articles = read_corpus(sum(counts), None)
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        starts = accumulate(counts, initial=0)
        files = [
            write_day(Path(folder) / "inbox", day, articles[start : start + count])
            for day, start, count in zip((first, one, two, *month), starts, counts, strict=False)
        ]
        with open_airflow(Path(folder)) as (environment, home):
            clock = Clock(environment)
            distributed_airflow.start_workers(home, environment, {"worker-nlp": 1})
            clock.time_backfill([first], SMALL_DAY)
            seconds["mulaqat run"] = time_command(files[1])
            seconds["DAG, 1 worker"] = clock.time_backfill([one], article_count)
            distributed_airflow.start_workers(home, environment, {"worker-nlp": 1}, first=2)
            seconds["DAG, 2 workers"] = clock.time_backfill([two], ceil(article_count / 2))
            seconds[f"{day_count} days of {SMALL_DAY} articles"] = clock.time_backfill(month, SMALL_DAY)
    return seconds | {
        "ratio DAG / mulaqat run": seconds["DAG, 1 worker"] / seconds["mulaqat run"],
        "ratio 1 worker / 2 workers": seconds["DAG, 1 worker"] / seconds["DAG, 2 workers"],
    }


def main() -> None:
    """Print seconds and ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--quick", action="store_true", help="20 articles, 3 days")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    figures = run(20, 3) if chosen.quick else run(chosen.articles, chosen.days)
    if chosen.json:
        print(json.dumps(figures, indent=2))
        return
    for name, figure in figures.items():
        print(f"{name:32}{figure:8.2f}")


if __name__ == "__main__":
    main()
