"""A crawl that is killed at random moments and restarted stores the same records as an undisturbed one.

`MULAQAT_COLLECT_PAGES=2000 MULAQAT_COLLECT_KILLS=10` runs the full campaign (`make faults-collect`).
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from etl.config import REPOSITORY
from etl.domain.days import IST
from etl.domain.raw import FAILURE_TYPE, RawRecord
from etl.extract.archive import list_partitions, read_partition
from etl.extract.parse import parse_article
from testkit.site import Site, article_page, open_site, rss, sitemap, source_entry

PAGE_COUNT = int(os.environ.get("MULAQAT_COLLECT_PAGES", "150"))
KILL_COUNT = int(os.environ.get("MULAQAT_COLLECT_KILLS", "3"))
NOON = datetime(2023, 5, 5, 12, tzinfo=IST)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_site() as served:
        dated, undated = [], []
        for number in range(PAGE_COUNT):
            published = NOON - timedelta(minutes=number % 2000)
            url = served.serve(f"/news/{number}", article_page(number, published), etag=f'"{number}"')
            match number % 25:
                case 7:
                    del served.routes[f"/news/{number}"]
                case 11:
                    served.serve(f"/news/{number}", "", status=403)
                case 13:
                    served.serve(f"/news/{number}", "", status=301, headers={"Location": "/news/0"})
            (dated if number % 2 else undated).append((url, published))
        served.serve("/rss", rss([(url, None) for url, _ in undated]))
        served.serve("/news.xml", sitemap(dated, is_news=True))
        yield served


def command(site: Site, home: Path) -> tuple[list[str], dict[str, str]]:
    (home / "seeds").mkdir(parents=True, exist_ok=True)
    lines = [f'feeds = ["{site.base}/rss"]', f'news_sitemaps = ["{site.base}/news.xml"]', "concurrency = 8"]
    (home / "seeds" / "sources.toml").write_text(source_entry(site.base, *lines), encoding="utf-8")
    environment = {
        **os.environ,
        "MULAQAT_SEEDS": str(home / "seeds"),
        "MULAQAT_CONTACT": "mailto:desk@example.org",
        "MULAQAT_FETCH_LOOPBACK": "1",
    }
    return [sys.executable, "-m", "etl", "poll", "--source", "namuna", "--data-root", str(home)], environment


def crawl(site: Site, home: Path, *, killed_after: float | None = None) -> bool:
    """Run a crawl in a process of its own; return False if it was killed before its end."""
    arguments, environment = command(site, home)
    with subprocess.Popen(arguments, env=environment, cwd=REPOSITORY, stderr=subprocess.PIPE) as process:
        try:
            _, output = process.communicate(timeout=killed_after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            return False
    assert process.returncode == 0, output.decode()
    return True


def read_all(home: Path) -> list[RawRecord]:
    """Return all archived records without their Date headers, which differ between runs."""
    raw = home / "raw"
    records = (record for day in list_partitions(raw) for record in read_partition(raw, day))
    return [
        replace(r, http_headers=tuple(pair for pair in r.http_headers if pair[0] != "Date")) for r in records
    ]


def index_of(home: Path) -> list[tuple[str, str]]:
    """Return sorted (key, digest) pairs of the CDXJ indexes; file names and fetch times are skipped."""
    lines = (line for file in sorted(home.glob("raw/*/*/*.cdxj")) for line in file.read_text().splitlines())
    return sorted(
        (line.partition(" ")[0], line.partition('"digest": "')[2].partition('"')[0]) for line in lines
    )


def test_a_killed_crawl_has_the_result_of_an_undisturbed_one(site: Site, tmp_path: Path) -> None:
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    began = time.monotonic()
    assert crawl(site, undisturbed)
    seconds = time.monotonic() - began
    random_source = random.Random(7)
    kills = 0
    while kills < KILL_COUNT:
        if crawl(site, killed, killed_after=random_source.uniform(0.3, 1.0) * seconds):
            break
        kills += 1
    crawl(site, killed)
    assert kills > 0
    records = read_all(undisturbed)
    assert read_all(killed) == records
    assert index_of(killed) == index_of(undisturbed)
    assert len({record.uri for record in records}) == len(records) == PAGE_COUNT
    refused = sum(record.content_type == FAILURE_TYPE for record in records)
    assert refused == sum(number % 25 in (7, 11) for number in range(PAGE_COUNT))
    articles = [parse_article(record) for record in records if record.content_type != FAILURE_TYPE]
    assert all(article.published_at for article in articles)
    assert len(articles) == PAGE_COUNT - refused
    left = [file for file in killed.rglob(".*") if file.is_file()]
    assert len(left) <= kills
