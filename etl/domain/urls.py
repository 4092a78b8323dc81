"""URLs as keys: one form for all addresses of a page."""

from urllib.parse import urljoin, urlsplit

from w3lib.url import canonicalize_url, url_query_cleaner

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
