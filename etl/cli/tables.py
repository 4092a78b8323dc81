"""Tables for the terminal."""

from collections.abc import Iterable, Sequence

from rich.table import Table

from etl.pipeline.check_sources import SourceCheck
from etl.warehouse.read import MeetingRow

FILE_WIDTH = 110
"""Columns of a table that is not printed to a terminal."""


def make_meeting_table(rows: Sequence[MeetingRow]) -> Table:
    """Return a table with one row per meeting."""
    table = Table(show_lines=True, title=f"{len(rows)} meetings")
    table.add_column("who met whom", min_width=24, overflow="fold")
    table.add_column("status, format, mode", width=12)
    table.add_column("date, place", width=12, overflow="fold")
    table.add_column("evidence", overflow="fold")
    for row in rows:
        table.add_row(
            "\n".join(f"{name_hi}\n  {latin}" for name_hi, latin in row.participants),
            "\n".join(filter(None, (row.status, row.format, row.mode))),
            "\n".join(filter(None, (_date_text(row), row.place_hi))),
            row.evidence_text,
        )
    return table


def make_source_table(checks: Sequence[SourceCheck]) -> Table:
    """Return a table with one row per feed, sitemap or listing, grouped by publisher."""
    table = Table(title=f"{len(checks)} publishers", show_lines=True)
    for column in ("source", "verified", "enabled", "document", "found", "problem"):
        table.add_column(column, overflow="fold")
    for check in checks:
        publisher: Iterable[str] = (check.source_id, _yes(check.verified), _yes(check.enabled))
        for document in check.documents:
            table.add_row(*publisher, document.url, str(document.found_count), document.problem or "")
            publisher = ("", "", "")
        if not check.documents:
            table.add_row(*publisher, "", "", "")
    return table


def _date_text(row: MeetingRow) -> str:
    if row.start_date is None:
        return "no date"
    if row.end_date in (None, row.start_date):
        return row.start_date.isoformat()
    return f"{row.start_date}\nto {row.end_date}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
