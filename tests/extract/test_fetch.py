"""Fetching is polite, bounded and safe, against a real server that is none of these."""

import gzip
import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from etl.errors import FetchFailed
from etl.extract.fetch import Fetcher, FetchLimits, Politeness
from testkit.site import Handler, Site, gzip_bomb, open_site

AT_ONCE = Politeness(crawl_delay_seconds=0, concurrency=8)
LIMITS = FetchLimits(
    connect_seconds=2,
    read_seconds=1,
    total_seconds=1.5,
    body_bytes=200_000,
    retry_count=2,
    retry_after_seconds=2,
    backoff_seconds=0.05,
)


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as served:
        yield served


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher("mailto:desk@example.org", LIMITS, allow_loopback=True)


def why(fetcher: Fetcher, url: str) -> FetchFailed:
    with pytest.raises(FetchFailed) as failure:
        fetcher.fetch(url, AT_ONCE)
    return failure.value


def test_a_page_comes_with_its_headers_and_unpacked(fetcher: Fetcher, site: Site) -> None:
    packed = gzip.compress("नमस्ते".encode())
    url = site.serve("/a", packed, headers={"Content-Encoding": "gzip", "Set-Cookie": "a=b"}, etag='"1"')
    page = fetcher.fetch(url, AT_ONCE)
    assert page is not None
    assert page.body.decode() == "नमस्ते"
    assert page.header("etag") == '"1"'
    assert page.header("Content-Encoding") is None
    assert page.header("Set-Cookie") is None


def test_we_say_who_we_are(fetcher: Fetcher, site: Site) -> None:
    fetcher.fetch(site.serve("/a", "x"), AT_ONCE)
    assert site.agents == {"Mulaqat/0.1 (+mailto:desk@example.org)"}


def test_robots_are_obeyed_and_read_once(fetcher: Fetcher, site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /private/\n", content_type="text/plain")
    for number in range(3):
        fetcher.fetch(site.serve(f"/open/{number}", "x"), AT_ONCE)
    assert why(fetcher, site.serve("/private/1", "x")).reason == "robots_denied"
    assert site.requested["/robots.txt"] == 1
    assert site.requested["/private/1"] == 0


def test_robots_that_name_us_win_over_those_for_all(fetcher: Fetcher, site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow:\n\nUser-agent: Mulaqat\nDisallow: /\n")
    assert why(fetcher, site.serve("/a", "x")).reason == "robots_denied"


def test_a_host_whose_robots_fail_is_not_asked_now(fetcher: Fetcher, site: Site) -> None:
    site.serve("/robots.txt", "", status=503)
    failure = why(fetcher, site.serve("/a", "x"))
    assert (failure.reason, failure.may_pass) == ("unreachable", True)
    assert site.requested["/a"] == 0


def test_crawl_delay_of_robots_is_kept(fetcher: Fetcher, site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n")
    urls = [site.serve(f"/{number}", "x") for number in range(3)]
    for url in urls:
        fetcher.fetch(url, AT_ONCE)
    pauses = [later - sooner for sooner, later in pairwise(site.times[1:])]
    assert min(pauses) > 0.25


def test_our_own_delay_and_concurrency_hold_across_threads(fetcher: Fetcher, site: Site) -> None:
    def slowly(handler: Handler) -> None:
        time.sleep(0.2)
        handler.reply("x")

    urls = [site.behave(f"/{number}", slowly) for number in range(6)]
    politeness = Politeness(crawl_delay_seconds=0.05, concurrency=2)
    threads = [threading.Thread(target=fetcher.fetch, args=(url, politeness)) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site.most_at_once <= 2
    starts = sorted(site.times)
    assert min(later - sooner for sooner, later in pairwise(starts)) > 0.04


@pytest.mark.parametrize("condition", ["etag", "last_modified"])
def test_a_page_that_has_not_changed_is_not_sent_again(fetcher: Fetcher, site: Site, condition: str) -> None:
    url = site.serve("/a", "x", etag='"v1"', dated=True)
    page = fetcher.fetch(url, AT_ONCE)
    assert page is not None
    known = {condition: page.header("ETag" if condition == "etag" else "Last-Modified")}
    assert fetcher.fetch(url, AT_ONCE, **known) is None


def test_a_host_that_asks_to_wait_is_given_the_time(fetcher: Fetcher, site: Site) -> None:
    def busy_once(handler: Handler) -> None:
        if site.requested["/busy"] == 1:
            handler.reply("", status=429, headers={"Retry-After": "1"})
        else:
            handler.reply("x")

    began = time.monotonic()
    page = fetcher.fetch(site.behave("/busy", busy_once), AT_ONCE)
    assert page is not None
    assert 0.9 < time.monotonic() - began < 10


def test_a_host_cannot_make_us_wait_for_long(fetcher: Fetcher, site: Site) -> None:
    url = site.serve("/busy", "", status=503, headers={"Retry-After": "86400"})
    began = time.monotonic()
    failure = why(fetcher, url)
    assert (failure.reason, failure.may_pass) == ("unreachable", True)
    assert time.monotonic() - began < 20
    assert site.requested["/busy"] == 3


@pytest.mark.parametrize(("status", "reason"), [(404, "not_found"), (410, "not_found"), (403, "http_error")])
def test_what_will_not_pass_is_asked_once(fetcher: Fetcher, site: Site, status: int, reason: str) -> None:
    failure = why(fetcher, site.serve("/a", "", status=status))
    assert (failure.reason, failure.may_pass) == (reason, False)
    assert site.requested["/a"] == 1


def test_silence_and_endless_bodies_end(fetcher: Fetcher, site: Site) -> None:
    began = time.monotonic()
    endless = site.behave("/endless", lambda handler: handler.drip(30))
    assert why(fetcher, endless).may_pass
    silent = site.behave("/silent", lambda handler: time.sleep(5))
    assert why(fetcher, silent).may_pass
    assert time.monotonic() - began < 15


def test_large_and_packed_bodies_are_dropped_on_the_way(fetcher: Fetcher, site: Site) -> None:
    assert why(fetcher, site.serve("/large", bytes(300_000))).reason == "too_large"
    bomb = site.serve("/bomb", gzip_bomb(500_000_000), headers={"Content-Encoding": "gzip"})
    began = time.monotonic()
    assert why(fetcher, bomb).reason == "too_large"
    assert time.monotonic() - began < 5


def test_redirects_are_followed_so_far(fetcher: Fetcher, site: Site) -> None:
    site.serve("/end", "x")
    for step in range(7):
        target = f"/{step + 1}" if step < 6 else "/end"
        site.serve(f"/{step}", "", status=302, headers={"Location": target})
    page = fetcher.fetch(site.url("/3"), AT_ONCE)
    assert page is not None
    assert page.url == site.url("/end")
    assert why(fetcher, site.url("/0")).reason == "bad_redirect"
    assert (
        why(fetcher, site.serve("/loop", "", status=301, headers={"Location": "/loop"})).reason
        == "bad_redirect"
    )


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "bad_url"),
        ("http://10.0.0.1/", "address_refused"),
        ("http://169.254.169.254/latest/meta-data/", "address_refused"),
        ("http://[::ffff:10.1.1.1]/", "address_refused"),
        ("/private", "robots_denied"),
    ],
)
def test_every_step_of_a_redirect_is_checked(
    fetcher: Fetcher, site: Site, location: str, reason: str
) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /private\n")
    url = site.serve("/a", "", status=302, headers={"Location": location})
    assert why(fetcher, url).reason == reason


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/", "http://localhost/", "http://[::1]/", "http://192.168.1.1/", "http://0.0.0.0/"],
)
def test_this_machine_and_private_networks_are_refused(url: str) -> None:
    assert why(Fetcher("mailto:a@b.example", LIMITS), url).reason == "address_refused"


@pytest.mark.parametrize(
    "url", ["", "a.example/1", "ftp://a.example/", "file:///etc/passwd", "http://", "http://a:99999/"]
)
def test_what_is_no_web_address_is_refused(fetcher: Fetcher, url: str) -> None:
    assert why(fetcher, url).reason == "bad_url"


def test_a_host_that_is_not_there_may_come_back(fetcher: Fetcher) -> None:
    failure = why(fetcher, "http://127.0.0.1:1/")
    assert (failure.reason, failure.may_pass) == ("unreachable", True)
