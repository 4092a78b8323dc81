"""Speed of collecting a day's pages, compared with a bare `requests` loop over the same URLs in the same run.

    python -m benchmarks.collect [--quick] [--json] [--pages 2000]

A site on loopback serves the pages from a process of its own, without delay and without a crawl delay. This measures
our own work (robots.txt, address checks, frontier, WARC, index), which a real crawl delay hides. For the loop a page
counts when its body is read, for us when it is in the archive. A news sitemap dates half of the pages; for the other
half we must parse the page to find its date.
"""

import argparse
import json
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from zoneinfo import ZoneInfo

import requests

from etl.extract.archive import list_partitions, read_partition
from etl.extract.crawl import Crawl
from etl.extract.fetch import Fetcher
from etl.extract.frontier import Frontier
from etl.extract.sources import Source
from testkit.site import article_page, open_site, rss, sitemap

NOON = datetime(2023, 5, 5, 12, tzinfo=ZoneInfo("Asia/Kolkata"))
THREADS = 8


def serve(page_count: int, pipe: Connection) -> None:
    """Serve the site until the other end of the pipe sends a message."""
    with open_site() as site:
        urls = []
        for number in range(page_count):
            published = NOON - timedelta(seconds=number)
            urls.append(site.serve(f"/news/{number}", article_page(number, published)))
        site.serve("/rss", rss([(url, None) for url in urls[::2]]))
        site.serve("/news.xml", sitemap([(url, NOON) for url in urls[1::2]], is_news=True))
        pipe.send((site.base, urls))
        pipe.recv()


def loop_plainly(urls: list[str]) -> None:
    """Read the pages one by one, with one session."""
    with requests.Session() as session:
        for url in urls:
            session.get(url, timeout=10).raise_for_status()


def loop_in_threads(urls: list[str]) -> None:
    """Read the pages in threads that share one session."""
    with requests.Session() as session, ThreadPoolExecutor(THREADS) as pool:
        for answer in pool.map(lambda url: session.get(url, timeout=10), urls):
            answer.raise_for_status()


def collect(base: str, concurrency: int, page_count: int) -> None:
    """Crawl the site into an empty archive, and assert that the archive holds every page."""
    source = Source(
        name="Namuna",
        name_hi="नमूना",
        home_url=base,
        domains=("127.0.0.1",),
        language="hi",
        licence_note="test",
        archive_note="test",
        feeds=(f"{base}/rss",),
        news_sitemaps=(f"{base}/news.xml",),
        article_pattern="/news/",
        crawl_delay_seconds=0,
        concurrency=concurrency,
    )
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        crawl = Crawl(
            fetcher=Fetcher("mailto:desk@example.org", allow_loopback=True),
            frontier=Frontier(home / "frontier.sqlite"),
            raw_dir=home / "raw",
            discovery_dir=home / "discovery",
            now=NOON,
            run_key="benchmark",
        )
        crawl.poll([source])
        kept = sum(len(read_partition(home / "raw", day)) for day in list_partitions(home / "raw"))
    assert kept == page_count, f"{kept} of {page_count} pages were kept"


def time_call(call: Callable[[], None]) -> float:
    """Return the wall seconds of a call."""
    began = time.monotonic()
    call()
    return time.monotonic() - began


def run(page_count: int) -> dict[str, float]:
    """Return pages per second, as ratios to the bare loop."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(page_count, there))
    server.start()
    with closing(here):
        base, urls = here.recv()
        calls: dict[str, Callable[[], None]] = {
            "bare requests loop": lambda: loop_plainly(urls),
            f"bare requests, {THREADS} threads": lambda: loop_in_threads(urls),
            "ours, one at a time": lambda: collect(base, 1, page_count),
            f"ours, {THREADS} at a time": lambda: collect(base, THREADS, page_count),
        }
        seconds = {name: time_call(call) for name, call in calls.items()}
        here.send("stop")
    server.join()
    plain = seconds["bare requests loop"]
    return {name: plain / taken for name, taken in seconds.items()}


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    ratios = run(200 if chosen.quick else chosen.pages)
    if chosen.json:
        print(json.dumps(ratios, indent=2))
    else:
        for name, ratio in ratios.items():
            print(f"{name:32}{ratio:6.2f}")


if __name__ == "__main__":
    main()
