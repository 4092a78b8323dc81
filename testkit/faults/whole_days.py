"""Days of news whose meetings link across days, and readers who must only ever see whole days."""

from collections import Counter
from datetime import date, timedelta
from multiprocessing.synchronize import Event

from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.connection import open_published
from etl.warehouse.load import PartitionFiles
from testkit.articles import LAVROV, MODI, PUTIN, XI, ArticleSpec, MeetingSpec
from testkit.newsroom import Newsroom

STORIES_A_DAY = 12
PEOPLE = (MODI, PUTIN, XI, LAVROV)
FIRST = date(2023, 5, 1)


def write_day(newsroom: Newsroom, number: int) -> PartitionFiles:
    """Write a day whose meetings are told again on the next, so that loads link across days."""
    day = FIRST + timedelta(days=number)
    stories = []
    for n in range(STORIES_A_DAY):
        who = (PEOPLE[n % 4], PEOPLE[(n + 1 + number % 3) % 4])
        told = MeetingSpec(
            who=who, start=(day - timedelta(days=n % 2)).isoformat(), place="गोवा" if n % 3 else None
        )
        stories.append(ArticleSpec(f"https://a.in/{number}/{n}", (told,), hour=n))
    return newsroom.write(day.isoformat(), stories)


def assert_whole_days(place: WarehousePlace) -> None:
    with open_published(place) as con:
        counts = con.execute("SELECT count(*) FROM core.article GROUP BY partition_day").fetchall()
        loaded = con.execute("SELECT stored_count FROM meta.partition_load").fetchall()
        con.execute("SELECT count(*), sum(report_count) FROM out.meeting").fetchone()
    assert set(counts) <= {(STORIES_A_DAY,)}
    assert len(counts) == len(loaded)


def read_in_a_loop(place: WarehousePlace, stop: Event, seen: "list[Counter[str]]") -> None:
    """Open what is published, look at it, and again; count what was seen, errors by their text."""
    counted: Counter[str] = Counter()
    while not stop.is_set():
        try:
            assert_whole_days(place)
            counted["whole"] += 1
        except Exception as error:  # whatever a reader meets is what this is about
            counted[repr(error)[:200]] += 1
    seen.append(counted)
