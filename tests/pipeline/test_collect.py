"""From a site on loopback to the warehouse: polling, a past day, and lists of URLs; everything is counted."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.config import REPOSITORY, Settings
from etl.domain.days import IST
from etl.domain.plan import RunContext
from etl.errors import BadSetting
from etl.pipeline.annotate import run_annotate
from etl.pipeline.clean import run_clean
from etl.pipeline.collect import run_collect, run_poll
from etl.pipeline.load import run_audit, run_load, run_publish
from etl.pipeline.resolve import run_resolve
from testkit.site import Site, article_page, open_site, rss, sitemap

NOON = datetime(2023, 5, 5, 12, tzinfo=IST)
DAY = "2023-05-05"
RUN_KEY = "run"
ENTRY = """
[[source]]
name = "{name}"
name_hi = "नमूना"
home_url = "http://{host}/"
domains = ["{host}"]
language = "hi"
article_pattern = "/news/"
crawl_delay_seconds = 0
licence_note = "test"
archive_note = "test"
enabled = {enabled}
verified = {enabled}
{discovery}
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as served:
        yield served


@pytest.fixture
def archive() -> Iterator[Site]:
    with open_site("127.0.0.2") as served:
        yield served


@pytest.fixture
def settings(tmp_path: Path, site: Site, archive: Site, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return settings with two publishers: one with a feed, one with a sitemap archive by day."""
    seeds = tmp_path / "seeds"
    shutil.copytree(REPOSITORY / "seeds", seeds, ignore=shutil.ignore_patterns("articles"))
    feed = f'feeds = ["{site.url("/rss")}"]'
    by_day = f'sitemap_archive = "{archive.url("/sitemap/{year}-{month}-{day}.xml")}"'
    (seeds / "sources.toml").write_text(
        ENTRY.format(name="Present", host=site.host, enabled="true", discovery=feed)
        + ENTRY.format(name="Past", host=archive.host, enabled="true", discovery=by_day),
        encoding="utf-8",
    )
    for name, value in {
        "MULAQAT_SEEDS": str(seeds),
        "MULAQAT_DATA_ROOT": str(tmp_path / "data"),
        "MULAQAT_CONTACT": "mailto:desk@example.org",
        "MULAQAT_FETCH_LOOPBACK": "1",
    }.items():
        monkeypatch.setenv(name, value)
    return Settings.from_env()


def run_mulaqat(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "etl", *arguments]
    return subprocess.run(
        command, cwd=REPOSITORY, env=os.environ, capture_output=True, text=True, check=False
    )


def build(settings: Settings, partitions: list[str]) -> None:
    """Do what the daily DAG does after collect."""
    run_key = RUN_KEY
    shards = run_clean(settings, run_key=run_key, partitions=partitions)
    run_annotate(settings, run_key=run_key, shards=shards)
    run_resolve(settings, run_key=run_key, partitions=partitions)
    run_load(settings, run=RunContext(run_key, NOON), partitions=partitions)
    run_audit(settings, run=RunContext(run_key, NOON))
    run_publish(settings)


def query(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        return con.execute(sql).fetchall()


def counts(settings: Settings, source: str) -> dict[str, Any]:
    columns = (
        "discovered_count, fetched_count, extracted_count, stored_count, rejected_count, pending_count, note"
    )
    (row,) = query(
        settings,
        f"select {columns}, rejected_reasons from meta.source_completeness"
        f" where source_name = '{source}' and partition_day = '{DAY}'",
    )
    return dict(zip([*columns.split(", "), "reasons"], row, strict=True))


def serve(site: Site, *numbers: int) -> list[str]:
    return [
        site.serve(f"/news/{n}", article_page(n, NOON - timedelta(minutes=n)), etag=f'"{n}"') for n in numbers
    ]


def test_polled_articles_reach_the_warehouse_and_are_counted(settings: Settings, site: Site) -> None:
    urls = serve(site, *range(1, 5))
    gone = site.serve("/news/9", "", status=410)
    locked = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    paid = site.serve("/news/8", article_page(8, NOON, head=locked))
    busy = site.serve("/news/7", "", status=503)
    site.serve("/rss", rss([(url, NOON) for url in [*urls, gone, paid, busy]]))
    polled = run_mulaqat("poll", "--source", "present")
    assert polled.returncode == 0, polled.stderr
    partitions = run_collect(
        settings, run_key=RUN_KEY, day="2023-05-06", sources=["inbox"], include_pending=True
    )
    assert partitions == [DAY]
    build(settings, partitions)
    assert query(settings, "select count(*), count(distinct url) from core.article") == [(4, 4)]
    assert counts(settings, "Present") == {
        "discovered_count": 7,
        "fetched_count": 5,
        "extracted_count": 4,
        "stored_count": 4,
        "rejected_count": 2,
        "pending_count": 1,
        "reasons": {"not_found": 1, "paywalled": 1},
        "note": None,
    }


def test_a_past_day_is_collected_from_archives_only(
    settings: Settings, site: Site, archive: Site, caplog: pytest.LogCaptureFixture
) -> None:
    archive.serve(f"/sitemap/{DAY}.xml", sitemap([(url, NOON) for url in serve(archive, 1, 2)]))
    site.serve("/rss", rss([(url, NOON) for url in serve(site, 3)]))
    caplog.set_level("INFO")
    partitions = run_collect(settings, run_key=RUN_KEY, day=DAY, inbox=[])
    assert partitions == [DAY]
    assert "present: no archive: nothing to backfill" in caplog.text
    assert not site.requested
    build(settings, partitions)
    assert query(settings, "select source_id, count(*) from core.article group by 1") == [("past", 2)]
    assert counts(settings, "Past")["discovered_count"] == 2
    silent = counts(settings, "Present")
    assert (silent["discovered_count"], silent["note"]) == (0, "no archive: nothing to backfill")


def test_listed_urls_are_fetched_and_bad_ones_rejected(settings: Settings, site: Site) -> None:
    inbox = settings.data_root / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "mine.urls").write_text("\n".join([*serve(site, 1, 2), "ftp://a.example/3"]), encoding="utf-8")
    partitions = run_collect(settings, run_key=RUN_KEY, day=DAY, inbox=[inbox], sources=["inbox"])
    build(settings, partitions)
    assert query(settings, "select count(*) from core.article") == [(2,)]
    assert query(settings, "select reason from meta.rejected_article") == [("bad_url",)]
    assert run_collect(settings, run_key=RUN_KEY, day=DAY, inbox=[inbox], sources=["inbox"]) == [DAY]
    assert site.requested["/news/1"] == 1


def test_damaged_lines_of_a_url_list_are_rejections(settings: Settings, site: Site) -> None:
    inbox = settings.data_root / "inbox"
    inbox.mkdir(parents=True)
    lines = [
        *serve(site, 1, 2),
        "http://[",
        f"https://{'a' * 5_000}.example/",
        "https://b.example/\x07",
        "न पता",
    ]
    (inbox / "mine.urls").write_bytes("\n".join(lines).encode() + b"\nhttps://c.example/\xff\n")
    for run_key in ("first", RUN_KEY):
        partitions = run_collect(settings, run_key=run_key, day=DAY, inbox=[inbox], sources=["inbox"])
    build(settings, partitions)
    assert query(settings, "select count(*) from core.article") == [(2,)]
    assert query(settings, "select reason, count(*) from meta.rejected_article group by 1") == [
        ("bad_url", 5)
    ]


def test_a_hostile_publisher_costs_the_others_nothing(settings: Settings, site: Site, archive: Site) -> None:
    entry = ENTRY.format(
        name="Doosra", host=archive.host, enabled="true", discovery=f'feeds = ["{archive.url("/rss")}"]'
    )
    present = (settings.sources_path).read_text(encoding="utf-8").partition('[[source]]\nname = "Past"')[0]
    (settings.sources_path).write_text(present + entry, encoding="utf-8")
    good = serve(archive, 1, 2, 3)
    archive.serve("/rss", rss([(url, NOON) for url in good]))
    bad = [
        site.serve("/news/1", b"\xff<p>", content_type="text/html; charset=undefined"),
        site.serve("/news/2", '{"source": "Doosra"}', content_type="application/json"),
        site.serve("/news/3", '{"reason": "x"}', content_type="application/vnd.mulaqat.failure+json"),
        site.serve("/news/4", "", status=302, headers={"Location": good[0]}),
        site.serve("/news/5", "<div>" * 20_000),
    ]
    own = serve(site, 6)
    links = "".join(f"<item><link>{url}</link></item>" for url in [*bad, "/news/&#xD800;", *own])
    site.serve("/rss", f"\n<rss><channel><pubDate>9999</pubDate>{links}")
    for run_key in ("first", "second"):
        results = run_poll(settings, run=RunContext(run_key, NOON))
    assert [len(result.problems) for result in results] == [2, 0]
    partitions = run_collect(settings, run_key=RUN_KEY, day=DAY, sources=["inbox"], include_pending=True)
    build(settings, partitions)
    assert query(settings, "select count(*) from core.article") == [(4,)]
    assert counts(settings, "Doosra")["stored_count"] == 3
    present_counts = counts(settings, "Present")
    assert (present_counts["discovered_count"], present_counts["stored_count"]) == (6, 1)
    assert present_counts["rejected_count"] == 5
    assert present_counts["reasons"]["bad_redirect"] == 1


def test_nothing_is_fetched_without_a_contact(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MULAQAT_CONTACT")
    done = run_mulaqat("poll")
    assert done.returncode == 1
    assert "MULAQAT_CONTACT is not set" in done.stderr
    with pytest.raises(BadSetting, match="MULAQAT_CONTACT"):
        run_collect(Settings.from_env(), run_key=RUN_KEY, day=DAY, inbox=[])


def test_sources_check_fetches_documents_and_shows_problems(settings: Settings, site: Site) -> None:
    site.serve("/rss", rss([(url, NOON) for url in serve(site, 1, 2)]))
    good = run_mulaqat("sources", "check", "--source", "present")
    assert good.returncode == 0, good.stderr
    assert "│ 2     │" in good.stdout
    site.serve("/rss", rss([]))
    bad = run_mulaqat("sources", "check", "--source", "present")
    assert bad.returncode == 1
    assert "it names no article" in " ".join(bad.stdout.split())
    assert run_mulaqat("sources", "check", "--offline").returncode == 0


def test_a_saved_page_is_printed_as_json(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "seven.html"
    file.write_text(article_page(7, NOON), encoding="utf-8")
    read = json.loads(run_mulaqat("extract", str(file), "--url", "https://a.example/7").stdout)
    assert (read["title"], read["published_at"]) == ("खबर संख्या 7", NOON.isoformat())
    assert (read["language"], read["author"], read["rejected"]) == ("hi", None, None)
    assert read["body"].count("\n") == 2
    assert read["methods"]["published_at"] == "meta"
    file.write_text("<html><body></body></html>", encoding="utf-8")
    empty = json.loads(run_mulaqat("extract", str(file)).stdout)
    assert (empty["title"], empty["rejected"]) == (None, "no_text")
