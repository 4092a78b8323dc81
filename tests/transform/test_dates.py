"""Hindi time expressions, one case a construction or ambiguity (`date_cases.csv`), and what holds for any text."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.dates import Tense, find_time_expressions
from etl.transform.dates.words import WORDS_BY_KIND
from testkit.date_cases import CASES_FILE, read_cases, read_dateparser, read_ours, score

CASES = list(csv.DictReader(CASES_FILE.read_text("utf-8").splitlines()))
TENSES: tuple[Tense, ...] = ("past", "future", "unknown")
DATE_WORDS = [
    *" ".join(WORDS_BY_KIND.values()).split(),
    *["सोमवार", "रविवार", "मार्च", "मई", "जून", "दो", "4", "31", "99", "2020", ",", "-", "(", ")", "।"],
]


def write_expression(expression) -> str:
    """Write an expression as the table does: text=start[/end][ precision]."""
    if expression.precision == "none":
        return f"{expression.text}=?"
    days = dict.fromkeys([expression.start_date.isoformat(), expression.end_date.isoformat()])
    precision = "" if expression.precision == "day" else f" {expression.precision}"
    return f"{expression.text}={'/'.join(days)}{precision}"


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_expression_is_read_as_people_read_it(case):
    anchor = None if case["anchor"] == "-" else date.fromisoformat(case["anchor"])
    found = find_time_expressions(case["text"], anchor, case["tense"])
    assert ";".join(map(write_expression, found)) == case["expected"]


def test_table_has_no_two_equal_cases():
    assert len({(case["text"], case["anchor"], case["tense"]) for case in CASES}) == len(CASES) >= 120


def test_dateparser_reads_fewer_cases():
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
        assert found.start_date is None or found.start_date <= found.end_date
        previous_end = found.end_char


@given(st.text(), st.none() | st.dates(), st.sampled_from(TENSES))
def test_any_text_and_anchor_is_survived(text, anchor, tense):
    assert_sound(text, anchor, tense)


@given(st.lists(st.sampled_from(DATE_WORDS)).map(" ".join), st.none() | st.dates(), st.sampled_from(TENSES))
def test_any_row_of_date_words_gives_sound_expressions(text, anchor, tense):
    assert_sound(text, anchor, tense)


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.sampled_from(TENSES))
def test_a_full_date_means_itself_whatever_the_anchor(day, tense):
    for anchor in (None, date(2023, 5, 10)):
        (found,) = find_time_expressions(f"{day.day}/{day.month}/{day.year} को", anchor, tense)
        assert found.start_date == found.end_date == day


@given(
    st.sampled_from(["सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार", "रविवार"]),
    st.dates(date(1950, 1, 1), date(2050, 1, 1)),
)
def test_a_weekday_lies_within_a_week_on_the_side_of_the_tense(weekday, anchor):
    (behind,) = find_time_expressions(weekday, anchor, "past")
    (ahead,) = find_time_expressions(weekday, anchor, "future")
    assert 0 <= (anchor - behind.start_date).days < 7
    assert 0 <= (ahead.start_date - anchor).days < 7
    assert behind.start_date.weekday() == ahead.start_date.weekday()
