"""Meetings as a table for people."""

from rich.table import Table

from etl.warehouse.read import MeetingRow


def make_meeting_table(rows: list[MeetingRow]) -> Table:
    """Return a table of one row a meeting."""
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


def _date_text(row: MeetingRow) -> str:
    if row.start_date is None:
        return "no date"
    if row.end_date in (None, row.start_date):
        return row.start_date.isoformat()
    return f"{row.start_date}\nto {row.end_date}"
