"""Match the rules against the words of a text: the longest match wins, between equals the earlier rule."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from etl.domain.days import is_plausible_day
from etl.transform.dates.meanings import Meaning
from etl.transform.dates.periods import Period, Tense
from etl.transform.dates.rule_match import RuleMatch
from etl.transform.dates.rules import PIECES, RULES
from etl.transform.dates.words import KINDS, Word

_SIGN_OF_KIND = {kind: chr(0xE000 + number) for number, kind in enumerate(KINDS)}
_LOOK_ALIKE = "look_alike"
_FALLBACK_ANCHOR = date(2000, 1, 1)
"""Used without a known anchor, only to check that the expression names possible days."""


class Reading(NamedTuple):
    """A match: words `first` to `end` (half-open), the rule, and its period.

    The period is None if it needs an unknown anchor, or is outside the years 1900 to 2100.
    """

    first: int
    end: int
    method: str
    period: Period | None


def _compile(pattern: str) -> re.Pattern[str]:
    """Compile a rule: expand the shared pieces, then replace each kind by its one-character sign."""
    while (spelled := re.sub("[A-Z][A-Z_]+", lambda name: PIECES.get(name[0], name[0]), pattern)) != pattern:
        pattern = spelled
    return re.compile(re.sub("[A-Z][A-Z_]+", lambda name: _SIGN_OF_KIND[name[0]], spelled).replace(" ", ""))


_GRAMMAR = tuple((method, _compile(pattern), meaning) for method, pattern, meaning in RULES)


def read_expressions(words: list[Word], anchor: date | None, tense: Tense) -> Iterator[Reading]:
    """Yield the longest matches from left to right, without overlaps."""
    kinds = "".join(_SIGN_OF_KIND[word.kind] for word in words)
    position = 0
    while position < len(words):
        longest = max(
            _readings_at(position, kinds, words, anchor, tense), key=lambda reading: reading.end, default=None
        )
        if longest and longest.method != _LOOK_ALIKE:
            yield longest
        position = longest.end if longest else position + 1


def _readings_at(
    position: int, kinds: str, words: list[Word], anchor: date | None, tense: Tense
) -> Iterator[Reading]:
    for method, pattern, meaning in _GRAMMAR:
        match = pattern.match(kinds, position)
        if match is None:
            continue
        if meaning is None:
            yield Reading(position, match.end(), _LOOK_ALIKE, None)
            continue
        period = _understand(meaning, RuleMatch(match, words, anchor or _FALLBACK_ANCHOR, tense))
        if period:
            is_known = (anchor is not None or _names_its_year(match)) and _is_plausible(period)
            yield Reading(position, match.end(), method, period if is_known else None)


def _understand(meaning: Meaning, found: RuleMatch) -> Period | None:
    try:
        return meaning(found)
    except (ValueError, OverflowError):  # no such day: 31 June, or a day before the calendar begins
        return None


def _is_plausible(period: Period) -> bool:
    """Return whether a meeting in the news can be in this period: not "500 years ago", not in the year 1526."""
    return is_plausible_day(period.start) and is_plausible_day(period.end)


def _names_its_year(match: re.Match[str]) -> bool:
    return any(
        word is not None
        for part, word in match.groupdict().items()
        if part.endswith("year") and part != "that_year"
    )
