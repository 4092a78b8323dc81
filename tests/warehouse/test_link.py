import itertools
import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from etl.warehouse.link import DAYS_APART, Report, agree, link_reports, make_meeting_id

DAY = date(2023, 5, 5)


def report(name: str, who: str = "mp", **changes: object) -> Report:
    plain = Report(
        report_id=f"report-{name}",
        article_id=f"article-{name}",
        ordinal=0,
        meeting_id=None,
        published_us=0,
        anchor_date=DAY,
        status="held",
        format="unknown",
        mode=None,
        is_historical=False,
        start_date=None,
        end_date=None,
        date_precision="none",
        place_hi=None,
        place_entity_id=None,
        occasion_hi=None,
        entity_ids=frozenset(who),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def on(first: date, last: date | None = None) -> dict[str, object]:
    return {"start_date": first, "end_date": last or first, "date_precision": "day"}


def late(days: int) -> dict[str, object]:
    return {"anchor_date": DAY + timedelta(days=days)}


SAME = [
    (report("a"), report("b")),
    (report("a"), report("b", status="ongoing")),
    (report("a", "mp"), report("b", "mpxl")),
    (report("a", "mpx"), report("b", "mpl")),
    (report("a"), report("b", **on(DAY))),
    (report("a"), report("b", **late(DAYS_APART))),
    (report("a", **on(DAY)), report("b", **on(DAY - timedelta(3), DAY + timedelta(3)), **late(90))),
    (report("a", place_hi="गोवा"), report("b")),
    (report("a", place_hi="गोवा", **on(DAY)), report("b", place_hi="पणजी", **on(DAY))),
    (report("a", place_hi="गोवा", place_entity_id="goa"), report("b", place_hi="गोआ", place_entity_id="goa")),
    (report("a", mode="visit"), report("b", mode="multilateral")),
    (report("a", is_historical=True, **on(DAY)), report("b", **on(DAY))),
]
DIFFERENT = [
    (report("a"), report("b", article_id="article-a", ordinal=1)),
    (report("a"), report("b", status="planned")),
    (report("a", status="planned"), report("b", status="postponed")),
    (report("a", "mp"), report("b", "mx")),
    (report("a", "mpxl"), report("b", "mpab")),
    (report("a", "mp", format="bilateral"), report("b", "mpxl", format="multilateral")),
    (report("a"), report("b", **late(DAYS_APART + 1))),
    (report("a", **on(DAY)), report("b", **on(DAY + timedelta(1)))),
    (report("a", place_hi="गोवा"), report("b", place_hi="दिल्ली")),
    (report("a", occasion_hi="जी20"), report("b", occasion_hi="एससीओ")),
    (report("a", mode="phone"), report("b", mode="visit")),
    (report("a", is_historical=True), report("b")),
    (report("a", anchor_date=None), report("b", anchor_date=None)),
    (
        report("a", **on(DAY)),
        report("b", **on(date(2023, 1, 1), date(2023, 12, 31)) | {"date_precision": "year"}, **late(90)),
    ),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_reports_of_one_meeting(one: Report, other: Report) -> None:
    assert agree(one, other)
    assert agree(other, one)
    assert len(set(link_reports([one, other]).meeting_of.values())) == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_reports_of_two_meetings(one: Report, other: Report) -> None:
    assert not agree(one, other)
    assert not agree(other, one)
    assert len(set(link_reports([one, other]).meeting_of.values())) == 2


def test_a_meeting_is_named_by_its_earliest_report() -> None:
    early, later = report("z", published_us=1), report("a", published_us=2)
    assert set(link_reports([later, early]).meeting_of.values()) == {make_meeting_id(early)}
    timeless = report("0", published_us=None)
    assert set(link_reports([timeless, later]).meeting_of.values()) == {make_meeting_id(later)}


def test_a_held_meeting_is_linked_to_the_latest_plan_published_before_it() -> None:
    old = report("old", status="planned", published_us=1)
    new = report("new", status="planned", published_us=2, place_hi="गोवा", occasion_hi="एससीओ")
    held = report("held", published_us=3)
    linking = link_reports([held, new, replace(old, occasion_hi="जी20")])
    assert linking.planned_of == {make_meeting_id(held): make_meeting_id(new)}


def test_a_plan_published_later_or_for_another_day_is_not_linked() -> None:
    plan = report("plan", status="planned", published_us=2, **on(DAY))
    assert link_reports([plan, report("held", published_us=1)]).planned_of == {}
    assert link_reports([plan, report("held", published_us=3, **on(DAY + timedelta(1)))]).planned_of == {}


def random_reports(seed: int, count: int) -> list[Report]:
    dice = random.Random(seed)
    reports = []
    for number in range(count):
        anchor = DAY + timedelta(dice.randint(0, 40))
        start = dice.choice([None, anchor - timedelta(dice.randint(-3, 20))])
        dates = on(start, start + timedelta(dice.choice([0, 0, 6]))) if start else {}
        reports.append(
            report(
                str(number),
                "".join(dice.sample("mpxlaj", dice.randint(2, 4))),
                article_id=f"article-{dice.randint(0, count // 2)}",
                ordinal=number,
                published_us=dice.choice([None, dice.randint(0, 9)]),
                anchor_date=dice.choice([None, anchor, anchor]),
                status=dice.choice(["held", "held", "ongoing", "planned"]),
                format=dice.choice(["bilateral", "multilateral", "unknown"]),
                place_hi=dice.choice([None, "गोवा", "दिल्ली"]),
                **dates,
            )
        )
    return reports


@pytest.mark.parametrize("seed", range(20))
def test_linking_depends_only_on_the_set_of_reports(seed: int) -> None:
    reports = random_reports(seed, 40)
    linking = link_reports(reports)
    random.Random(seed).shuffle(reports)
    assert link_reports(reports) == linking
    for one, other in itertools.combinations(reports, 2):
        if linking.meeting_of[one.report_id] == linking.meeting_of[other.report_id]:
            assert agree(one, other)


@pytest.mark.parametrize("seed", range(20))
def test_earlier_decisions_can_be_kept(seed: int) -> None:
    """Linking the last reports beside the first ones, already linked, gives the same as linking all of them."""
    reports = sorted(random_reports(seed, 40), key=lambda report: report.order)
    whole = link_reports(reports)
    for count in (0, 10, 39):
        decided = [replace(item, meeting_id=whole.meeting_of[item.report_id]) for item in reports[:count]]
        rest = link_reports([*decided, *reports[count:]])
        assert rest.meeting_of == {
            item.report_id: whole.meeting_of[item.report_id] for item in reports[count:]
        }
        assert rest.planned_of == whole.planned_of
