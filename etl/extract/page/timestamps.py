"""Parse times of pages: machine-readable timestamps and visible lines.

Example of a line: "प्रकाशित: 14 फ़रवरी 2023, शाम 6:30 बजे" (published: 14 February 2023, 6:30 in the evening).
"""

import re
from datetime import UTC, date, datetime

import dateparser

from etl.domain.days import IST, is_plausible_moment
from etl.extract.page.months import write_dates_in_english

_DATEPARSER = {
    "DATE_ORDER": "DMY",
    "TIMEZONE": "Asia/Kolkata",
    "RETURN_AS_TIMEZONE_AWARE": True,
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],
}
_EARLIEST_VISIBLE_YEAR = 1990
"""An earlier date in a line of a web page is of an event: "15 अगस्त 1947" (15 August 1947)."""
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Written by programs for an empty field."""
_LONGEST_TIMESTAMP, _LONGEST_LINE = 120, 1000
_EPOCH = re.compile(r"(1\d{9})(?:\d{3}|\d{6}|\d{9})?(?:\.\d*)?")
_COMPACT = {14: "%Y%m%d%H%M%S", 12: "%Y%m%d%H%M"}
_LOST_PLUS = re.compile(r"(T\d\d:\d\d(?::\d\d)?) (\d\d:?\d\d)$")
# "IST" means Indian Standard Time here; dateparser reads it as Israel Standard Time.
_INDIAN_ZONE = re.compile(r"\(?(?<![a-z])(IST|India Standard Time)\b\)?|आईएसटी|भारतीय समय(?:ानुसार)?", re.I)
_PART_OF_DAY = re.compile(r"सुबह|प्रातः?|तड़के|पूर्वाह्न|दोपहर|शाम|सायं|रात|अपराह्न")
_SPACES = re.compile(r"\s+|:(?=[apAP][mM]\b)")
_MORNING = ("सुबह", "प्रात", "प्रातः", "तड़के", "पूर्वाह्न")
_CLOCK = (
    r"(?:(?:सुबह|प्रातः?|तड़के|दोपहर|शाम|सायं|रात) ?)?\d{1,2}[:.]\d{2}(?::\d{2})?:? ?"
    r"(?:बजे|[ap]\.?m\b\.?|पूर्वाह्न|अपराह्न)?"
)
_MONTH = r"[a-z]{3,9}"
_DAY = (
    rf"(?:\d{{1,2}}[ ,./-]{{0,3}}{_MONTH}[ ,./-]{{0,3}}\d{{4}}(?!\d)"
    rf"|(?<![a-z]){_MONTH}[ .]{{0,2}}\d{{1,2}}[ ,.]{{1,3}}\d{{4}}(?!\d)"
    rf"|(?<!\d)\d{{4}}[ ,./-]{{1,3}}{_MONTH}[ ,./-]{{0,3}}\d{{1,2}}(?!\d)"
    r"|(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d))"
)
_VISIBLE = re.compile(
    rf"(?P<before>{_CLOCK}[ ,|]{{0,3}}(?:IST)?[ ,|-]{{0,3}})?(?P<day>(?<!\d){_DAY})"
    rf"(?P<after>[ ,|T@-]{{0,4}}(?:(?:at|को|पर) ?)?{_CLOCK})?",
    re.I,
)


def parse_timestamp(text: str, latest: date | None = None) -> datetime | None:
    """Parse a timestamp: ISO 8601, RFC 2822, JavaScript, epoch seconds or milliseconds, digits only, or words.

    Args:
        latest: last plausible day; a later time is not returned.

    Returns:
        The time with its zone (Indian Standard Time if it has none); None for any other text, and for a day that
        cannot be a day of publication.
    """
    text = text.strip()
    if len(text) > _LONGEST_TIMESTAMP:
        return None
    moment = _parse_digits(write_dates_in_english(text)) or _parse_words(text)
    return moment if moment and _is_plausible(moment, latest) else None


def find_visible_date(text: str, latest: date | None = None) -> datetime | None:
    """Return the first plausible full date in a visible line, with its time if there is one; None if there is none.

    Numeric dates are read day first. A date without a time means midnight.

    Args:
        latest: last plausible day; a later date is skipped.
    """
    line = " ".join(write_dates_in_english(text[:_LONGEST_LINE]).split())
    for match in _VISIBLE.finditer(line):
        moment = _parse_words(" ".join(filter(None, (match["day"], match["after"] or match["before"]))))
        if moment and moment.year >= _EARLIEST_VISIBLE_YEAR and _is_plausible(moment, latest):
            return moment
    return None


def _parse_digits(text: str) -> datetime | None:
    try:
        if epoch := _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(epoch[1]), UTC).astimezone(IST)
        if text.isdigit() and (form := _COMPACT.get(len(text))):
            return _in_india(datetime.strptime(text, form))
        return _in_india(datetime.fromisoformat(_LOST_PLUS.sub(r"\1+\2", text)))
    except ValueError:
        return None


def _parse_words(text: str) -> datetime | None:
    """Parse a date in words or numbers. A year of two digits, or no year, is not read."""
    words = _INDIAN_ZONE.sub(" ", write_dates_in_english(text)).replace("|", " ").replace("बजे", " ")
    part = _PART_OF_DAY.search(words)
    if part:
        words = f"{_PART_OF_DAY.sub(' ', words)} {'AM' if part[0] in _MORNING else 'PM'}"
    words = _SPACES.sub(" ", words).strip(" ,.-")
    try:
        moment = dateparser.parse(words, languages=["en", "hi"], settings=_DATEPARSER)
    except (ValueError, OverflowError, RecursionError):
        return None
    return _in_india(moment) if moment else None


def _in_india(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=IST)


def _is_plausible(moment: datetime, latest: date | None) -> bool:
    return moment != _NO_TIME and is_plausible_moment(moment, latest)
