"""Days of news whose meetings link across days, and a reader that checks that it sees whole days only."""

from collections import Counter
from datetime import date, timedelta
from multiprocessing.synchronize import Event

from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.connection import open_published
from etl.warehouse.load import PartitionFiles
from testkit.articles import LAVROV, MODI, PUTIN, XI, ArticleSpec, MeetingSpec
from testkit.newsroom import Newsroom

ARTICLES_A_DAY = 12
PEOPLE = (MODI, PUTIN, XI, LAVROV)
FIRST = date(2023, 5, 1)


def write_day(newsroom: Newsroom, number: int) -> PartitionFiles:
    """Write a day whose meetings the next day reports again, so that loads link across days."""
    day = FIRST + timedelta(days=number)
    articles = []
    for n in range(ARTICLES_A_DAY):
        who = (PEOPLE[n % 4], PEOPLE[(n + 1 + number % 3) % 4])
        meeting = MeetingSpec(
            who=who, start=(day - timedelta(days=n % 2)).isoformat(), place="गोवा" if n % 3 else None
        )
        articles.append(ArticleSpec(f"https://a.in/{number}/{n}", (meeting,), hour=n))
    return newsroom.write(day.isoformat(), articles)


def assert_whole_days(place: WarehousePlace) -> None:
    """Assert that every partition of a published warehouse has all its articles."""
    with open_published(place) as con:
        counts = con.execute("SELECT count(*) FROM core.article GROUP BY partition_day").fetchall()
        loaded = con.execute("SELECT stored_count FROM meta.partition_load").fetchall()
        con.execute("SELECT count(*), sum(report_count) FROM out.meeting").fetchone()
    assert set(counts) <= {(ARTICLES_A_DAY,)}
    assert len(counts) == len(loaded)


def read_in_a_loop(place: WarehousePlace, stop: Event, seen: "list[Counter[str]]") -> None:
    """Open and check the published warehouse until `stop` is set.

    Appends one counter to `seen`: `whole` for reads without an error, else by the text of the error.
    """
    counted: Counter[str] = Counter()
    while not stop.is_set():
        try:
            assert_whole_days(place)
            counted["whole"] += 1
        except Exception as error:  # every error of a reader is counted
            counted[repr(error)[:200]] += 1
    seen.append(counted)
