"""Group near copies of one text, such as an agency story that several papers print.

Two articles are copies when their signatures agree in four fifths of their positions and their partitions are at most
14 days apart. Copies of copies belong to one group. Groups depend only on the set of articles, not on the order in
which their days are loaded.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import duckdb

from etl.domain.days import UNDATED
from etl.warehouse.statements import query_sql, run_sql

DAYS_APART = 14
"""Most days between the partitions of two copies (copies/02_pairs.sql has the same number)."""


def group_copies(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each article of a pair the lowest article id that a chain of pairs connects it with."""
    lowest: dict[str, str] = {}

    def root_of(article_id: str) -> str:
        while lowest.setdefault(article_id, article_id) != article_id:
            lowest[article_id] = article_id = lowest[lowest[article_id]]
        return article_id

    for one, other in pairs:
        first, second = sorted((root_of(one), root_of(other)))
        lowest[second] = first
    return {article_id: root_of(article_id) for article_id in lowest}


def regroup_copies(con: duckdb.DuckDBPyConnection, partition_day: str) -> None:
    """Group again the articles that the load touches (inside a load, after copies/01_touch.sql and the inserts)."""
    first_day, last_day = _window(partition_day)
    window = {"partition_day": partition_day, "first_day": first_day, "last_day": last_day}
    run_sql(con, "copies/02_pairs.sql", window)
    pairs = query_sql(con, "copies/03_read_pairs.sql")
    group_of = group_copies((pair["one_id"], pair["other_id"]) for pair in pairs)
    decided = {"article_ids": list(group_of), "group_ids": list(group_of.values())}
    run_sql(con, "copies/04_write.sql", decided)


def _window(partition_day: str) -> tuple[str, str]:
    """Return the first and the last partition that can contain copies of this one's articles."""
    if partition_day == UNDATED:
        return UNDATED, UNDATED
    day, apart = date.fromisoformat(partition_day), timedelta(DAYS_APART)
    return (day - apart).isoformat(), (day + apart).isoformat()
