"""No pattern of ours takes more than linear time for any text that we thought of, up to 10^5 characters."""

import re

import pytest

from testkit.regex_growth import Pattern, find_growth, find_patterns

PATTERNS = [*find_patterns("etl.extract"), *find_patterns("etl.domain"), *find_patterns("etl.transform")]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_a_pattern_takes_linear_time(pattern: Pattern) -> None:
    assert find_growth(pattern) is None


@pytest.mark.parametrize(
    ("expression", "use"),
    [
        (r"\s+[|-]+\s+x$", "search"),
        (r"\W*(?:a|b)\W*c", "search"),
        (r"<(script|style)\b.*?</\1", "sub"),
        (r"a.*b.*c", "search"),
        (r"[\s,]*[\s|]*x", "fullmatch"),
    ],
)
def test_the_measurement_finds_patterns_that_are_not_linear(expression: str, use: str) -> None:
    assert find_growth(Pattern("example", re.compile(expression, re.S), (use,)))
