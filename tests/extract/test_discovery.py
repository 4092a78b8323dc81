"""Discovery lists the article URLs of a source without storing anything."""

from datetime import datetime

from etl.domain.days import IST
from etl.errors import FetchFailed
from etl.extract.discovery import discover_current, discover_day
from etl.extract.fetch import Page
from etl.extract.sources import Source
from testkit.site import rss, sitemap, sitemap_index

BASE = "https://namuna.example"
NOON = datetime(2023, 5, 5, 12, tzinfo=IST)
SOURCE = Source(
    "Namuna",
    "नमूना",
    BASE,
    ("namuna.example",),
    "hi",
    licence_note="test",
    archive_note="test",
    feeds=(f"{BASE}/rss", f"{BASE}/gone"),
    news_sitemaps=(f"{BASE}/index.xml",),
    sitemap_archive=f"{BASE}/{{year}}-{{month}}-{{day}}.xml",
    listings=(f"{BASE}/world",),
    article_pattern="/news/",
)
DOCUMENTS = {
    "/rss": rss([(f"{BASE}/news/1", NOON), (f"{BASE}/video/1", NOON)]),
    "/index.xml": sitemap_index([f"{BASE}/part.xml", f"{BASE}/missing.xml"]),
    "/part.xml": sitemap([(f"{BASE}/news/2", NOON)]),
    "/world": '<a href="/news/3">खबर</a><a href="/about">हम</a>',
    "/2023-05-05.xml": sitemap(
        [(f"{BASE}/news/4", NOON), (f"{BASE}/news/5", NOON.replace(day=4))], is_news=True
    ),
}


def fetch(url: str) -> Page:
    body = DOCUMENTS.get(url.removeprefix(BASE))
    if body is None:
        raise FetchFailed("not_found", url)
    return Page(url, (), body.encode())


def test_each_document_lists_its_articles_or_has_a_problem() -> None:
    found = {
        discovery.document_url: [url.url for url in discovery.urls]
        for discovery in discover_current(SOURCE, fetch, None)
    }
    assert found == {
        f"{BASE}/rss": [f"{BASE}/news/1"],
        f"{BASE}/gone": [],
        f"{BASE}/index.xml": [f"{BASE}/news/2"],
        f"{BASE}/world": [f"{BASE}/news/3"],
    }
    problems = {
        discovery.document_url: discovery.problems
        for discovery in discover_current(SOURCE, fetch, None)
        if discovery.problems
    }
    assert problems == {
        f"{BASE}/gone": (f"not_found: {BASE}/gone",),
        f"{BASE}/index.xml": (f"not_found: {BASE}/missing.xml",),
    }


def test_an_index_is_listed_with_its_sitemaps() -> None:
    (index,) = (
        found for found in discover_current(SOURCE, fetch, None) if found.document_url.endswith("index.xml")
    )
    assert [url for url, _ in index.pages] == [f"{BASE}/index.xml", f"{BASE}/part.xml"]
    assert index.reread_urls == {f"{BASE}/index.xml"}


def test_the_archive_of_a_day_lists_only_its_articles() -> None:
    (discovery,) = discover_day(SOURCE, "2023-05-05", fetch, None)
    assert [url.url for url in discovery.urls] == [f"{BASE}/news/4"]


def test_a_document_that_is_not_modified_lists_nothing() -> None:
    for discovery in discover_current(SOURCE, lambda _: None, None):
        assert (discovery.urls, discovery.pages, discovery.problems) == ((), (), ())
