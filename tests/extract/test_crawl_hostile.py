"""Nothing that one publisher sends stops a crawl: the rest is stored, the fault is counted, and the next run works."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.domain.days import IST
from etl.domain.raw import RawRecord
from etl.domain.urls import MAX_URL_CHARS
from etl.extract import article_fetch
from etl.extract import crawl as crawl_module
from etl.extract.archive import add_records, list_partitions, read_partition
from etl.extract.article_fetch import FINAL_URL_HEADER
from etl.extract.crawl import Crawl, CrawlResult
from etl.extract.discovered import DiscoveredUrl
from etl.extract.fetch import Fetcher, FetchLimits
from etl.extract.frontier import Frontier
from etl.extract.sources import Source
from testkit.site import Site, article_page, open_site, rss, sitemap

NOON = datetime(2023, 5, 5, 12, tzinfo=IST)
DAY = "2023-05-05"
LIMITS = FetchLimits(2, 1, 2, 200_000, retry_count=0, retry_after_seconds=1, backoff_seconds=0.01)


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as served:
        yield served


@pytest.fixture
def other() -> Iterator[Site]:
    with open_site("127.0.0.2") as served:
        yield served


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    return Crawl(
        fetcher=Fetcher("mailto:desk@example.org", LIMITS, allow_loopback=True),
        frontier=Frontier(tmp_path / "frontier.sqlite"),
        raw_dir=tmp_path / "raw",
        discovery_dir=tmp_path / "discovery",
        now=NOON,
        run_key="run-1",
    )


def source_of(site: Site, name: str = "Namuna", **fields: Any) -> Source:
    known = {
        "feeds": (site.url("/rss"),),
        "article_pattern": "/news/",
        "crawl_delay_seconds": 0.0,
        "concurrency": 4,
    }
    return Source(
        name,
        "नमूना",
        site.base,
        (site.host,),
        "hi",
        licence_note="test",
        archive_note="test",
        **{**known, **fields},
    )


def serve_feed(site: Site, *urls: str, **answer: Any) -> None:
    site.serve("/rss", rss([(url, None) for url in urls]), **answer)


def serve_article(site: Site, number: int) -> str:
    return site.serve(f"/news/{number}", article_page(number, NOON))


def poll(crawl: Crawl, *sources: Source) -> list[CrawlResult]:
    return crawl.poll(sources)


def poll_again(crawl: Crawl, *sources: Source) -> list[CrawlResult]:
    return replace(crawl, run_key="run-2").poll(sources)


def records(crawl: Crawl) -> dict[str, RawRecord]:
    days = list_partitions(crawl.raw_dir)
    return {record.uri: record for day in days for record in read_partition(crawl.raw_dir, day)}


@pytest.mark.parametrize(
    "charset", ["undefined", "hex", "zlib", "base64", "idna", "punycode", "rot_13", "x" * 5_000]
)
@pytest.mark.parametrize("place", ["header", "meta"])
def test_a_page_in_a_charset_that_does_not_exist_is_archived(
    crawl: Crawl, site: Site, charset: str, place: str
) -> None:
    text = f'<meta charset="{charset}"><h1>खबर</h1>' if place == "meta" else "<h1>खबर</h1>"
    content_type = f"text/html; charset={charset}" if place == "header" else "text/html"
    bad = site.serve("/news/0", text.encode("utf-16-le"), content_type=content_type)
    good = serve_article(site, 1)
    serve_feed(site, bad, good)
    (result,) = poll(crawl, source_of(site))
    assert (result.outcome_counts, result.problems) == ({"archived": 2}, ())
    assert records(crawl).keys() == {bad, good}
    assert records(crawl)[bad].partition_day == DAY
    (again,) = poll_again(crawl, source_of(site))
    assert (again.found_count, again.outcome_counts) == (0, {})


@pytest.mark.parametrize(
    "error", [RecursionError("deep"), MemoryError(), UnicodeError("कूट"), OverflowError()]
)
def test_a_page_whose_day_cannot_be_read_is_archived_under_the_day_of_its_url(
    crawl: Crawl, site: Site, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(article_fetch, "find_published", fail)
    url = serve_article(site, 1)
    serve_feed(site, url)
    (result,) = poll(crawl, source_of(site))
    assert result.outcome_counts == {"archived": 1}
    assert records(crawl)[url].partition_day == DAY


@pytest.mark.parametrize(
    "published",
    [datetime(2066, 1, 1, tzinfo=IST), datetime(9999, 12, 31, 23, tzinfo=UTC), datetime(1, 1, 1, tzinfo=IST)],
)
def test_an_impossible_day_of_a_page_or_feed_is_unknown(
    crawl: Crawl, site: Site, published: datetime
) -> None:
    dated = site.serve("/news/1", article_page(1, published))
    listed = site.serve("/news/2", article_page(2, None))
    news = site.serve("/s.xml", sitemap([(listed, published)], is_news=True))
    serve_feed(site, dated)
    (result,) = poll(crawl, source_of(site, news_sitemaps=(news,)))
    assert result.days == (DAY,)
    assert {record.partition_day for record in records(crawl).values()} == {DAY}


def test_a_collection_of_a_past_day_keeps_later_days(crawl: Crawl, site: Site) -> None:
    url = site.serve("/news/1", article_page(1, NOON - timedelta(days=20)))
    past = replace(crawl, default_day="2023-01-01")
    result = past.fetch_urls(source_of(site), [url, serve_article(site, 2), site.serve("/news/3", "<p>खबर")])
    assert result.days == ("2023-01-01", "2023-04-15", DAY)


@pytest.mark.parametrize(
    "damaged",
    [
        "<item><link>{0}/news/&#xD800;</link></item>",
        "<item><link>{0}/news/&#0;</link></item>",
        "<item><link>{0}/news/\x0b</link></item>",
        "<item><link>{0}/news/" + "a" * MAX_URL_CHARS + "</link></item>",
    ],
)
def test_a_damaged_url_of_a_feed_is_refused_and_counted(crawl: Crawl, site: Site, damaged: str) -> None:
    good = serve_article(site, 1)
    site.serve("/rss", f"<rss>{damaged.format(site.base)}<item><link>{good}</link></item></rss>")
    for result in (*poll(crawl, source_of(site)), *poll_again(crawl, source_of(site))):
        (problem,) = result.problems
        assert problem.startswith(f"bad_url: {site.url('/rss')}: 1 URLs were refused, the first is ")
        assert len(problem) < 400
    assert records(crawl).keys() == {good}


@pytest.mark.parametrize(
    "text",
    ["http://[", "https://a.example/\r\nX: 1", "https://a.example/\ud800", f"https://{'a' * 3_000}.example/"],
)
def test_each_listed_url_is_answered_for(crawl: Crawl, site: Site, text: str) -> None:
    good = serve_article(site, 1)
    for run in (crawl, replace(crawl, run_key="run-2")):
        run.fetch_urls(source_of(site), [text, good])
    failures = [record for record in records(crawl).values() if record.kind == "failure"]
    assert len(failures) == 1
    assert (failures[0].partition_day, b'"bad_url"' in failures[0].payload) == (DAY, True)
    assert good in records(crawl)


@pytest.mark.parametrize("document", ["", "<html>", "<rss><item>", "\x00"])
def test_a_document_that_could_not_be_read_is_read_again(crawl: Crawl, site: Site, document: str) -> None:
    site.serve("/rss", document, etag='"same"')
    source = source_of(site)
    (broken,) = poll(crawl, source)
    assert [problem.partition(":")[0] for problem in broken.problems] == ["unreadable"]
    serve_feed(site, serve_article(site, 1), etag='"same"')
    (mended,) = poll_again(crawl, source)
    assert (mended.problems, mended.outcome_counts) == ((), {"archived": 1})


def test_an_error_in_one_document_leaves_the_other_documents_alone(
    crawl: Crawl, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(folder: Path, added: list[RawRecord]) -> dict[str, int]:
        if any(record.uri.endswith("/bad") for record in added):
            raise ValueError("no such character")
        return add_records(folder, added)

    monkeypatch.setattr(crawl_module, "add_records", add)
    one, two = serve_article(site, 1), serve_article(site, 2)
    site.serve("/bad", rss([(one, None)]), etag='"b"')
    site.serve("/good", rss([(two, None)]), etag='"g"')
    source = source_of(site, feeds=(site.url("/bad"), site.url("/good")))
    (result,) = poll(crawl, source)
    assert result.problems == (f"unreadable: {site.url('/bad')}: ValueError: no such character",)
    assert result.outcome_counts == {"archived": 2}
    assert crawl.frontier.read_validators(site.url("/bad")) == (None, None)


@pytest.mark.parametrize("error", [RuntimeError("x"), KeyError("url"), RecursionError()])
def test_an_error_of_one_source_leaves_the_others_alone(
    crawl: Crawl, site: Site, other: Site, error: Exception
) -> None:
    class Broken(Source):
        @property
        def politeness(self) -> Any:
            raise error

    broken = Broken(**{name: getattr(source_of(site), name) for name in Source.__dataclass_fields__})
    serve_feed(other, serve_article(other, 1))
    failed, fine = poll(crawl, broken, source_of(other, "Doosra"))
    assert failed.problems[0].startswith(f"unreadable: {site.url('/rss')}: {type(error).__name__}")
    assert fine.outcome_counts == {"archived": 1}


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), sqlite3.OperationalError("disk is full")]
)
def test_an_error_of_this_machine_ends_the_crawl_after_the_other_sources(
    crawl: Crawl, site: Site, other: Site, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def add(folder: Path, added: list[RawRecord]) -> dict[str, int]:
        if any(record.source_name == "Namuna" for record in added):
            raise error
        return add_records(folder, added)

    monkeypatch.setattr(crawl_module, "add_records", add)
    serve_feed(site, serve_article(site, 1))
    url = serve_article(other, 1)
    serve_feed(other, url)
    with pytest.raises(type(error)):
        poll(crawl, source_of(site), source_of(other, "Doosra"))
    assert records(crawl).keys() == {url}


def test_a_record_that_the_archive_refuses_becomes_a_rejection(
    crawl: Crawl, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(folder: Path, added: list[RawRecord]) -> dict[str, int]:
        if any(record.kind == "page" and record.uri.endswith("/2") for record in added):
            raise ValueError("refused")
        return add_records(folder, added)

    monkeypatch.setattr(crawl_module, "add_records", add)
    serve_feed(site, *(serve_article(site, number) for number in (1, 2, 3)))
    (result,) = poll(crawl, source_of(site))
    assert result.outcome_counts == {"archived": 2, "unreadable": 1}
    assert b"ValueError: refused" in records(crawl)[site.url("/news/2")].payload
    (again,) = poll_again(crawl, source_of(site))
    assert again.outcome_counts == {}


def test_an_unexpected_error_of_a_fetch_rejects_that_url(
    crawl: Crawl, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = Fetcher.fetch

    def fail(self: Fetcher, url: str, *rest: Any, **options: Any) -> Any:
        if url.endswith("/1"):
            raise LookupError("unknown encoding")
        return fetch(self, url, *rest, **options)

    monkeypatch.setattr(Fetcher, "fetch", fail)
    serve_feed(site, serve_article(site, 1), serve_article(site, 2))
    (result,) = poll(crawl, source_of(site))
    assert result.outcome_counts == {"unreadable": 1, "archived": 1}


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_to_another_publisher_is_a_failure(
    crawl: Crawl, site: Site, other: Site, status: int
) -> None:
    target = serve_article(other, 1)
    url = site.serve("/news/1", "", status=status, headers={"Location": target})
    serve_feed(site, url)
    (result,) = poll(crawl, source_of(site))
    assert result.outcome_counts == {"bad_redirect": 1}
    assert target.encode() in records(crawl)[url].payload


def test_a_redirect_within_a_publisher_keeps_the_final_url(crawl: Crawl, site: Site, other: Site) -> None:
    target = serve_article(other, 1)
    away = site.serve("/news/1", "", status=302, headers={"Location": target})
    within = site.serve("/news/2", "", status=302, headers={"Location": "/news/3"})
    serve_article(site, 3)
    serve_feed(site, away, within)
    both = replace(source_of(site), domains=(site.host, other.host))
    (result,) = poll(crawl, both)
    assert result.outcome_counts == {"archived": 2}
    found = {uri: dict(record.http_headers).get(FINAL_URL_HEADER) for uri, record in records(crawl).items()}
    assert found == {away: target, within: site.url("/news/3")}


@pytest.mark.parametrize(
    "content_type", ["application/vnd.mulaqat.failure+json", "application/json", "image/png"]
)
def test_the_media_type_of_a_server_does_not_decide_what_a_record_is(
    crawl: Crawl, site: Site, content_type: str
) -> None:
    url = site.serve("/news/1", '{"reason": "not_found"}', content_type=content_type)
    serve_feed(site, url)
    poll(crawl, source_of(site))
    assert records(crawl)[url].kind == "page"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://[",
        "http://a.example/\x00",
        "http://a.example/\n",
        "http://a.example/\x85",
        "http://a.example/\u2028",
        "http://a.example/\ud800",
        "http://a.example/\ufffd",
        "x" * (MAX_URL_CHARS + 1),
    ],
)
def test_the_frontier_refuses_what_is_not_a_usable_url(tmp_path: Path, text: str) -> None:
    frontier = Frontier(tmp_path / "frontier.sqlite")
    start = "https://a.example/"
    longest = start + "a" * (MAX_URL_CHARS - len(start))
    added = frontier.add_urls("namuna", [DiscoveredUrl(text), DiscoveredUrl(longest)], DAY)
    assert (added.new_count, added.refused) == (1, (text,))
    assert [row.fetch_url for row in frontier.list_pending("namuna", "run", 9)] == [longest]
