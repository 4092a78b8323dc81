"""URLs as keys: one form for all addresses of a page."""

import re
from urllib.parse import urljoin, urlsplit

from w3lib.url import canonicalize_url, url_query_cleaner

MAX_URL_CHARS = 2_048
"""Longest URL that is stored or fetched; sitemaps allow no longer one."""
_NOT_IN_URLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd]")
_TRACKING = (
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "fbclid",
    "gclid",
    "igshid",
)


def canonical_form(url: str) -> str:
    """Return the URL without tracking parameters and fragment, its query sorted, its host in lower case.

    Raises:
        ValueError: not a URL.
    """
    return str(canonicalize_url(url_query_cleaner(url, _TRACKING, remove=True, unique=False)))


def find_url_problem(url: str) -> str | None:
    """Return why a URL cannot be stored or fetched; None if it can.

    A control character, a lone surrogate or U+FFFD shows that the URL is damaged or an attack.
    """
    if not url:
        return "empty"
    if len(url) > MAX_URL_CHARS:
        return f"{len(url)} characters, more than {MAX_URL_CHARS}"
    if found := _NOT_IN_URLS.search(url):
        return f"contains U+{ord(found[0]):04X}"
    return None


def absolute_url(base: str, link: str) -> str | None:
    """Return the absolute URL of a link on a page; None if it is not a URL."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return None


def host_of(url: str) -> str:
    """Return a URL's host in lower case; empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
