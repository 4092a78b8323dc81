"""What the pages say of codes and days, in Hindi and in English."""

from datetime import date, datetime
from typing import NamedTuple

from babel import Locale
from babel.core import get_global
from babel.dates import format_date

from etl.domain.days import IST


class Both(NamedTuple):
    """One thing in both languages."""

    hi: str
    en: str


STATUS = {
    "held": Both("हुई", "held"),
    "ongoing": Both("जारी", "ongoing"),
    "planned": Both("तय", "planned"),
    "requested": Both("प्रस्तावित", "requested"),
    "refused": Both("ठुकराई", "refused"),
    "postponed": Both("टली", "postponed"),
    "cancelled": Both("रद्द", "cancelled"),
}
FORMAT = {
    "bilateral": Both("द्विपक्षीय", "bilateral"),
    "multilateral": Both("बहुपक्षीय", "multilateral"),
    "unknown": Both("अज्ञात", "unknown"),
}
MODE = {
    "visit": Both("दौरा", "visit"),
    "phone": Both("फ़ोन पर", "by phone"),
    "third-party": Both("तीसरे के यहां", "at a third party’s"),
    "multilateral": Both("बहुपक्षीय मंच", "multilateral forum"),
}
ROLE = {
    "actor": Both("भागीदार", "actor"),
    "recipient": Both("जिनसे मिले", "visited"),
    "host": Both("मेज़बान", "host"),
    "mediator": Both("मध्यस्थ", "mediator"),
    "attendee": Both("उपस्थित", "attendee"),
}
KIND = {
    "PER": Both("व्यक्ति", "person"),
    "ORG": Both("संस्था", "organisation"),
    "LOC": Both("स्थान", "place"),
}
SORT = {
    "newest": Both("नई पहले", "newest first"),
    "oldest": Both("पुरानी पहले", "oldest first"),
    "reports": Both("अधिक ख़बरें पहले", "most reported first"),
}
WEEKDAYS = (
    Both("सोम", "Mon"),
    Both("मंगल", "Tue"),
    Both("बुध", "Wed"),
    Both("गुरु", "Thu"),
    Both("शुक्र", "Fri"),
    Both("शनि", "Sat"),
    Both("रवि", "Sun"),
)
REASON = {
    "bad_json": "not a JSON object",
    "bad_record": "a field missing or of the wrong type",
    "bad_published_at": "unreadable time of publication",
    "no_text": "nothing left after cleaning",
    "too_short": "fewer than 40 characters",
    "not_hindi": "not Hindi",
    "legacy_font": "typed for a legacy font",
    "duplicate_url": "another revision was kept",
    "bad_file": "unreadable file",
    "not_html": "no page in it",
    "paywalled": "only its beginning is free",
    "video_page": "hardly any text beside a video",
    "bad_url": "no http(s) address",
    "address_refused": "leads to a private address",
    "robots_denied": "robots.txt forbids it",
    "bad_redirect": "redirected too often or astray",
    "not_found": "404 or 410",
    "http_error": "an answer without a page",
    "too_large": "beyond the size limit",
    "unreachable": "failed as often as we try",
}

_HINDI, _ENGLISH = Locale("hi"), Locale("en")
_ALPHA2 = {
    code: names[0]
    for code, names in get_global("territory_aliases").items()
    if len(code) == 3 and code.isalpha()
}


def name_country(code: str) -> Both:
    """Return a country's names by its ISO 3166-1 alpha-3 code; the code itself where nobody knows it."""
    alpha2 = _ALPHA2.get(code, "")
    return Both(_HINDI.territories.get(alpha2, code), _ENGLISH.territories.get(alpha2, code))


def list_countries() -> list[tuple[str, Both]]:
    """Return all countries by English name."""
    named = [(code, name_country(code)) for code, alpha2 in _ALPHA2.items() if alpha2 in _ENGLISH.territories]
    return sorted(named, key=lambda pair: pair[1].en)


def say_day(day: date) -> Both:
    """Return a day, such as 4 मई 2023."""
    return Both(format_date(day, "d MMM y", _HINDI), format_date(day, "d MMM y", _ENGLISH))


def say_month(month: date) -> Both:
    """Return a month, such as मई 2023."""
    return Both(format_date(month, "LLLL y", _HINDI), format_date(month, "LLLL y", _ENGLISH))


def say_span(start: date | None, end: date | None, precision: str) -> Both:
    """Return the days of a meeting as exactly as they are known."""
    if start is None:
        return Both("दिन नहीं बताया", "no day told")
    if precision == "month" and (end is None or (end.year, end.month) == (start.year, start.month)):
        return say_month(start)
    if precision == "year" and (end is None or end.year == start.year):
        return Both(str(start.year), str(start.year))
    first = say_day(start)
    if end is None or end == start:
        return first
    last = say_day(end)
    return Both(f"{first.hi} – {last.hi}", f"{first.en} – {last.en}")


def say_moment(moment: datetime) -> str:
    """Return a moment in India."""
    return f"{moment.astimezone(IST):%Y-%m-%d %H:%M} IST"
