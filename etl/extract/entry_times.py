"""Read the times that feeds and sitemaps give for their entries."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from etl.domain.days import is_plausible_moment
from etl.extract.page.timestamps import find_visible_date, parse_timestamp

_LONGEST_TIME, _CACHED_TIMES = 80, 10_000
_RFC_2822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|[+-](?!0000)\d{4})"
)
# "01 Jan 0001" is how some systems write "no date"; readers of dates take it for 2001.
_YEAR_ZERO = re.compile(r"(?:^|\d[-/.]\d{1,2}[-/.]|[^\W\d]{3}[.,]?\s)0\d{3}\b")
_WEEKDAY = re.compile(r"^[^\d,]{2,12},\s*(?=\d)")


def parse_time(texts: Iterable[str], latest: date | None) -> datetime | None:
    """Return the first of these texts that is a plausible time of publication or change; None if there is none.

    A time without a zone is in Indian Standard Time. "05-05-2023 11:00 PM" is read day first, and Hindi is read too.

    Args:
        texts: most trusted first.
        latest: last acceptable day; None: no limit.
    """
    moments = (_read_time(text[:_LONGEST_TIME]) for text in texts)
    return next((moment for moment in moments if moment and is_plausible_moment(moment, latest)), None)


@lru_cache(_CACHED_TIMES)
def _read_time(text: str) -> datetime | None:
    if _YEAR_ZERO.search(text):
        return None
    if _RFC_2822.fullmatch(text):  # The usual form, a hundred times as fast as the general reader.
        with suppress(ValueError, OverflowError):
            return parsedate_to_datetime(text)
    return parse_timestamp(text) or parse_timestamp(_WEEKDAY.sub("", text)) or find_visible_date(text)
