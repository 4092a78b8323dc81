"""Fetching is polite, bounded and safe, tested against a real server that misbehaves."""

import gzip
import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from etl.errors import FetchFailed
from etl.extract.fetch import Fetcher, FetchLimits
from etl.extract.sources import Politeness
from testkit.site import Handler, Site, gzip_bomb, open_site

NO_DELAY = Politeness(crawl_delay_seconds=0, concurrency=8)
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


def failure_of(fetcher: Fetcher, url: str) -> FetchFailed:
    with pytest.raises(FetchFailed) as failure:
        fetcher.fetch(url, NO_DELAY)
    return failure.value


def test_a_page_is_decompressed_and_has_its_headers(fetcher: Fetcher, site: Site) -> None:
    compressed = gzip.compress("नमस्ते".encode())
    url = site.serve("/a", compressed, headers={"Content-Encoding": "gzip", "Set-Cookie": "a=b"}, etag='"1"')
    page = fetcher.fetch(url, NO_DELAY)
    assert page is not None
    assert page.body.decode() == "नमस्ते"
    assert page.header("etag") == '"1"'
    assert page.header("Content-Encoding") is None
    assert page.header("Set-Cookie") is None


def test_the_user_agent_names_the_contact(fetcher: Fetcher, site: Site) -> None:
    fetcher.fetch(site.serve("/a", "x"), NO_DELAY)
    assert site.agents == {"Mulaqat/0.1 (+mailto:desk@example.org)"}


def test_robots_are_obeyed_and_read_once(fetcher: Fetcher, site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /private/\n", content_type="text/plain")
    for number in range(3):
        fetcher.fetch(site.serve(f"/open/{number}", "x"), NO_DELAY)
    assert failure_of(fetcher, site.serve("/private/1", "x")).reason == "robots_denied"
    assert site.requested["/robots.txt"] == 1
    assert site.requested["/private/1"] == 0


def test_robots_rules_for_our_agent_override_those_for_all(fetcher: Fetcher, site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow:\n\nUser-agent: Mulaqat\nDisallow: /\n")
    assert failure_of(fetcher, site.serve("/a", "x")).reason == "robots_denied"


def test_a_host_whose_robots_fail_is_not_fetched(fetcher: Fetcher, site: Site) -> None:
    site.serve("/robots.txt", "", status=503)
    failure = failure_of(fetcher, site.serve("/a", "x"))
    assert (failure.reason, failure.is_transient) == ("unreachable", True)
    assert site.requested["/a"] == 0


def test_crawl_delay_of_robots_is_obeyed(fetcher: Fetcher, site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n")
    urls = [site.serve(f"/{number}", "x") for number in range(3)]
    for url in urls:
        fetcher.fetch(url, NO_DELAY)
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
    page = fetcher.fetch(url, NO_DELAY)
    assert page is not None
    known = {condition: page.header("ETag" if condition == "etag" else "Last-Modified")}
    assert fetcher.fetch(url, NO_DELAY, **known) is None


def test_retry_after_is_obeyed(fetcher: Fetcher, site: Site) -> None:
    def busy_once(handler: Handler) -> None:
        if site.requested["/busy"] == 1:
            handler.reply("", status=429, headers={"Retry-After": "1"})
        else:
            handler.reply("x")

    began = time.monotonic()
    page = fetcher.fetch(site.behave("/busy", busy_once), NO_DELAY)
    assert page is not None
    assert 0.9 < time.monotonic() - began < 10


def test_retry_after_is_limited(fetcher: Fetcher, site: Site) -> None:
    url = site.serve("/busy", "", status=503, headers={"Retry-After": "86400"})
    began = time.monotonic()
    failure = failure_of(fetcher, url)
    assert (failure.reason, failure.is_transient) == ("unreachable", True)
    assert time.monotonic() - began < 20
    assert site.requested["/busy"] == 3


@pytest.mark.parametrize(("status", "reason"), [(404, "not_found"), (410, "not_found"), (403, "http_error")])
def test_a_permanent_failure_is_not_retried(fetcher: Fetcher, site: Site, status: int, reason: str) -> None:
    failure = failure_of(fetcher, site.serve("/a", "", status=status))
    assert (failure.reason, failure.is_transient) == (reason, False)
    assert site.requested["/a"] == 1


def test_silent_hosts_and_endless_bodies_time_out(fetcher: Fetcher, site: Site) -> None:
    began = time.monotonic()
    endless = site.behave("/endless", lambda handler: handler.drip(30))
    assert failure_of(fetcher, endless).is_transient
    silent = site.behave("/silent", lambda handler: time.sleep(5))
    assert failure_of(fetcher, silent).is_transient
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X-Many: 1\r\n"),
        (b"HTTP/1.1 ", b"2"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Trailer: 1\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x"),
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 9999\r\n\r\n", b"x"),
    ],
    ids=[
        "header",
        "headers",
        "status",
        "continue",
        "chunk-size",
        "chunk-extension",
        "trailer",
        "body",
        "busy",
    ],
)
def test_the_deadline_covers_every_part_of_a_response(
    fetcher: Fetcher, site: Site, head: bytes, piece: bytes
) -> None:
    began = time.monotonic()
    failure = failure_of(fetcher, site.behave("/slow", lambda handler: handler.drip(30, piece, head=head)))
    assert (failure.reason, failure.is_transient) == ("unreachable", True)
    assert time.monotonic() - began < 4
    assert fetcher.fetch(site.serve("/next", "x"), NO_DELAY)


def test_a_response_slower_than_one_read_but_within_the_deadline_is_kept(
    fetcher: Fetcher, site: Site
) -> None:
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    page = fetcher.fetch(site.behave("/slow", lambda handler: handler.drip(1.2, head=head)), NO_DELAY)
    assert page is not None
    assert set(page.body) == set(b"a")


def test_cookies_are_not_sent_back(fetcher: Fetcher, site: Site) -> None:
    site.serve("/robots.txt", "", headers={"Set-Cookie": "r=1; Path=/"})
    target = site.serve("/b", "x")
    for headers in ({"Set-Cookie": "a=b; Path=/"}, {"Set-Cookie": "c=d", "Location": target}):
        fetcher.fetch(
            site.serve("/a", "x", status=302 if "Location" in headers else 200, headers=headers), NO_DELAY
        )
    assert site.requested["/b"] == 1
    assert site.cookies == set()


@pytest.mark.parametrize("size", [0, 100_000, 2_000_000])
def test_robots_over_the_limit_are_obeyed_up_to_it(fetcher: Fetcher, site: Site, size: int) -> None:
    rules = "User-agent: *\nDisallow: /private/\n" + "# filler\n" * (size // 9) + "Disallow: /late/\n"
    site.serve("/robots.txt", rules, content_type="text/plain")
    assert failure_of(fetcher, site.serve("/private/1", "x")).reason == "robots_denied"
    late = site.serve("/late/1", "x")
    if size < 500_000:
        assert failure_of(fetcher, late).reason == "robots_denied"
    else:
        assert fetcher.fetch(late, NO_DELAY)


def test_robots_are_cut_after_a_complete_line(fetcher: Fetcher, site: Site) -> None:
    start = "User-agent: *\nDisallow: /private/\n"
    filler = "#" * (512 * 1024 - len(start) - len("\nDisallow: /"))
    site.serve("/robots.txt", f"{start}{filler}\nDisallow: /never-all-of-it\n")
    assert fetcher.fetch(site.serve("/open", "x"), NO_DELAY)
    assert failure_of(fetcher, site.serve("/private/1", "x")).reason == "robots_denied"


def test_the_body_of_a_redirect_is_not_read(fetcher: Fetcher, site: Site) -> None:
    target = site.serve("/end", "x")
    headers = {"Content-Encoding": "gzip", "Location": target}
    bomb = site.serve("/bomb", gzip_bomb(500_000_000), status=302, headers=headers)
    began = time.monotonic()
    page = fetcher.fetch(bomb, NO_DELAY)
    assert page is not None
    assert page.body == b"x"
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://[", "bad_redirect"),
        ("/a\x0bb", "bad_url"),
        (f"/{'a' * 5000}", "bad_url"),
        ("mailto:a@b.example", "bad_url"),
    ],
)
def test_a_redirect_to_no_usable_url_fails(fetcher: Fetcher, site: Site, location: str, reason: str) -> None:
    url = site.serve("/a", "", status=302, headers={"Location": location})
    failure = failure_of(fetcher, url)
    assert (failure.reason, failure.is_transient) == (reason, False)


def test_a_redirect_in_raw_utf8_is_followed(fetcher: Fetcher, site: Site) -> None:
    site.serve("/%E0%A4%96%E0%A4%AC%E0%A4%B0", "x")
    location = "/खबर".encode().decode("latin-1")
    assert fetcher.fetch(site.serve("/a", "", status=302, headers={"Location": location}), NO_DELAY)


@pytest.mark.parametrize("etag", ['"a\r\n b"', '"\x01"', " "])
def test_a_damaged_validator_is_not_sent(fetcher: Fetcher, site: Site, etag: str) -> None:
    assert fetcher.fetch(site.serve("/a", "x"), NO_DELAY, etag=etag, last_modified=etag)


def test_a_server_cannot_set_our_own_headers(fetcher: Fetcher, site: Site) -> None:
    page = fetcher.fetch(site.serve("/a", "x", headers={"mulaqat-published-at": "2001-01-01"}), NO_DELAY)
    assert page is not None
    assert page.header("Mulaqat-Published-At") is None


def test_large_and_compressed_bodies_stop_at_the_limit(fetcher: Fetcher, site: Site) -> None:
    assert failure_of(fetcher, site.serve("/large", bytes(300_000))).reason == "too_large"
    bomb = site.serve("/bomb", gzip_bomb(500_000_000), headers={"Content-Encoding": "gzip"})
    began = time.monotonic()
    assert failure_of(fetcher, bomb).reason == "too_large"
    assert time.monotonic() - began < 5


def test_redirects_are_followed_up_to_a_limit(fetcher: Fetcher, site: Site) -> None:
    site.serve("/end", "x")
    for step in range(7):
        target = f"/{step + 1}" if step < 6 else "/end"
        site.serve(f"/{step}", "", status=302, headers={"Location": target})
    page = fetcher.fetch(site.url("/3"), NO_DELAY)
    assert page is not None
    assert page.url == site.url("/end")
    assert failure_of(fetcher, site.url("/0")).reason == "bad_redirect"
    assert (
        failure_of(fetcher, site.serve("/loop", "", status=301, headers={"Location": "/loop"})).reason
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
    assert failure_of(fetcher, url).reason == reason


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/", "http://localhost/", "http://[::1]/", "http://192.168.1.1/", "http://0.0.0.0/"],
)
def test_loopback_and_private_addresses_are_refused(url: str) -> None:
    assert failure_of(Fetcher("mailto:a@b.example", LIMITS), url).reason == "address_refused"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.example/1",
        "ftp://a.example/",
        "file:///etc/passwd",
        "http://",
        "http://a:99999/",
        "http://[",
        "http://a.example/\x00",
        "http://a.example/\ud800",
        f"http://a.example/{'a' * 3000}",
    ],
)
def test_other_than_http_urls_are_refused(fetcher: Fetcher, url: str) -> None:
    assert failure_of(fetcher, url).reason == "bad_url"


def test_a_refused_connection_is_transient(fetcher: Fetcher) -> None:
    failure = failure_of(fetcher, "http://127.0.0.1:1/")
    assert (failure.reason, failure.is_transient) == ("unreachable", True)
