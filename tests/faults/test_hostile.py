"""Whatever is mixed among good articles, every run ends, all good ones are stored, and every article is counted once.

`MULAQAT_HOSTILE=500` runs the full campaign (`make hostile N=500`).
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from etl.config import REPOSITORY, Settings
from etl.domain.article import Article, Rejection
from etl.domain.days import IST
from etl.domain.plan import PartitionPlan, RunContext
from etl.errors import PermanentError
from etl.extract.archive import list_partitions, read_partition
from etl.extract.fetch import FetchLimits
from etl.pipeline import collect
from etl.pipeline.clean import run_clean
from etl.pipeline.collect import run_collect, run_poll
from etl.pipeline.whole_run import run_whole
from etl.storage.record_files import read_records
from etl.storage.stage_folder import open_stage
from testkit.hostile import (
    DAY,
    LINE_FAULTS,
    PAGE_FAULTS,
    ROW_FAULTS,
    STAMPS,
    WARC_FAULTS,
    Delivered,
    write_lines,
    write_pages,
    write_rows,
    write_stamped_rows,
    write_warc,
)
from testkit.hostile_publisher import (
    ANSWER_FAULTS,
    BROKEN_DOCUMENTS,
    DOCUMENT_FAULTS,
    ENTRY,
    ENTRY_FAULTS,
    serve_publisher,
)
from testkit.rows import dump_rows
from testkit.site import open_site

COUNT = int(os.environ.get("MULAQAT_HOSTILE", "12"))
NOW = datetime(2023, 5, 6, 9, tzinfo=IST)
OWN = "मेरे नोट्स, which no run may change"
campaign = settings(
    max_examples=COUNT,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
pytestmark = pytest.mark.timeout(0 if COUNT > 100 else 600)


def mix(faults: "list[str] | tuple[str, ...]", most: int = 8) -> "st.SearchStrategy[list[str | None]]":
    """Return lists of faults with None, for good articles, among them."""
    return st.lists(st.one_of(st.none(), st.sampled_from(sorted(faults))), min_size=2, max_size=most)


@dataclass(frozen=True)
class Outcome:
    """What collecting and cleaning left.

    Attributes:
        urls: of the articles that were stored.
        rows: articles and rejections by partition.
        raw: digest of each file of the raw archive.
    """

    urls: frozenset[str]
    rows: dict[str, tuple[list[Article], list[Rejection]]]
    raw: dict[str, str]

    @property
    def count(self) -> int:
        return sum(len(articles) + len(rejected) for articles, rejected in self.rows.values())


@contextmanager
def data_root() -> Iterator[Settings]:
    """Yield the settings of an empty data root with foreign files in it; check at the end that they are unchanged."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        folder = Path(name)
        for own in (
            folder / "own.duckdb",
            folder / "data" / "notes.txt",
            folder / "data" / "raw" / "notes.txt",
        ):
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_text(OWN, encoding="utf-8")
        (folder / "inbox").mkdir()
        yield replace(
            Settings.from_env(data_root=folder / "data", warehouse=folder / "w.duckdb"),
            contact="mailto:desk@example.org",
            fetch_loopback=True,
        )
        for own in (
            folder / "own.duckdb",
            folder / "data" / "notes.txt",
            folder / "data" / "raw" / "notes.txt",
        ):
            assert own.read_text(encoding="utf-8") == OWN


def inbox_of(settings: Settings) -> Path:
    return Path(str(settings.data_root)).parent / "inbox"


def digest_files(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def collect_and_clean(settings: Settings, run_key: str) -> Outcome:
    inbox = inbox_of(settings)
    before = digest_files(inbox)
    partitions = run_collect(
        settings,
        day=None,
        inbox=[inbox],
        default_day=DAY,
        sources=["inbox"],
        include_pending=True,
        run_key=run_key,
    )
    run_clean(settings, run_key=run_key, partitions=partitions)
    assert digest_files(inbox) == before
    rows = {}
    for partition in partitions:
        with open_stage(settings.stage_dir, run_key, partition, needs=["clean"]) as folder:
            articles, rejected = (
                read_records(folder.articles, Article),
                read_records(folder.rejected, Rejection),
            )
            (plan,) = read_records(folder.plan, PartitionPlan)
        assert plan.collected_count == len(articles) + len(rejected), partition
        rows[partition] = (articles, rejected)
    urls = frozenset(article.url for articles, _ in rows.values() for article in articles)
    return Outcome(urls, rows, digest_files(Path(str(settings.raw_dir))))


def run_twice(settings: Settings) -> Outcome:
    """Collect and clean twice; the second run must change nothing."""
    first = collect_and_clean(settings, "first")
    second = collect_and_clean(settings, "second")
    assert second.raw == first.raw
    assert second.rows == first.rows
    return first


def assert_all_counted(outcome: Outcome, delivered: Delivered) -> None:
    assert delivered.good_urls <= outcome.urls, sorted(delivered.good_urls - outcome.urls)
    assert outcome.count == delivered.count, outcome.rows


@campaign
@given(lines=mix([*LINE_FAULTS], 16), pages=mix([*PAGE_FAULTS]))
def test_lines_and_saved_pages(lines: "list[str | None]", pages: "list[str | None]") -> None:
    with data_root() as settings:
        inbox = inbox_of(settings)
        delivered = write_lines(inbox / "dump.jsonl", 100, lines) + write_pages(inbox, 200, pages)
        assert_all_counted(run_twice(settings), delivered)


@campaign
@given(
    rows=mix([*ROW_FAULTS]),
    binary=st.booleans(),
    stamps=st.lists(st.one_of(st.none(), st.sampled_from(STAMPS)), min_size=1, max_size=6),
    damage=st.sampled_from(["", "cut", "text", "empty"]),
    name=st.sampled_from(
        [b"rows.parquet", "पंक्तियां.parquet".encode(), b"ro\xff\xfews.parquet", b"a\nb.parquet"]
    ),
)
def test_parquet(
    rows: "list[str | None]", binary: bool, stamps: "list[int | None]", damage: str, name: bytes
) -> None:
    with data_root() as settings:
        inbox = inbox_of(settings)
        delivered = write_stamped_rows(inbox / "stamps.parquet", 100, stamps)
        delivered += write_rows(inbox / "plain.parquet", 200, rows, binary=binary)
        (inbox / "plain.parquet").rename(inbox / os.fsdecode(name))
        if damage:
            file = inbox / "damaged.parquet"
            write_rows(file, 300, [None, None], binary=False)
            content = file.read_bytes()
            file.write_bytes({"cut": content[:-40], "text": "क".encode() * 100, "empty": b""}[damage])
            delivered += Delivered(frozenset(), 1)
        assert_all_counted(run_twice(settings), delivered)


@campaign
@given(faults=mix(WARC_FAULTS), cut=st.integers(0, 40))
def test_foreign_warcs(faults: "list[str | None]", cut: int) -> None:
    with data_root() as settings, open_site() as site:
        settings = with_publishers(settings, ENTRY.format(name="Namuna", site=site))
        inbox = inbox_of(settings)
        delivered = write_warc(inbox / "crawl.warc.gz", site.base, 100, faults)
        write_warc(inbox / "cut.warc.gz", site.base, 200, [None, None])
        content = (inbox / "cut.warc.gz").read_bytes()
        (inbox / "cut.warc.gz").write_bytes(content[: len(content) - cut])
        outcome = run_twice(settings)
        assert delivered.good_urls | {f"{site.base}/news/200"} <= outcome.urls
        # A page in another language is not counted, a damaged part of a file is at least one rejection.
        assert len(outcome.urls) <= outcome.count <= 2 * (delivered.count + 2)


@campaign
@given(
    pages=mix([*ANSWER_FAULTS, *PAGE_FAULTS], 12),
    entries=st.lists(st.sampled_from(sorted(ENTRY_FAULTS)), max_size=4),
    document_fault=st.sampled_from([None, *sorted(DOCUMENT_FAULTS)]),
    broken=st.sampled_from(BROKEN_DOCUMENTS),
)
def test_publishers(
    pages: "list[str | None]", entries: list[str], document_fault: str | None, broken: "str | bytes"
) -> None:
    with data_root() as settings, open_site() as site, open_site("127.0.0.2") as worse, quick_fetches():
        for path in ("/rss", "/news.xml", "/robots.txt"):
            worse.serve(path, broken, content_type="application/xml; charset=undefined")
        entry_of_both = ENTRY.format(name="Worse", site=worse) + ENTRY.format(name="Namuna", site=site)
        settings = with_publishers(settings, entry_of_both)
        delivered = serve_publisher(site, 100, pages, entries, document_fault)
        outcomes = []
        for at, run_key in enumerate(("first", "second")):
            run_poll(
                settings, run=RunContext(run_key, NOW + timedelta(hours=at)), sources=["worse", "namuna"]
            )
            outcomes.append(collect_and_clean(settings, f"{run_key}-inbox"))
        first, second = outcomes
        assert delivered.good_urls <= first.urls, sorted(delivered.good_urls - first.urls)
        assert second.urls == first.urls
        raw = Path(str(settings.raw_dir))
        records = [record for day in list_partitions(raw) for record in read_partition(raw, day)]
        assert len(records) == second.count
        assert {record.source_name for record in records} <= {"Namuna", "Worse"}


def with_publishers(settings: Settings, entries: str) -> Settings:
    seeds = Path(str(settings.data_root)).parent / "seeds"
    shutil.copytree(REPOSITORY / "seeds", seeds, ignore=shutil.ignore_patterns("articles"))
    (seeds / "sources.toml").write_text(entries, encoding="utf-8")
    return replace(settings, seeds_dir=seeds)


@contextmanager
def quick_fetches() -> Iterator[None]:
    """Fetch without pauses between attempts."""
    limits = FetchLimits(total_seconds=5, retry_count=1, retry_after_seconds=0, backoff_seconds=0.01)
    real = collect.make_fetcher
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collect, "make_fetcher", lambda settings: replace(real(settings), limits=limits))
        yield


def test_every_fault_at_once_is_loaded_and_published() -> None:
    with data_root() as settings:
        inbox = inbox_of(settings)
        delivered = write_lines(inbox / "dump.jsonl", 100, [None, *LINE_FAULTS, None])
        delivered += write_pages(inbox, 300, [None, *PAGE_FAULTS, None])
        delivered += write_rows(inbox / "rows.parquet", 500, [None, *ROW_FAULTS, None], binary=False)
        delivered += write_stamped_rows(inbox / "stamps.parquet", 600, [None, *STAMPS])
        results = []
        for at in range(2):
            run = RunContext(f"run-{at}", NOW + timedelta(hours=at))
            result = run_whole(settings, inbox, run=run, default_day=DAY)
            assert result.article_count + result.rejected_count == delivered.count
            results.append(dump_rows(Path(result.published)))
        assert results[0] == results[1]
        with duckdb.connect(str(settings.warehouse), read_only=True) as con:
            stored = {url for (url,) in con.execute("SELECT url FROM core.article").fetchall()}
            rejected = con.execute("SELECT count(*) FROM meta.rejected_article").fetchone()
        assert delivered.good_urls <= stored
        assert rejected == (results and (delivered.count - len(stored),))
        own = Path(str(settings.data_root)).parent / "own.duckdb"
        with pytest.raises(PermanentError, match=r"own\.duckdb is not a DuckDB database"):
            run_whole(replace(settings, warehouse=own), inbox, run=RunContext("own", NOW), default_day=DAY)
