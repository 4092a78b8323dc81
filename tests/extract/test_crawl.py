"""A crawl stores every page once, in its partition, and loses none, however the site behaves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from etl.domain.days import IST
from etl.domain.raw import FAILURE_TYPE, RawRecord
from etl.extract.archive import list_partitions, read_partition
from etl.extract.crawl import Crawl, CrawlResult
from etl.extract.fetch import Fetcher, FetchLimits
from etl.extract.frontier import MAX_ATTEMPTS, Frontier
from etl.extract.sources import Source
from testkit.site import Site, article_page, open_site, rss, sitemap, sitemap_index

NOON = datetime(2023, 5, 5, 12, tzinfo=IST)
LIMITS = FetchLimits(2, 1, 2, 200_000, retry_count=1, retry_after_seconds=1, backoff_seconds=0.01)


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as served:
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


def source_of(site: Site, **fields: object) -> Source:
    known = {
        "name": "Namuna",
        "name_hi": "नमूना",
        "home_url": site.base,
        "domains": (site.host,),
        "language": "hi",
        "licence_note": "test",
        "archive_note": "test",
        "article_pattern": r"/news/",
        "crawl_delay_seconds": 0.0,
        "concurrency": 4,
    }
    return Source(**{**known, **fields})  # type: ignore[arg-type]


def poll(crawl: Crawl, *sources: Source) -> list[CrawlResult]:
    return crawl.poll(sources)


def archived(crawl: Crawl) -> dict[str, list[str]]:
    return {
        day: [record.uri.rpartition("/")[2] for record in read_partition(crawl.raw_dir, day)]
        for day in list_partitions(crawl.raw_dir)
    }


def record_of(crawl: Crawl, url: str) -> RawRecord:
    days = list_partitions(crawl.raw_dir)
    (found,) = (r for day in days for r in read_partition(crawl.raw_dir, day) if r.uri == url)
    return found


def serve_articles(site: Site, *numbers: int, published: datetime | None = NOON) -> list[str]:
    return [site.serve(f"/news/{n}", article_page(n, published), etag=f'"{n}"') for n in numbers]


def test_feeds_sitemaps_and_listings_are_read(crawl: Crawl, site: Site) -> None:
    one, two, three, four = serve_articles(site, 1, 2, 3, 4)
    feed = site.serve(
        "/rss", rss([(one, NOON), (site.url("/video/9"), NOON)]), content_type="application/rss+xml"
    )
    site.serve("/part.xml", sitemap([(two, NOON), (three, NOON)], is_news=True), content_type="text/xml")
    index = site.serve("/index.xml", sitemap_index([site.url("/part.xml")]), content_type="text/xml")
    listing = site.serve(
        "/world", f'<a href="/news/4">खबर</a><a href="{four}#comments">टिप्पणी</a><a href="/about">हम</a>'
    )
    (result,) = poll(crawl, source_of(site, feeds=(feed,), news_sitemaps=(index,), listings=(listing,)))
    assert result.outcome_counts == {"archived": 4}
    assert (result.found_count, result.problems, result.days) == (4, (), ("2023-05-05",))
    assert archived(crawl) == {"2023-05-05": ["1", "2", "3", "4"]}
    assert site.requested["/video/9"] == 0


def test_an_unchanged_index_does_not_hide_changes_of_its_sitemaps(crawl: Crawl, site: Site) -> None:
    one, two = serve_articles(site, 1, 2)
    part = site.serve("/part.xml", sitemap([(one, NOON)]), etag='"p1"')
    gone = site.url("/gone.xml")
    source = source_of(
        site, news_sitemaps=(site.serve("/index.xml", sitemap_index([gone, part]), etag='"i"'),)
    )
    (first,) = poll(crawl, source)
    assert (first.found_count, first.problems) == (1, (f"not_found: {gone}: 404",))
    site.serve("/part.xml", sitemap([(one, NOON), (two, NOON)]), etag='"p2"')
    (second,) = poll(replace(crawl, run_key="run-2"), source)
    assert (second.found_count, second.outcome_counts) == (1, {"archived": 1})


def test_of_a_very_long_index_both_ends_are_read_and_the_rest_is_listed(crawl: Crawl, site: Site) -> None:
    oldest, middle, newest = serve_articles(site, 1, 2, 3)
    empty = site.serve("/empty.xml", sitemap([]))
    parts = [site.serve(f"/{n}.xml", sitemap([(u, NOON)])) for n, u in enumerate((oldest, middle, newest))]
    filler = [f"{empty}?{n}" for n in range(60)]
    for url in filler:
        site.serve(url.removeprefix(site.base), sitemap([]))
    index = sitemap_index([parts[0], *filler[:30], parts[1], *filler[30:], parts[2]])
    (result,) = poll(crawl, source_of(site, news_sitemaps=(site.serve("/index.xml", index),)))
    assert archived(crawl) == {"2023-05-05": ["1", "3"]}
    assert f"{parts[1]}: left out, its index names 63" in result.problems
    assert len(result.problems) == 13


def test_a_page_is_filed_under_the_day_it_was_published(crawl: Crawl, site: Site) -> None:
    feed_dated = site.serve("/news/feed-dated", article_page(1, None))
    own = site.serve("/news/self-dated", article_page(2, NOON - timedelta(days=40)))
    none = site.serve("/news/undated", article_page(3, None))
    late = NOON - timedelta(hours=13)  # 23:00 of the day before
    feed = site.serve("/rss", rss([(feed_dated, late), (own, None), (none, None)]))
    poll(crawl, source_of(site, feeds=(feed,)))
    assert archived(crawl) == {
        "2023-03-26": ["self-dated"],
        "2023-05-04": ["feed-dated"],
        "2023-05-05": ["undated"],
    }


def test_an_unchanged_site_is_not_fetched_again(crawl: Crawl, site: Site) -> None:
    feed = site.serve("/rss", rss([(url, NOON) for url in serve_articles(site, 1, 2)]), etag='"f1"')
    source = source_of(site, feeds=(feed,))
    poll(crawl, source)
    fingerprint = list_partitions(crawl.raw_dir)
    (result,) = poll(replace(crawl, run_key="run-2"), source)
    assert (result.found_count, result.outcome_counts, result.days) == (0, {}, ())
    assert site.requested["/news/1"] == 1
    assert list_partitions(crawl.raw_dir) == fingerprint


def test_a_changed_article_is_stored_beside_its_first_version(crawl: Crawl, site: Site) -> None:
    (url,) = serve_articles(site, 1)
    source = source_of(site, news_sitemaps=(site.serve("/s.xml", sitemap([(url, NOON)])),))
    poll(crawl, source)
    later = NOON + timedelta(days=1)
    site.serve("/s.xml", sitemap([(url, later)]))
    (unchanged,) = poll(replace(crawl, run_key="run-2", now=later), source)
    assert unchanged.outcome_counts == {"not_modified": 1}
    site.serve("/news/1", article_page(77, NOON), etag='"changed"')
    site.serve("/s.xml", sitemap([(url, later + timedelta(hours=1))]))
    (changed,) = poll(replace(crawl, run_key="run-3", now=later), source)
    assert changed.outcome_counts == {"archived": 1}
    assert archived(crawl) == {"2023-05-05": ["1", "1"]}
    assert crawl.frontier.count_day("2023-05-05")[0].not_modified_count == 1


def test_a_url_that_cannot_be_fetched_is_stored_with_its_reason(crawl: Crawl, site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /news/secret\n")
    urls = [
        site.url("/news/gone"),
        site.serve("/news/secret", "x"),
        site.serve("/news/large", bytes(300_000)),
        site.serve("/news/away", "", status=302, headers={"Location": "http://10.1.2.3/"}),
        site.serve("/news/forbidden", "", status=403),
    ]
    feed = site.serve("/rss", rss([(url, NOON) for url in urls]))
    (result,) = poll(crawl, source_of(site, feeds=(feed,)))
    assert result.outcome_counts == {
        "not_found": 1,
        "robots_denied": 1,
        "too_large": 1,
        "address_refused": 1,
        "http_error": 1,
    }
    assert {r.content_type for r in read_partition(crawl.raw_dir, "2023-05-05")} == {FAILURE_TYPE}
    assert b'"not_found"' in record_of(crawl, urls[0]).payload


def test_a_transient_failure_is_retried_in_later_runs_and_then_given_up(crawl: Crawl, site: Site) -> None:
    down, recovers = site.serve("/news/down", "", status=500), site.serve("/news/back", "", status=503)
    source = source_of(site, feeds=(site.serve("/rss", rss([(down, NOON), (recovers, NOON)])),))
    for attempt in range(1, MAX_ATTEMPTS + 1):
        (result,) = poll(replace(crawl, run_key=f"run-{attempt}"), source)
        if attempt == 1:
            assert result.outcome_counts == {"pending": 2}
            assert crawl.frontier.count_day("2023-05-05")[0].pending_count == 2
            serve_articles(site, 5)
            site.routes["/news/back"] = site.routes["/news/5"]
    assert result.outcome_counts == {"unreachable": 1}
    assert sorted(archived(crawl)["2023-05-05"]) == ["back", "down"]
    assert crawl.frontier.count_day("2023-05-05")[0].pending_count == 0
    (after,) = poll(replace(crawl, run_key="after"), source)
    assert after.outcome_counts == {}


def test_a_source_that_fails_does_not_stop_the_others(crawl: Crawl, site: Site) -> None:
    with open_site("127.0.0.2") as other:
        broken = source_of(site, name="Tuta", feeds=(site.serve("/rss", "", status=500), site.url("/none")))
        (url,) = serve_articles(other, 1)
        fine = source_of(other, feeds=(other.serve("/rss", rss([(url, NOON)])),))
        results = poll(crawl, broken, fine)
    assert [result.outcome_counts for result in results] == [{}, {"archived": 1}]
    assert [problem.partition(":")[0] for problem in results[0].problems] == ["unreachable", "not_found"]


@pytest.mark.parametrize(
    "body",
    ["", "<rss>", "\x00\xff", "<html>no feed</html>", "<rss><channel><item></item></channel></rss>"],
)
def test_a_broken_feed_lists_nothing_and_stops_nothing(crawl: Crawl, site: Site, body: str) -> None:
    source = source_of(site, feeds=(site.serve("/rss", body),), news_sitemaps=(site.serve("/s.xml", body),))
    (result,) = poll(crawl, source)
    assert (result.found_count, result.outcome_counts) == (0, {})


def test_an_archive_lists_a_past_day(crawl: Crawl, site: Site) -> None:
    day = datetime(2021, 2, 14, 9, tzinfo=IST)
    own, undated = site.serve("/news/1", article_page(1, day)), site.serve("/news/2", article_page(2, None))
    other_day = site.serve("/news/3", article_page(3, None))
    site.serve("/2021/02/14.xml", sitemap([(own, day), (undated, None)]))
    site.serve("/2021/02/15.xml", sitemap([(other_day, None)]))
    source = source_of(site, sitemap_archive=site.url("/{year}/{month}/{day}.xml"))
    past = replace(crawl, now=datetime(2021, 2, 14, tzinfo=IST))
    (result,) = past.crawl_archives([source], "2021-02-14")
    assert result.outcome_counts == {"archived": 2}
    assert archived(crawl) == {"2021-02-14": ["1", "2"]}


def test_documents_that_list_articles_are_stored_too(crawl: Crawl, site: Site) -> None:
    (url,) = serve_articles(site, 1)
    poll(crawl, source_of(site, feeds=(site.serve("/rss", rss([(url, NOON)])),)))
    (document,) = read_partition(crawl.discovery_dir, "2023-05-05")
    assert (document.uri, b"<rss" in document.payload) == (site.url("/rss"), True)


def test_two_urls_of_one_page_count_once(crawl: Crawl, site: Site) -> None:
    (url,) = serve_articles(site, 1)
    feed = site.serve("/rss", rss([(f"{url}?utm_source=rss", NOON), (f"{url}#top", NOON), (url, NOON)]))
    (result,) = poll(crawl, source_of(site, feeds=(feed,)))
    assert (result.found_count, result.outcome_counts) == (1, {"not_found": 1})


def test_the_charset_of_a_page_survives_the_archive(crawl: Crawl, site: Site) -> None:
    page = article_page(1, None).encode("utf-16")
    url = site.serve("/news/1", page, content_type="text/html; charset=utf-16")
    poll(crawl, source_of(site, feeds=(site.serve("/rss", rss([(url, NOON)])),)))
    record = record_of(crawl, url)
    assert (record.content_type, record.payload) == ("text/html; charset=utf-16", page)
