"""The cost of one article grows as its length does, whatever its text: growth is compared, not seconds."""

from functools import cached_property

import pytest

from etl.transform.align import equal_stretches
from etl.transform.dates.grammar import _GRAMMAR, _SIGN_OF_KIND
from testkit.regex_growth import Pattern, find_growth
from testkit.text_costs import measure_articles, measure_lines, measure_resolve, peak_megabytes

MOST_GROWTH = 24
"""Eight times the length may take this many times as long; quadratic time is 64 times as long."""
LEAST_SECONDS = 0.02
"""Shorter times are noise."""


def check_growth(rows: dict[str, list[float]]) -> None:
    for name, seconds in rows.items():
        assert seconds[-1] < max(seconds[0], LEAST_SECONDS) * MOST_GROWTH, f"{name}: {seconds}"


def test_cleaning_is_linear() -> None:
    check_growth(measure_lines(100_000) | measure_articles(50_000))


def test_resolving_is_linear() -> None:
    check_growth(measure_resolve(480))


def test_a_long_line_with_changed_spaces_needs_little_memory() -> None:
    old, new = "मंत्री  ने कहा " * 6_700, "मंत्री ने कहा " * 6_700
    assert len(old) > 100_000
    assert peak_megabytes(lambda: list(equal_stretches(new, old))) < 50


class GrammarPattern(Pattern):
    """A pattern of the date grammar: its strings are kinds of words, not words."""

    @cached_property
    def strings(self) -> list[str]:
        """Sequences of kinds that lists and ranges of dates repeat."""
        return ["".join(_SIGN_OF_KIND[kind] for kind in kinds.split()) for kinds in KINDS]


KINDS = (
    "DAY", "DAY COMMA", "DAY AND", "DAY COMMA AND", "DAY MONTH", "DAY MONTH HYPHEN", "YEAR", "YEAR COMMA", "MONTH",
    "WEEKDAY", "WEEKDAY COMMA", "WEEKDAY HYPHEN", "TODAY", "TODAY AND", "KAL THAT_IS", "NEXT", "PAST ONLY", "OTHER",
    "NUMBER YEAR_UNITS", "DAY HYPHEN", "YEAR_UNIT YEAR", "COMMON_ERA FAR_YEAR", "OPEN", "CLOSE", "FISCAL YEAR HYPHEN",
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(_GRAMMAR)), ids=lambda number: f"{_GRAMMAR[number][0]} {number}")
def test_a_rule_of_the_date_grammar_takes_linear_time(number: int) -> None:
    name, pattern, _ = _GRAMMAR[number]
    assert find_growth(GrammarPattern(name, pattern, ("match", "finditer"))) is None
