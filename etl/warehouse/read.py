"""Read the published copy: what `mulaqat meetings` prints, and how complete the sources are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.domain.meeting import DatePrecision, Format, Mode, Status
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.connection import open_published
from etl.warehouse.statements import query_sql


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting of out.meeting.

    Attributes:
        participants: (name in Hindi, ASCII reading) of each.
        start_date: first day, inclusive; None when no report gives a time expression.
        end_date: last day, inclusive.
        place_hi: verbatim.
        evidence_text: the Hindi sentence that reports it.
        article_url: of the article with that sentence.
        published_date: day in India on which that article was published.
    """

    meeting_id: str
    participants: tuple[tuple[str, str], ...]
    status: Status
    format: Format
    mode: Mode | None
    start_date: date | None
    end_date: date | None
    date_precision: DatePrecision
    place_hi: str | None
    evidence_text: str
    article_url: str
    published_date: date | None


def list_meetings(published: WarehousePlace) -> list[MeetingRow]:
    """Return all meetings by day, those without any day last.

    Raises:
        PermanentError: nothing was published there yet.
    """
    with open_published(published) as con:
        rows = query_sql(con, "read/list_meetings.sql")
    return [MeetingRow(**row | {"participants": tuple(map(tuple, row["participants"]))}) for row in rows]


def summarise_completeness(published: WarehousePlace, *, since_day: str) -> list[dict[str, Any]]:
    """Return one row a source: what it gave since a day (columns of read/completeness.sql).

    Raises:
        PermanentError: nothing was published there yet.
    """
    with open_published(published) as con:
        return query_sql(con, "read/completeness.sql", {"since_day": since_day})
