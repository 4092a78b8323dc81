"""Every regular expression of the text stages takes time proportional to the text, whatever the text."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import etl.transform
from etl.domain import hindi
from etl.transform.dates.grammar import _SIGN_OF_KIND

LENGTHS = (25_000, 100_000)
MOST_GROWTH = 10
"""Four times the length may take this many times as long; quadratic time is 16 times as long."""
LEAST_SECONDS = 0.01
"""Quadratic time is longer for the shorter text."""

SEEDS = [
    " ", "\t", "\n", "\u00a0", "a", "क", "क्", "क् ", "ज़", "्", "\u200d", "0", "९", "1,", "1,11", "1.", "1:", "01:",
    "1/1/", "12-", "2023-", "2023-05-", "|", " |", "| ", "|न्यूज ", "है |", "क|", "&", "&a", "&#1", "&#x", "&amp", ".",
    "। ", "-", "देखें:", "देखें :", "Also Read", " क", " के", " को", " के बाद", "आने ", "आने वाल", "ई.", "ई. पू", "à", "à¤", "à¤…",
    "Ã", "Ã\u00a0Â", "ð\u009f", "🙏", "🙏 ", "❤️", "\ufe0f", "\u200d🙏", "1️⃣", "ङ्", "न्क", "क्क", "5 मई ", "5, ", "5 और ",
    "सोमवार, ", "आज और ", "मई 2020 से ", "(", "\ud800", "\u202e", "अॅ",
]  # fmt: skip
ENDS = ["", "x;|"]


def find_patterns() -> dict[str, re.Pattern[str]]:
    """Return every compiled pattern of the modules of etl.transform and of etl.domain.hindi, by name."""
    names = [module.name for module in pkgutil.walk_packages(etl.transform.__path__, "etl.transform.")]
    modules = [hindi, *map(importlib.import_module, names)]
    return {
        f"{module.__name__}.{name}{number}": pattern
        for module in modules
        for name, value in vars(module).items()
        for number, pattern in enumerate(_patterns_in(value))
    }


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _patterns_in(item)


PATTERNS = find_patterns()
KIND_SEEDS = [
    "".join(_SIGN_OF_KIND[kind] for kind in kinds.split())
    for kinds in (
        "DAY", "DAY COMMA", "DAY AND", "DAY COMMA AND", "DAY MONTH", "DAY MONTH HYPHEN", "YEAR", "YEAR COMMA", "MONTH",
        "WEEKDAY", "WEEKDAY COMMA", "WEEKDAY HYPHEN", "TODAY", "TODAY AND", "KAL THAT_IS", "NEXT", "PAST ONLY", "OTHER",
        "NUMBER YEAR_UNITS", "DAY HYPHEN", "YEAR_UNIT YEAR", "COMMON_ERA FAR_YEAR", "OPEN", "CLOSE",
        "FISCAL YEAR HYPHEN",
    )
]  # fmt: skip


def scan_seconds(pattern: re.Pattern[str], text: str) -> float:
    """Return the processor time of finding all matches in a text and of matching it whole."""
    started = time.process_time()
    for _ in pattern.finditer(text):
        pass
    pattern.fullmatch(text)
    return time.process_time() - started


def grows_faster_than_text(
    pattern: re.Pattern[str], seed: str, end: str, lengths: tuple[int, int] = LENGTHS
) -> bool:
    """Return whether the time to scan a repeated seed grows faster than the text."""
    short, long = (seed * (length // len(seed)) + end for length in lengths)
    if (before := scan_seconds(pattern, short)) < LEAST_SECONDS:
        return False
    before = max(before, scan_seconds(pattern, short))
    return scan_seconds(pattern, long) > before * MOST_GROWTH


@pytest.mark.parametrize("name", PATTERNS)
def test_the_time_of_a_pattern_grows_as_the_text_does(name: str) -> None:
    is_grammar = "grammar" in name
    seeds, ends = (KIND_SEEDS, ["", _SIGN_OF_KIND["OTHER"]]) if is_grammar else (SEEDS, ENDS)
    slow = [
        (seed, end) for seed in seeds for end in ends if grows_faster_than_text(PATTERNS[name], seed, end)
    ]
    assert not slow


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 40


@pytest.mark.parametrize("pattern", [r"\s+x", r"(?:\w|a)*;", r"\d+(?:,\d+)*;"])
def test_a_quadratic_pattern_is_noticed(pattern: str) -> None:
    compiled = re.compile(pattern)
    assert any(
        grows_faster_than_text(compiled, seed, "", lengths=(4_000, 16_000)) for seed in (" ", "a", "1,")
    )
