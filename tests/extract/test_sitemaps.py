"""Sitemaps are read entry by entry and within one budget; what cannot be read is named in a problem."""

import gzip
from collections.abc import Callable
from datetime import date, datetime

import pytest

from etl.domain.days import IST
from etl.errors import FetchFailed
from etl.extract.discovered import DocumentContents
from etl.extract.fetch import Page
from etl.extract.sitemaps import SitemapLimits, read_sitemap
from testkit.site import gzip_bomb, sitemap, sitemap_index

BASE = "https://namuna.example"
ROOT = f"{BASE}/sitemap.xml"
LATEST = date(2023, 5, 7)
NOON = datetime(2023, 5, 5, 12, tzinfo=IST)
FIRST, SECOND, LAST = (f"{BASE}/news/{number}" for number in (1, 2, 99))
SMALL = SitemapLimits(
    children=6, documents=10, document_bytes=100_000, total_bytes=150_000, entries=50, urls=100
)


def read(documents: dict[str, str | bytes], limits: SitemapLimits = SMALL) -> DocumentContents:
    def fetch(url: str) -> Page:
        if url not in documents:
            raise FetchFailed("not_found", f"{url}: 404")
        body = documents[url]
        return Page(url, (), body.encode() if isinstance(body, str) else body)

    return read_sitemap(ROOT, fetch, LATEST, limits)


def urls(contents: DocumentContents) -> list[str]:
    return [found.url for found in contents.urls]


def entry(url: str, more: str = "") -> str:
    return f"<url><loc>{url}</loc>{more}</url>"


def urlset(*entries: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(entries)}</urlset>'


@pytest.mark.parametrize(
    "body",
    [
        "\n" + urlset(entry(FIRST)),
        " \r\n\t" + urlset(entry(FIRST)),
        "\ufeff\n" + urlset(entry(FIRST)),
        "<br>\n" + urlset(entry(FIRST)),
        urlset(entry(FIRST), head="<!-- बना: 5 मई -->"),
        urlset(entry(FIRST), head='<!DOCTYPE urlset SYSTEM "file:///etc/passwd">'),
        urlset(entry(FIRST), head='<?xml version="1.0" encoding="undefined"?>'),
        urlset(f"<!-- {entry(LAST)} -->", entry(FIRST)),
        urlset(f"<URL><LOC>{FIRST}</LOC></URL>"),
        f"<urlset>{entry(FIRST)}</urlset>",
        f"<s:urlset xmlns:s='x'><s:url><s:loc>{FIRST}</s:loc></s:url></s:urlset>",
        urlset(entry(f"\n {FIRST} \n")),
        urlset(entry(f"<![CDATA[{FIRST}]]>")),
        urlset(entry(FIRST, "<image:image><image:loc>https://i.example/1.jpg</image:loc></image:image>")),
        urlset(entry(FIRST)).encode("utf-16"),
        gzip.compress(urlset(entry(FIRST)).encode()),
        f"{FIRST}\n",
    ],
)
def test_forms_and_beginnings_of_sitemaps(body: str | bytes) -> None:
    contents = read({ROOT: body})
    assert (urls(contents), contents.problems, contents.reread_urls) == ([FIRST], (), frozenset())


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (f"{FIRST}?a=1&b=2", f"{FIRST}?a=1&b=2"),
        (f"{FIRST}?a=1&amp;b=2", f"{FIRST}?a=1&b=2"),
        (f"{FIRST}?a=1&amp;amp;b=2", f"{FIRST}?a=1&b=2"),
        (f"{FIRST}?a=1&copy=2&lt=3", f"{FIRST}?a=1&copy=2&lt=3"),
        (f"{FIRST}?&", f"{FIRST}?&"),
        ("/news/1", FIRST),
    ],
)
def test_a_bare_ampersand_costs_nothing(text: str, url: str) -> None:
    contents = read({ROOT: urlset(entry(text), entry(LAST))})
    assert (urls(contents), contents.problems) == ([url, LAST], ())


@pytest.mark.parametrize(
    "more",
    [
        "<news:news><news:title>सड़क & पानी</news:title></news:news>",
        "<news:news><news:title></news:title></news:news>",
        "<image:title>&nbsp;&foo;</image:title>",
        "<lastmod></lastmod>",
        "<lastmod>99999999999999999</lastmod>",
        "<lastmod>&#xD800;</lastmod>",
        "<priority>बहुत",
        "<a>" * 5_000,
        "<![CDATA[",
        "<!--",
        "</urlset>",
    ],
)
def test_damage_inside_an_entry_stays_inside_it(more: str) -> None:
    contents = read({ROOT: urlset(entry(FIRST), entry(SECOND, more), entry(LAST))})
    assert (urls(contents), contents.problems) == ([FIRST, SECOND, LAST], ())


@pytest.mark.parametrize("damaged", [entry(""), "<url/>", "<url></url>", entry("http://["), "<url><loc"])
def test_an_entry_without_a_url_is_counted(damaged: str) -> None:
    contents = read({ROOT: urlset(entry(FIRST), damaged, entry(LAST))})
    assert urls(contents) == [FIRST, LAST]
    assert contents.problems == (f"unreadable: {ROOT}: 1 of 3 entries have no URL",)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-05-05T12:00:00+05:30", NOON),
        ("2023-05-05T12:00", NOON),
        ("05-05-2023 12:00 PM", NOON),
        ("5 मई 2023 12:00 बजे", NOON),
        ("9999-12-31T23:59:59Z", None),
        ("2023-05-08", None),
        ("0000-00-00", None),
    ],
)
def test_times_are_read_as_in_india_or_unknown(text: str, moment: datetime | None) -> None:
    news = f"<news:news><news:publication_date>{text}</news:publication_date></news:news>"
    (found,) = read({ROOT: urlset(entry(FIRST, f"<lastmod>{text}</lastmod>{news}"))}).urls
    assert (found.published_at, found.modified_at) == (moment, moment)


@pytest.mark.parametrize("body", ["", "\n", "<html><p>404</p></html>", '{"urls": []}', "\x00", "खबर"])
def test_what_is_not_a_sitemap_is_named(body: str) -> None:
    contents = read({ROOT: body})
    problem = f"unreadable: {ROOT}: neither a sitemap nor a feed"
    assert contents == DocumentContents((), frozenset([ROOT]), (problem,))


@pytest.mark.parametrize("body", [b"\x1f\x8bnot gzip", gzip.compress(b"<urlset>" * 99)[:-60], b"\x1f\x8b"])
def test_a_damaged_gzip_file_is_named(body: bytes) -> None:
    contents = read({ROOT: body})
    assert (contents.urls, contents.reread_urls) == ((), {ROOT})
    assert contents.problems[0].startswith(f"unreadable: {ROOT}: ")


@pytest.mark.parametrize("cut", [len("</urlset>"), 20, 35])
def test_a_sitemap_that_ends_early_is_named_and_its_last_url_is_not_cut_short(cut: int) -> None:
    contents = read({ROOT: urlset(entry(FIRST), entry(LAST))[:-cut]})
    assert urls(contents) in ([FIRST], [FIRST, LAST])
    assert contents.reread_urls == {ROOT}
    assert contents.problems == (
        f"unreadable: {ROOT}: the document ends early; {len(contents.urls)} entries were read",
    )


def test_a_broken_sitemap_of_an_index_is_named_and_the_others_are_read() -> None:
    parts = {
        f"{BASE}/{name}.xml": body for name, body in {"a": "<html>", "b": "\n" + urlset(entry(FIRST))}.items()
    }
    contents = read({ROOT: sitemap_index([*parts, f"{BASE}/gone.xml"]), **parts})
    assert urls(contents) == [FIRST]
    assert contents.problems == (
        f"unreadable: {BASE}/a.xml: neither a sitemap nor a feed",
        f"not_found: {BASE}/gone.xml: 404",
    )
    assert contents.reread_urls == {ROOT, f"{BASE}/a.xml"}


def test_a_sitemap_that_cannot_be_fetched_fails() -> None:
    with pytest.raises(FetchFailed, match="404"):
        read({})


def test_a_feed_can_stand_in_for_a_sitemap() -> None:
    assert urls(read({ROOT: f"<rss><channel><item><link>{FIRST}</link></item></channel></rss>"})) == [FIRST]


def nested(url: str) -> str:
    return sitemap_index([f"{url}/{number}" for number in range(5)])


def cyclic(_: str) -> str:
    return sitemap_index([ROOT, f"{BASE}/other.xml", ROOT])


def large(url: str) -> str:
    return nested(url) + " " * 60_000


def full(url: str) -> str:
    if url == ROOT:
        return nested(url)
    return sitemap([(f"{url}/news/{number}", None) for number in range(50)])


@pytest.mark.parametrize(
    ("answer", "fetched", "problem"),
    [
        (nested, 10, "41 sitemaps left out"),
        (cyclic, 2, None),
        (large, 3, "13 sitemaps left out"),
        (full, 3, "3 sitemaps left out"),
    ],
)
def test_all_documents_of_an_index_share_one_budget(
    answer: Callable[[str], str], fetched: int, problem: str | None
) -> None:
    requested: list[str] = []

    def fetch(url: str) -> Page:
        requested.append(url)
        return Page(url, (), answer(url).encode())

    contents = read_sitemap(ROOT, fetch, LATEST, SMALL)
    assert len(requested) == len(set(requested)) == fetched
    expected = (f"too_large: {ROOT}: {problem}, its budget is spent",) if problem else ()
    assert contents.problems == expected


@pytest.mark.parametrize("body", [gzip_bomb(100_001), gzip_bomb(50_000_000), gzip_bomb(500_000_000)])
def test_a_gzip_bomb_stops_at_the_limit(body: bytes) -> None:
    contents = read(
        {
            ROOT: sitemap_index([f"{BASE}/bomb.gz", f"{BASE}/b"]),
            f"{BASE}/bomb.gz": body,
            f"{BASE}/b": urlset(entry(FIRST)),
        }
    )
    assert urls(contents) == [FIRST]
    assert contents.problems == (f"too_large: {BASE}/bomb.gz: more than 100000 bytes after decompression",)


def test_entities_are_not_expanded() -> None:
    head = (
        '<!DOCTYPE urlset [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    )
    assert urls(read({ROOT: urlset(entry(f"{FIRST}?&b;&c;"), head=head)})) == [f"{FIRST}?&b;&c;"]


def test_of_a_very_long_index_the_first_sitemaps_left_out_are_named_and_the_rest_counted() -> None:
    contents = read({ROOT: sitemap_index([f"{BASE}/{number}.xml" for number in range(46)])})
    left_out = [problem for problem in contents.problems if "left out" in problem]
    assert len(left_out) == 21
    assert left_out[0] == f"{BASE}/3.xml: left out, its index names 46"
    assert left_out[-1] == "20 more sitemaps left out"


def test_a_sitemap_of_too_many_entries_is_read_to_the_limit() -> None:
    contents = read({ROOT: urlset(*(entry(f"/news/{number}") for number in range(60)))})
    assert len(contents.urls) == 50
    assert contents.problems == (f"too_long: {ROOT}: 10 entries after the first 50 were left out",)
