"""Link the warehouse's reports into meetings: those that a load touches, or all of them.

What is decided lies in `link.py`; here is what it is handed and where its answer goes.
"""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.audit import audited_transaction
from etl.warehouse.connection import open_working
from etl.warehouse.link import Report, link_reports
from etl.warehouse.migrate import migrate
from etl.warehouse.statements import query_sql, run_sql

_REMEDY = "Nothing was changed: load the days named here again, then link anew."


@dataclass(frozen=True, slots=True)
class RelinkReport:
    """What linking everything anew did.

    Attributes:
        changed_count: reports that tell of another meeting than before.
    """

    report_count: int
    meeting_count: int
    changed_count: int


def relink_warehouse(working: WarehousePlace, *, run_key: str, now: datetime) -> RelinkReport:
    """Link all reports anew in one transaction, as after a change of the rules in `link.py`.

    Where the rules did not change, nothing does: loads leave what this would give.

    Raises:
        AuditBlocked: a blocking check found bad rows; the transaction was rolled back, the results were kept.
        WarehouseLocked: another process held the working database.
    """
    with open_working(working) as con:
        migrate(con, now=now)
        with audited_transaction(
            con,
            "relink",
            "Linking anew was rolled back",
            _REMEDY,
            partition_day=None,
            run_key=run_key,
            now=now,
        ) as counts:
            run_sql(con, "link/00_touch_all.sql")
            run_sql(con, "link/01_index.sql")
            run_sql(con, "link/04_remember.sql")
            link_touched(con, run_key=run_key)
            (row,) = query_sql(con, "link/09_report.sql")
            counts.update(row)
    return RelinkReport(counts["report"], counts["meeting"], counts["changed"])


def touch_reports(con: duckdb.DuckDBPyConnection) -> None:
    """Grow touched_report to every report whose meeting may change with those in it (inside a load)."""
    run_sql(con, "link/01_index.sql")
    step, found = 0, query_sql(con, "link/02_start.sql")
    while found:
        step += 1
        found = query_sql(con, "link/03_touch.sql", {"step": step})
    run_sql(con, "link/04_remember.sql")


def link_touched(con: duckdb.DuckDBPyConnection, *, run_key: str) -> None:
    """Decide the touched reports anew and write their meetings (inside a load, after `touch_reports`)."""
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
    """Return the touched reports and what their linking looks at (inside a load, after `touch_reports`)."""
    rows = query_sql(con, "link/05_read_reports.sql")
    return [Report(**row | {"entity_ids": frozenset(row["entity_ids"] or ())}) for row in rows]
