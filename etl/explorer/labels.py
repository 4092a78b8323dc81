"""Labels of codes, countries, days and months in Hindi and English."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from babel import Locale
from babel.core import get_global
from babel.dates import format_date

from etl.domain.days import IST


class Label(NamedTuple):
    """A text in Hindi and in English."""

    hi: str
    en: str


STATUS = {
    "held": Label("हुई", "held"),
    "ongoing": Label("जारी", "ongoing"),
    "planned": Label("तय", "planned"),
    "requested": Label("प्रस्तावित", "requested"),
    "refused": Label("ठुकराई", "refused"),
    "postponed": Label("टली", "postponed"),
    "cancelled": Label("रद्द", "cancelled"),
}
FORMAT = {
    "bilateral": Label("द्विपक्षीय", "bilateral"),
    "multilateral": Label("बहुपक्षीय", "multilateral"),
    "unknown": Label("अज्ञात", "unknown"),
}
MODE = {
    "visit": Label("दौरा", "visit"),
    "phone": Label("फ़ोन पर", "by phone"),
    "third-party": Label("तीसरे के यहां", "hosted by a third party"),
    "at_forum": Label("मंच पर", "at a forum"),
    "multilateral": Label("मंच पर", "at a forum"),
}
ROLE = {
    "actor": Label("भागीदार", "actor"),
    "recipient": Label("जिनसे मिले", "visited"),
    "host": Label("मेज़बान", "host"),
    "mediator": Label("मध्यस्थ", "mediator"),
    "attendee": Label("उपस्थित", "attendee"),
}
KIND = {
    "PER": Label("व्यक्ति", "person"),
    "ORG": Label("संस्था", "organisation"),
    "LOC": Label("स्थान", "place"),
}
SORT = {
    "newest": Label("नई पहले", "latest first"),
    "oldest": Label("पुरानी पहले", "oldest first"),
    "reports": Label("अधिक ख़बरें पहले", "most reported first"),
}
WEEKDAYS = (
    Label("सोम", "Mon"),
    Label("मंगल", "Tue"),
    Label("बुध", "Wed"),
    Label("गुरु", "Thu"),
    Label("शुक्र", "Fri"),
    Label("शनि", "Sat"),
    Label("रवि", "Sun"),
)
REASON = {
    "bad_json": "not a JSON object",
    "bad_record": "a field is missing or has the wrong type",
    "bad_published_at": "publication time could not be read",
    "no_text": "no text left after cleaning",
    "too_short": "shorter than 40 characters",
    "not_hindi": "not in Hindi",
    "legacy_font": "encoded for a legacy font",
    "duplicate_url": "another version of this URL was kept",
    "bad_file": "file could not be read",
    "not_html": "not an HTML page",
    "paywalled": "only the start is free to read",
    "video_page": "video page with almost no text",
    "bad_url": "not an http(s) address",
    "address_refused": "points to a private network address",
    "robots_denied": "blocked by robots.txt",
    "bad_redirect": "too many redirects, or an invalid one",
    "not_found": "page not found (HTTP 404 or 410)",
    "http_error": "HTTP error",
    "too_large": "larger than the size limit",
    "unreachable": "server unreachable after all retries",
    "unreadable": "an unexpected error while reading",
    "too_costly": "too large or too deeply nested to read",
    "too_long": "a line, title or text is too long",
}

PRECISION = {
    "day": "known to the day",
    "week": "known to the week",
    "month": "known to the month",
    "year": "known to the year",
    "none": "not known",
}
_RULE = {
    "between": "“between A and B”",
    "subject_partner": "subject and the one met",
    "separate_partners": "subject and several, met one by one",
    "host_guest": "host and guest",
    "coordination": "“A and B met”",
    "pronoun_partner": "a pronoun, resolved to a name",
    "visit_country": "visitor and country visited",
    "gathering_abroad": "gathering in a foreign capital",
    "attendance": "list of those who attended",
    "case_locative": "place marked by में or पर (in, at)",
    "case_path": "place marked by a verb of motion",
    "building": "a building or residence",
    "whereabouts": "where the speaker had arrived",
    "capital": "capital of the country named",
    "host": "the place that was host",
    "dateline": "the article’s dateline",
    "cue_planned": "a word for a plan",
    "future_tense": "future tense",
    "past_or_default": "past tense",
    "progressive": "progressive verb",
    "only_mentioned": "only mentioned",
    "done_before": "done before another event",
    "still_ahead": "still ahead",
    "on_visit": "during a visit",
    "near_day": "today, yesterday or tomorrow",
    "near_days": "a few days around the article’s day",
    "day_before": "the day before",
    "numeric_date": "date in figures",
    "month_day": "day and month",
    "day_of_month": "day of the month",
    "weekday": "weekday",
    "weekday_of_week": "weekday of a given week",
    "none": "none given",
}
"""Rule codes in English. A code without an entry is shown with spaces for underscores."""

_HINDI, _ENGLISH = Locale("hi"), Locale("en")
_ALPHA2 = {
    code: names[0]
    for code, names in get_global("territory_aliases").items()
    if len(code) == 3 and code.isalpha()
}


def label_code(labels: Mapping[str, Label], code: str) -> Label:
    """Return the label of a code, or the code itself where a newer warehouse knows more codes than this version."""
    return labels.get(code) or Label(code, code.replace("_", " "))


def explain_rule(code: str) -> str:
    """Return the meaning of a rule of the coder in English."""
    return _RULE.get(code) or code.replace("_", " ").replace("-", " ")


def explain_rules(rules: str) -> list[tuple[str, str]]:
    """Return what the rules of a report decided, and the meaning of each rule: `participants=…;status=…`."""
    pairs = [rule.partition("=") for rule in rules.split(";") if rule]
    return [(decided, explain_rule(rule)) for decided, _, rule in pairs]


def name_country(code: str) -> Label:
    """Return a country's names by its ISO 3166-1 alpha-3 code; the code itself if it is unknown."""
    alpha2 = _ALPHA2.get(code, "")
    return Label(_HINDI.territories.get(alpha2, code), _ENGLISH.territories.get(alpha2, code))


def list_countries() -> list[tuple[str, Label]]:
    """Return the code and label of every country, sorted by English name."""
    named = [(code, name_country(code)) for code, alpha2 in _ALPHA2.items() if alpha2 in _ENGLISH.territories]
    return sorted(named, key=lambda pair: pair[1].en)


def format_day(day: date) -> Label:
    """Return a day, such as 4 मई 2023 (4 May 2023)."""
    return Label(format_date(day, "d MMM y", _HINDI), format_date(day, "d MMM y", _ENGLISH))


def format_month(month: date) -> Label:
    """Return a month, such as मई 2023 (May 2023)."""
    return Label(format_date(month, "LLLL y", _HINDI), format_date(month, "LLLL y", _ENGLISH))


def format_date_range(start: date | None, end: date | None, precision: str) -> Label:
    """Return the days of a meeting at the precision at which they are known."""
    if start is None:
        return Label("तारीख़ अज्ञात", "date unknown")
    if precision == "month" and (end is None or (end.year, end.month) == (start.year, start.month)):
        return format_month(start)
    if precision == "year" and (end is None or end.year == start.year):
        return Label(str(start.year), str(start.year))
    first = format_day(start)
    if end is None or end == start:
        return first
    if (end.year, end.month) == (start.year, start.month):
        return Label(f"{start.day}–{format_day(end).hi}", f"{start.day}–{format_day(end).en}")
    last = format_day(end)
    return Label(f"{first.hi} – {last.hi}", f"{first.en} – {last.en}")


def format_time(moment: datetime) -> str:
    """Return a time in India, such as 2023-05-04 18:30 IST."""
    return f"{moment.astimezone(IST):%Y-%m-%d %H:%M} IST"
