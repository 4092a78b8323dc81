"""Hindi time expressions with the days that people understand (`date_cases.csv`), and scores of a reader on them.

Each case is a short text, its day of publication and the tense of its statement. The scores are shares:

* `days`: cases that mean single days and for which exactly these days are found, of all cases that mean single days;
* `periods`: cases for which every period is found and nothing else, of all cases that mean a time. A single day inside
  the meant week, month or year counts as found, because dateparser returns only single days;
* `silent`: cases for which nothing is found, of all cases that mean no time.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from dateparser.search import search_dates

from etl.transform.dates import Tense, find_time_expressions

CASES_FILE = Path(__file__).with_name("date_cases.csv")
Period = tuple[date, date]
Reader = Callable[[str, date | None, Tense], list[Period]]
_TENSES: dict[str, Tense] = {"past": "past", "future": "future", "unknown": "unknown"}
_PREFER = {"past": "past", "future": "future", "unknown": "past"}


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the periods that people understand; `anchor` is its day of publication, None if unknown."""

    text: str
    anchor: date | None
    tense: Tense
    periods: list[Period]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares from 0 to 1, defined in the module's docstring."""

    days: float
    periods: float
    silent: float


def read_cases(path: Path = CASES_FILE) -> list[Case]:
    """Read the table of cases; an expression that needs an anchor and has none means no time."""
    with path.open(encoding="utf-8") as file:
        return [
            Case(
                text=row["text"],
                anchor=None if row["anchor"] == "-" else date.fromisoformat(row["anchor"]),
                tense=_TENSES[row["tense"]],
                periods=[
                    _read_period(item) for item in row["expected"].split(";") if item and "=?" not in item
                ],
            )
            for row in csv.DictReader(file)
        ]


def _read_period(item: str) -> Period:
    first, _, last = item.rpartition("=")[2].split(" ")[0].partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


def read_ours(text: str, anchor: date | None, tense: Tense) -> list[Period]:
    """Read with etl.transform.dates."""
    found = find_time_expressions(text, anchor, tense)
    return [(item.start_date, item.end_date) for item in found if item.start_date and item.end_date]


def read_dateparser(text: str, anchor: date | None, tense: Tense) -> list[Period]:
    """Read with dateparser, set to Hindi, day before month, and dates relative to the anchor."""
    settings: dict[str, object] = {"PREFER_DATES_FROM": _PREFER[tense], "DATE_ORDER": "DMY"}
    if anchor:
        settings["RELATIVE_BASE"] = datetime(anchor.year, anchor.month, anchor.day)
    else:
        settings["REQUIRE_PARTS"] = ["day", "month", "year"]
    found = search_dates(text, languages=["hi"], settings=settings) or []
    return [(moment.date(), moment.date()) for _, moment in found]


def score(cases: Iterable[Case], read: Reader) -> Score:
    """Score a reader on the cases."""
    days, periods, silent = [], [], []
    for case in cases:
        found = read(case.text, case.anchor, case.tense)
        if not case.periods:
            silent.append(not found)
            continue
        pairs = zip(sorted(found), sorted(case.periods), strict=False)
        is_whole = len(found) == len(case.periods)
        periods.append(is_whole and all(_is_found(one, other) for one, other in pairs))
        if all(first == last for first, last in case.periods):
            days.append(sorted(found) == sorted(case.periods))
    return Score(*(sum(hits) / max(len(hits), 1) for hits in (days, periods, silent)))


def _is_found(found: Period, meant: Period) -> bool:
    return found == meant or (found[0] == found[1] and meant[0] <= found[0] <= meant[1])
