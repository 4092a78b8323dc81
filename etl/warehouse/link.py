"""Link reports into meetings: a pure function of the set of reports, independent of the order they arrive in.

Reports are processed in order of publication: (published_at, article_id, ordinal). Each report joins the first meeting
with whose reports it agrees, all of them, or starts a new meeting. A report never depends on later ones, so a load can
keep the decisions for all reports that it does not touch (sql/link/03_touch.sql) and still produce what linking all
reports from scratch would produce. Two reports agree when

* they are from two articles and their statuses are compatible (held with ongoing; any other only with itself);
* their participants overlap: two or more in common, which are at least half of both together or all of one report
  (all of both where one is bilateral and the other multilateral: a talk of two leaders at a summit is not the summit);
* where both have a mode, both or neither is a phone call;
* their dates overlap; or, where one has no date, both are news or both are background, their articles are at most
  `DAYS_APART` days apart, and place and occasion do not contradict each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from etl.domain.hindi import fold_name
from etl.domain.ids import digest
from etl.domain.meeting import DatePrecision, Format, Mode, Status

LINKING_VERSION = 2
"""Raise it with every change of this module, of relink.py or of sql/link that can change a meeting: maintenance then
relinks the warehouse. A test compares a digest of that code and fails until the number is raised."""

DAYS_APART = 7
"""Most days between two articles that report one undated meeting (sql/link/01_index.sql has the same number)."""

_HAPPENED = ("held", "ongoing")
_ByPair = dict[tuple[str, ...], set[int]]
"""Two participants → numbers of the meetings with a report that names both."""


@dataclass(frozen=True, slots=True)
class Report:
    """The fields of one article's report that linking uses; names as in core.meeting_mention.

    Attributes:
        meeting_id: the meeting it is already linked to; None where the link is still to be decided.
        published_us: microseconds since 1970; None where the article has no time of publication.
        anchor_date: the article's anchor date, which dates a report without a date.
        entity_ids: its participants.
    """

    report_id: str
    article_id: str
    ordinal: int
    meeting_id: str | None
    published_us: int | None
    anchor_date: date | None
    status: Status
    format: Format
    mode: Mode | None
    is_historical: bool
    start_date: date | None
    end_date: date | None
    date_precision: DatePrecision
    place_hi: str | None
    place_entity_id: str | None
    occasion_hi: str | None
    entity_ids: frozenset[str]

    @property
    def order(self) -> tuple[bool, int, str, int]:
        """Sort key by publication; reports without a time of publication come last."""
        return self.published_us is None, self.published_us or 0, self.article_id, self.ordinal


@dataclass(frozen=True, slots=True)
class Linking:
    """The meeting of each report, and the announcement of each held meeting.

    Attributes:
        meeting_of: report_id → meeting_id, for the reports without a meeting in the input.
        planned_of: meeting_id of a held meeting → meeting_id of the planned one it fulfilled.
    """

    meeting_of: dict[str, str]
    planned_of: dict[str, str]


def link_reports(reports: Iterable[Report]) -> Linking:
    """Cluster reports into meetings and link held meetings to the planned meetings they fulfilled.

    Args:
        reports: the reports to link (without meeting_id), and the already linked meetings around them, each complete.
    """
    clusters: list[list[Report]] = []
    number_of: dict[str, int] = {}
    by_pair: _ByPair = {}
    meeting_of: dict[str, str] = {}
    for report in sorted(reports, key=lambda report: report.order):
        if report.meeting_id is None:
            number = _first_fitting(report, clusters, by_pair)
        else:
            number = number_of.get(report.meeting_id, len(clusters))
        if number == len(clusters):
            clusters.append([])
            number_of[make_meeting_id(report)] = number
        clusters[number].append(report)
        for pair in _pairs(report):
            by_pair.setdefault(pair, set()).add(number)
        if report.meeting_id is None:
            meeting_of[report.report_id] = make_meeting_id(clusters[number][0])
    return Linking(meeting_of, _link_planned(clusters, by_pair))


def make_meeting_id(earliest: Report) -> str:
    """Return the id of a meeting: a hash of its earliest report."""
    return digest("meeting", earliest.report_id)


def agree(one: Report, other: Report) -> bool:
    """Return whether two reports can belong to one meeting (see the module's docstring)."""
    return (
        one.article_id != other.article_id
        and _statuses_agree(one, other)
        and _circumstances_agree(one, other)
    )


def _first_fitting(report: Report, clusters: list[list[Report]], by_pair: _ByPair) -> int:
    candidates = {number for pair in _pairs(report) for number in by_pair.get(pair, ())}
    fitting = (n for n in sorted(candidates) if all(agree(report, member) for member in clusters[n]))
    return next(fitting, len(clusters))


def _link_planned(clusters: list[list[Report]], by_pair: _ByPair) -> dict[str, str]:
    """Return for each held meeting the latest plan that was published before it and matches it."""
    planned_of: dict[str, str] = {}
    for held in clusters:
        if held[0].status not in _HAPPENED:
            continue
        numbers = {number for report in held for pair in _pairs(report) for number in by_pair[pair]}
        plans = (clusters[number] for number in sorted(numbers, reverse=True))
        plan = next((plan for plan in plans if plan[0].status == "planned" and _fulfils(held, plan)), None)
        if plan:
            planned_of[make_meeting_id(held[0])] = make_meeting_id(plan[0])
    return planned_of


def _fulfils(held: list[Report], planned: list[Report]) -> bool:
    announced = [plan for plan in planned if plan.order < held[0].order]
    return any(_circumstances_agree(plan, report) for plan in announced for report in held)


def _pairs(report: Report) -> Iterable[tuple[str, ...]]:
    return combinations(sorted(report.entity_ids), 2)


def _statuses_agree(one: Report, other: Report) -> bool:
    return one.status == other.status or (one.status in _HAPPENED and other.status in _HAPPENED)


def _circumstances_agree(one: Report, other: Report) -> bool:
    return _participants_agree(one, other) and _modes_agree(one, other) and _dates_agree(one, other)


def _participants_agree(one: Report, other: Report) -> bool:
    shared = one.entity_ids & other.entity_ids
    if len(shared) < 2:
        return False
    if {one.format, other.format} == {"bilateral", "multilateral"}:
        return one.entity_ids == other.entity_ids
    is_whole = shared in (one.entity_ids, other.entity_ids)
    return is_whole or 2 * len(shared) >= len(one.entity_ids | other.entity_ids)


def _modes_agree(one: Report, other: Report) -> bool:
    return None in (one.mode, other.mode) or (one.mode == "phone") == (other.mode == "phone")


def _dates_agree(one: Report, other: Report) -> bool:
    if one.start_date and one.end_date and other.start_date and other.end_date:
        overlap = one.start_date <= other.end_date and other.start_date <= one.end_date
        is_vague = "year" in (one.date_precision, other.date_precision)
        return overlap and (not is_vague or _are_close(one, other))
    return one.is_historical == other.is_historical and _are_close(one, other) and not _contradict(one, other)


def _are_close(one: Report, other: Report) -> bool:
    if one.anchor_date is None or other.anchor_date is None:
        return False
    return abs((one.anchor_date - other.anchor_date).days) <= DAYS_APART


def _contradict(one: Report, other: Report) -> bool:
    """Return whether the two name different places or occasions; a missing name contradicts nothing."""
    if one.place_entity_id and other.place_entity_id:
        places_differ = one.place_entity_id != other.place_entity_id
    else:
        places_differ = _differ(one.place_hi, other.place_hi)
    return places_differ or _differ(one.occasion_hi, other.occasion_hi)


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and fold_name(one) != fold_name(other)
