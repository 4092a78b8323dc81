"""Feeds are read entry by entry: each kind of damage costs only its own entry, and each date is read as in India."""

from datetime import date, datetime, timedelta

import pytest

from etl.domain.days import IST
from etl.extract.discovered import DocumentContents
from etl.extract.feeds import read_feed
from etl.extract.fetch import Page

BASE = "https://namuna.example"
LATEST = date(2023, 5, 7)
NOON = datetime(2023, 5, 5, 12, tzinfo=IST)
MIDNIGHT = datetime(2023, 5, 5, tzinfo=IST)
LATE = datetime(2023, 5, 5, 23, tzinfo=IST)
FIRST, LAST = f"{BASE}/news/1", f"{BASE}/news/99"


def read(body: str | bytes, content_type: str = "application/rss+xml") -> DocumentContents:
    payload = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return read_feed(Page(f"{BASE}/rss", (("Content-Type", content_type),), payload), LATEST)


def item(link: str, date_text: str = "", more: str = "") -> str:
    published = f"<pubDate>{date_text}</pubDate>" if date_text else ""
    return f"<item><title>खबर</title><link>{link}</link>{published}{more}</item>"


def feed(*items: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>नमूना</title>{"".join(items)}</channel></rss>'


def urls(contents: DocumentContents) -> list[str]:
    return [found.url for found in contents.urls]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Fri, 05 May 2023 06:30:00 GMT", NOON),
        ("Fri, 05 May 2023 12:00:00 +0530", NOON),
        ("Fri, 05 May 2023 12:00:00", NOON),
        ("Fri, 05 May 2023 12:00:00 IST", NOON),
        ("2023-05-05T06:30:00Z", NOON),
        ("2023-05-05 12:00", NOON),
        ("05-05-2023 11:00 PM", LATE),
        ("05/05/2023 11:00 pm", LATE),
        ("05-05-2023", MIDNIGHT),
        ("13-02-2023", datetime(2023, 2, 13, tzinfo=IST)),
        ("2023/5/5", MIDNIGHT),
        ("2023/5/5 11:00 PM", LATE),
        ("2023/05/05 12:00", NOON),
        ("5 मई 2023, 12:00 बजे", NOON),
        ("5 मई 2023", MIDNIGHT),
        ("05 मई, 2023 रात 11:00 बजे", LATE),
        ("शुक्रवार, 05 May 2023 12:00:00 +0530", NOON),
        ("Fri, 05 मई 2023 12:00:00 +0530", NOON),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("9999-12-31T23:59:59Z", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("0001-01-01T00:00:00Z", None),
        ("Mon, 01 Jan 0001 00:00:00 GMT", None),
        ("01-01-0001 00:00", None),
        ("2262-04-11T23:47:16Z", None),
        ("Mon, 08 May 2023 00:00:01 +0530", None),
        ("2066-01-01", None),
        ("Fri, 31 Feb 2023 12:00:00 GMT", None),
        ("कल शाम", None),
        ("9" * 10_000, None),
        ("-" * 10_000, None),
    ],
)
def test_a_time_is_read_as_in_india_or_is_unknown(text: str, moment: datetime | None) -> None:
    (found,) = read(feed(item(FIRST, text))).urls
    assert found.published_at == moment


def test_the_last_acceptable_day_is_two_days_ahead() -> None:
    (found,) = read(feed(item(FIRST, "Sun, 07 May 2023 23:59:59 +0530"))).urls
    assert found.published_at == datetime(2023, 5, 7, 23, 59, 59, tzinfo=IST)


@pytest.mark.parametrize(
    "damaged",
    [
        item(""),
        item("  "),
        "<item></item>",
        "<item/>",
        "<item><title>बिना पते की खबर</title></item>",
        "<item><link",
        "<item><title>न बंद हुआ<link>https://namuna.example/news/2</link></item>",
        '<item><guid isPermaLink="false">https://namuna.example/news/2</guid></item>',
        item("http://["),
    ],
)
def test_an_entry_without_a_url_is_counted_and_the_others_are_read(damaged: str) -> None:
    contents = read(feed(item(FIRST), damaged, item(LAST)))
    assert urls(contents) == [FIRST, LAST]
    assert contents.problems == (f"unreadable: {BASE}/rss: 1 of 3 entries have no URL",)


@pytest.mark.parametrize(
    "damaged",
    [
        "/news/&#xD800;",
        "/news/&#55296;x",
        "/news/&#xdfff;",
        "/news/&#x110000;",
        "/news/&#1114112;",
        f"/news/&#{'9' * 5000};",
        "/news/&#0;",
        "/news/&#x1f;",
        "/news/\x0b",
        "/news/\ufffe",
    ],
)
def test_a_character_that_does_not_exist_marks_the_url_and_nothing_else(damaged: str) -> None:
    assert [
        url.replace("\ufffd", "?") for url in urls(read(feed(item(FIRST), item(damaged), item(LAST))))
    ] in (
        [FIRST, f"{BASE}/news/?", LAST],
        [FIRST, f"{BASE}/news/?x", LAST],
    )


@pytest.mark.parametrize(
    "more",
    [
        "<description>&nbsp;सड़क & पानी &foo; &",
        "<description><![CDATA[कभी बंद नहीं हुआ",
        "<description><!-- कभी बंद नहीं हुआ",
        "<description><![CDATA[<item><link>x</link>]]>",
        "</channel>",
        "<a b='",
        "<a>" * 5_000,
        "<x:y z:w='1'/>",
        '<link rel="self" href="/self"/>',
        "<atom:link rel='replies' href='/replies'/>",
    ],
)
def test_damage_inside_an_entry_stays_inside_it(more: str) -> None:
    items = item(FIRST), f"<item><link>/news/2</link>{more}</item>", item(LAST)
    assert urls(read(feed(*items))) == [FIRST, f"{BASE}/news/2", LAST]


@pytest.mark.parametrize("base", ["http://[", "", "javascript:"])
def test_a_bad_base_of_one_entry_does_not_move_the_others(base: str) -> None:
    items = f'<item xml:base="{base}"><link>/news/2</link></item>', item("/news/3")
    assert urls(read(feed(*items))) == [f"{BASE}/news/2", f"{BASE}/news/3"]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://namuna.example/?a=1&amp;b=2", "https://namuna.example/?a=1&b=2"),
        ("https://namuna.example/?a=1&b=2", "https://namuna.example/?a=1&b=2"),
        ("https://namuna.example/?a=1&amp;amp;b=2", "https://namuna.example/?a=1&b=2"),
        ("https://namuna.example/?a=1&copy=2", "https://namuna.example/?a=1&copy=2"),
        ("<![CDATA[https://namuna.example/?a=1&b=2]]>", "https://namuna.example/?a=1&b=2"),
        ("\n  /news/2\n ", "https://namuna.example/news/2"),
        ("/खबर/&#2360;", "https://namuna.example/खबर/स"),
    ],
)
def test_a_link_is_the_same_however_it_is_written(text: str, url: str) -> None:
    assert urls(read(feed(item(text)))) == [url]


@pytest.mark.parametrize(
    "body",
    [
        "\n\n" + feed(item(FIRST)),
        "\ufeff" + feed(item(FIRST)),
        "<!-- नया -->" + feed(item(FIRST), head=""),
        feed(item(FIRST), head='<?xml version="1.0" encoding="zlib"?>'),
        feed(item(FIRST), head='<!DOCTYPE rss [<!ENTITY a "b">]>'),
        feed(f"<!-- {item(LAST)} -->", item(FIRST)),
        feed(f"<ITEM><LINK>{FIRST}</LINK></ITEM>"),
        feed(f"<item><guid>{FIRST}</guid></item>"),
        feed(item(FIRST)).encode("utf-16"),
        f'<rdf:RDF xmlns:rdf="r"><channel/><item rdf:about="x"><link>{FIRST}</link></item></rdf:RDF>',
        f'<feed><entry><link rel="alternate" href="{FIRST}"/><link rel="self" href="/s"/></entry></feed>',
        f"<a:feed xmlns:a='x'><a:entry><a:link href='{FIRST}'/></a:entry></a:feed>",
    ],
)
def test_forms_and_beginnings_of_feeds(body: str | bytes) -> None:
    contents = read(body)
    assert (urls(contents), contents.problems) == ([FIRST], ())


def test_atom_times() -> None:
    entry = (
        f'<entry><link href="{FIRST}"/><published>2023-05-05T12:00:00+05:30</published>'
        "<updated>2023-05-06T12:00:00+05:30</updated></entry>"
    )
    (found,) = read(f"<feed>{entry}</feed>").urls
    assert (found.published_at, found.modified_at) == (NOON, NOON + timedelta(days=1))


@pytest.mark.parametrize("charset", ["undefined", "zlib", "punycode", "idna", "hex", "nonsense"])
def test_a_charset_that_does_not_exist_is_ignored(charset: str) -> None:
    assert urls(read(feed(item(FIRST)), f"text/xml; charset={charset}")) == [FIRST]


@pytest.mark.parametrize("body", ["", "   ", "\x00\x01", "<html><p>404</p></html>", "खबर", '{"items": []}'])
def test_what_is_not_a_feed_is_a_problem_and_is_read_again(body: str) -> None:
    contents = read(body)
    assert contents == DocumentContents(
        (), frozenset([f"{BASE}/rss"]), (f"unreadable: {BASE}/rss: not a feed",)
    )


@pytest.mark.parametrize("cut", [len("</channel></rss>"), 40, 70])
def test_a_feed_that_ends_early_is_named_and_its_last_url_is_not_cut_short(cut: int) -> None:
    contents = read(feed(item(FIRST), item(LAST))[:-cut])
    assert urls(contents) in ([FIRST], [FIRST, LAST])
    assert contents.problems == (
        f"unreadable: {BASE}/rss: the document ends early; {len(contents.urls)} entries were read",
    )
    assert contents.reread_urls == {f"{BASE}/rss"}


def test_an_empty_feed_is_no_problem() -> None:
    assert read(feed()) == DocumentContents()


def test_a_feed_of_too_many_entries_is_read_to_the_limit() -> None:
    contents = read(feed(*(item(f"/news/{number}") for number in range(5_010))))
    assert len(contents.urls) == 5_000
    assert contents.problems == (f"too_long: {BASE}/rss: 10 entries after the first 5000 were left out",)
