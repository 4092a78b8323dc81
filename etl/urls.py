"""URLs as keys: two addresses of one page have one form."""

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
        ValueError: not readable as a URL.
    """
    return str(canonicalize_url(url_query_cleaner(url, _TRACKING, remove=True, unique=False)))
