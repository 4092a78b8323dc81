"""Parse times of pages: machine-readable timestamps and visible lines.

Example of a line: "प्रकाशित: 14 फ़रवरी 2023, शाम 6:30 बजे" (published: 14 February 2023, 6:30 in the evening).
"""

import re
from datetime import UTC, datetime

import dateparser

from etl.domain.days import IST

_DATEPARSER = {
    "DATE_ORDER": "DMY",
    "TIMEZONE": "Asia/Kolkata",
    "RETURN_AS_TIMEZONE_AWARE": True,
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],
}
_YEARS = range(1990, 2100)
_EPOCH = re.compile(r"1\d{9}(\d{3})?")
_LOST_PLUS = re.compile(r"(T\d\d:\d\d(?::\d\d)?) (\d\d:?\d\d)$")
# "IST" means Indian Standard Time here; dateparser reads it as Israel Standard Time.
_INDIAN_ZONE = re.compile(r"\(?(?<![a-z])(IST|India Standard Time)\b\)?|आईएसटी|भारतीय समय(?:ानुसार)?", re.I)
_PART_OF_DAY = re.compile(r"(सुबह|प्रातः|तड़के|पूर्वाह्न|दोपहर|शाम|सायं|रात|अपराह्न)\s*")
_MORNING = ("सुबह", "प्रातः", "तड़के", "पूर्वाह्न")
_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
_WORD = r"[a-z\u0900-\u0963\u0970-\u097f]{2,12}"
_CLOCK = (
    r"(?:सुबह|प्रातः|तड़के|दोपहर|शाम|सायं|रात)?\s*\d{1,2}[:.]\d{2}(?::\d{2})?:?\s*"
    r"(?:बजे|[ap]\.?m\b\.?|पूर्वाह्न|अपराह्न)?"
)
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[\s,.-]*{_WORD}[\s,.-]*\d{{4}}"
    rf"|{_WORD}\.?\s*\d{{1,2}}(?:st|nd|rd|th)?,?\s*\d{{4}}"
    r"|\d{4}[-/]\d{2}[-/]\d{2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
)
_VISIBLE = re.compile(
    rf"(?P<before>{_CLOCK}[\s,|]*(?:IST)?[\s,|-]*)?(?P<day>{_DAY})(?P<after>[\s,|T@-]*(?:at|को|पर)?\s*{_CLOCK})?",
    re.I,
)


def parse_timestamp(text: str) -> datetime | None:
    """Parse a machine-readable timestamp (ISO 8601, RFC 2822, JavaScript, epoch seconds or milliseconds).

    Returns:
        The time with its zone (Indian Standard Time if it has none), or None for any other text.
    """
    text = text.strip().translate(_DIGITS)
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).astimezone(IST)
    try:
        return _in_range(datetime.fromisoformat(_LOST_PLUS.sub(r"\1+\2", text)))
    except ValueError:
        return _parse_words(text)


def find_visible_date(text: str) -> datetime | None:
    """Return the first full date in a visible line, with its time if there is one; None if there is no date.

    Numeric dates are read day first. A date without a time means midnight.
    """
    for match in _VISIBLE.finditer(text.translate(_DIGITS)):
        if moment := _parse_words(" ".join(filter(None, (match["day"], match["after"] or match["before"])))):
            return moment
    return None


def _parse_words(text: str) -> datetime | None:
    if len(text) > 80:
        return None
    words = _INDIAN_ZONE.sub(" ", text).replace("|", " ").replace("बजे", " ")
    part = _PART_OF_DAY.search(words)
    if part:
        words = f"{_PART_OF_DAY.sub(' ', words)} {'AM' if part[1] in _MORNING else 'PM'}"
    words = re.sub(r"\s+|:(?=[apAP][mM]\b)", " ", words.replace("\u093c", "").replace("फ़", "फ")).strip(" ,.-")
    try:
        moment = dateparser.parse(words, languages=["en", "hi"], settings=_DATEPARSER)
    except (ValueError, OverflowError, RecursionError):
        return None
    return _in_range(moment) if moment else None


def _in_range(moment: datetime) -> datetime | None:
    if moment.year not in _YEARS:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=IST)
