"""Link the warehouse's reports into meetings: the reports that a load touches, or all of them.

`link.py` decides; this module reads its input from the warehouse and writes its decisions.
"""

from dataclasses import dataclass

import duckdb

from etl.domain.plan import RunContext
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.audit import audited_transaction
from etl.warehouse.connection import open_working
from etl.warehouse.link import Report, link_reports
from etl.warehouse.migrate import migrate
from etl.warehouse.statements import query_sql, run_sql

_REMEDY = "Nothing was changed: load the days named here again, then relink."


@dataclass(frozen=True, slots=True)
class RelinkResult:
    """The counts of relinking all reports.

    Attributes:
        changed_count: reports that belong to another meeting than before.
    """

    report_count: int
    meeting_count: int
    changed_count: int


def relink_warehouse(working: WarehousePlace, run: RunContext) -> RelinkResult:
    """Link all reports from scratch in one transaction, needed after a change of the rules in `link.py`.

    Without such a change no row changes: loads leave the same links.

    Raises:
        AuditBlocked: a blocking check found bad rows; the transaction was rolled back, the results are recorded.
        WarehouseLocked: another process held the working database.
    """
    with open_working(working) as con:
        migrate(con, now=run.now)
        with audited_transaction(
            con, "relink", run, subject="Relinking was rolled back", remedy=_REMEDY
        ) as counts:
            run_sql(con, "link/00_touch_all.sql")
            run_sql(con, "link/01_index.sql")
            run_sql(con, "link/04_remember.sql")
            link_touched(con, run_key=run.run_key)
            (row,) = query_sql(con, "link/09_result.sql")
            counts.update(row)
    return RelinkResult(counts["report"], counts["meeting"], counts["changed"])


def touch_reports(con: duckdb.DuckDBPyConnection) -> None:
    """Extend touched_report by every report whose meeting can change with those in it (inside a load)."""
    run_sql(con, "link/01_index.sql")
    step, found = 0, query_sql(con, "link/02_start.sql")
    while found:
        step += 1
        found = query_sql(con, "link/03_touch.sql", {"step": step})
    run_sql(con, "link/04_remember.sql")


def link_touched(con: duckdb.DuckDBPyConnection, *, run_key: str) -> None:
    """Link the touched reports again and write their meetings (inside a load, after `touch_reports`)."""
    linking = link_reports(read_reports(con))
    decided = {
        "report_ids": list(linking.meeting_of),
        "meeting_ids": list(linking.meeting_of.values()),
        "held_ids": list(linking.planned_of),
        "planned_ids": list(linking.planned_of.values()),
    }
    run_sql(con, "link/06_assign.sql", decided)
    run_sql(con, "link/07_derive.sql")
    run_sql(con, "link/08_alias.sql", {"run_key": run_key})


def read_reports(con: duckdb.DuckDBPyConnection) -> list[Report]:
    """Return the touched reports and the reports around them that linking needs (inside a load)."""
    rows = query_sql(con, "link/05_read_reports.sql")
    return [Report(**row | {"entity_ids": frozenset(row["entity_ids"] or ())}) for row in rows]
