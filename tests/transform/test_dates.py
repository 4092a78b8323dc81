"""Hindi time expressions: one case per construction or ambiguity (`date_cases.csv`), and properties of any text."""

import csv
from datetime import date
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.dates import Tense, TimeExpression, find_time_expressions
from etl.transform.dates.words import WORDS_BY_KIND
from testkit.date_cases import CASES_FILE, read_cases, read_dateparser, read_ours, score

CASES = list(csv.DictReader(CASES_FILE.read_text("utf-8").splitlines()))
TENSES: tuple[Tense, ...] = ("past", "future", "unknown")
DATE_WORDS = [
    *" ".join(WORDS_BY_KIND.values()).split(),
    *[
        "सोमवार",
        "रविवार",
        "मार्च",
        "मई",
        "जून",
        "दो",
        "4",
        "31",
        "99",
        "500",
        "9999",
        "1526",
        "2020",
        ",",
        "-",
        "(",
        ")",
        "।",
    ],
]


def format_expression(expression: TimeExpression) -> str:
    """Return an expression in the format of the table: text=start[/end][ precision]."""
    if expression.precision == "none":
        return f"{expression.text}=?"
    assert expression.start_date and expression.end_date
    days = dict.fromkeys([expression.start_date.isoformat(), expression.end_date.isoformat()])
    precision = "" if expression.precision == "day" else f" {expression.precision}"
    return f"{expression.text}={'/'.join(days)}{precision}"


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_expression_has_its_usual_meaning(case: dict[str, str]) -> None:
    anchor = None if case["anchor"] == "-" else date.fromisoformat(case["anchor"])
    found = find_time_expressions(case["text"], anchor, cast(Tense, case["tense"]))
    assert ";".join(map(format_expression, found)) == case["expected"]


def test_table_has_no_duplicate_cases() -> None:
    assert len({(case["text"], case["anchor"], case["tense"]) for case in CASES}) == len(CASES) >= 120


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500 साल पहले उनसे मुलाकात की", "500 साल पहले=?"),
        ("2000 साल पहले यहां बैठक हुई", "2000 साल पहले=?"),
        ("करीब 5000 वर्ष पूर्व वे मिले", "करीब 5000 वर्ष पूर्व=?"),
        ("सन 1526 में बाबर मिले", "सन 1526=?"),
        ("15 मई 1526 को वे मिले", "15 मई 1526=?"),
        ("10 मई, 1857 को बैठक हुई", "10 मई, 1857=?"),
        ("1857 की 10 मई को बैठक हुई", "1857 की 10 मई=?"),
        ("04/07/1776 को बैठक हुई", "04/07/1776=?"),
        ("5 मई 2150 को बैठक हुई", "5 मई 2150=?"),
        ("सन 2300 में वे मिले", "सन 2300=?"),
        ("सन 2000 ईसा पूर्व में वे मिले", ""),
        ("326 ई.पू. में वे मिले", ""),
        ("1890-1905 में वे मिले", ""),
        ("5 मई को 1500 लोग मिले", "5 मई=2023-05-05"),
        ("5 मई 1500 करोड़ पर बात हुई", "5 मई=2023-05-05"),
        ("सन 2100 में वे मिलेंगे", "सन 2100=2100-01-01/2100-12-31 year"),
        ("सन 1900 में वे मिले", "सन 1900=1900-01-01/1900-12-31 year"),
    ],
)
def test_a_year_far_from_the_news_gives_an_unknown_date(text: str, expected: str) -> None:
    found = find_time_expressions(text, date(2023, 5, 5), "past")
    assert ";".join(map(format_expression, found)) == expected


def test_dateparser_reads_fewer_cases() -> None:
    cases = read_cases()[::4]
    ours = score(cases, read_ours)
    theirs = score(cases, read_dateparser)
    assert theirs.days < ours.days and theirs.periods < ours.periods and theirs.silent < ours.silent


def assert_sound(text: str, anchor: date | None, tense: Tense) -> None:
    previous_end = 0
    for found in find_time_expressions(text, anchor, tense):
        assert previous_end <= found.start_char < found.end_char <= len(text)
        assert text[found.start_char : found.end_char] == found.text
        assert (found.start_date is None) == (found.end_date is None) == (found.precision == "none")
        if found.start_date and found.end_date:
            assert date(1900, 1, 1) <= found.start_date <= found.end_date <= date(2100, 12, 31)
        previous_end = found.end_char


@given(st.text(), st.none() | st.dates(), st.sampled_from(TENSES))
def test_any_text_gives_sound_expressions(text: str, anchor: date | None, tense: Tense) -> None:
    assert_sound(text, anchor, tense)


@given(st.lists(st.sampled_from(DATE_WORDS)).map(" ".join), st.none() | st.dates(), st.sampled_from(TENSES))
def test_any_sequence_of_date_words_gives_sound_expressions(
    text: str, anchor: date | None, tense: Tense
) -> None:
    assert_sound(text, anchor, tense)


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.sampled_from(TENSES))
def test_a_full_date_does_not_depend_on_the_anchor(day: date, tense: Tense) -> None:
    for anchor in (None, date(2023, 5, 10)):
        (found,) = find_time_expressions(f"{day.day}/{day.month}/{day.year} को", anchor, tense)
        assert found.start_date == found.end_date == day


@given(
    st.sampled_from(["सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार", "रविवार"]),
    st.dates(date(1950, 1, 1), date(2050, 1, 1)),
)
def test_a_weekday_is_within_a_week_on_the_side_of_the_tense(weekday: str, anchor: date) -> None:
    (behind,) = find_time_expressions(weekday, anchor, "past")
    (ahead,) = find_time_expressions(weekday, anchor, "future")
    assert behind.start_date and ahead.start_date
    assert 0 <= (anchor - behind.start_date).days < 7
    assert 0 <= (ahead.start_date - anchor).days < 7
    assert behind.start_date.weekday() == ahead.start_date.weekday()
