"""Group near copies of one text, such as an agency's report that several papers print.

Two articles are copies when their signatures agree in four fifths of their places and their partitions lie at most
14 days apart; a group is all that copies lead to. It depends on the set of articles alone, not on the order in
which their days are loaded.
"""

from collections.abc import Iterable

import duckdb

from etl.warehouse.statements import query_sql, run_sql


def group_copies(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each article of some pair the lowest id that pairs lead it to."""
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
    """Group anew what the load touches (inside a load, after copies/01_touch.sql and the inserts)."""
    run_sql(con, "copies/02_pairs.sql", {"partition_day": partition_day})
    pairs = query_sql(con, "copies/03_read_pairs.sql")
    group_of = group_copies((pair["one_id"], pair["other_id"]) for pair in pairs)
    decided = {"article_ids": list(group_of), "group_ids": list(group_of.values())}
    run_sql(con, "copies/04_write.sql", decided)
