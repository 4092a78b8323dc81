"""Read the published copy: the rows of `mulaqat meetings`, and how complete each source is."""

from dataclasses import dataclass
from datetime import date

from etl.domain.meeting import DatePrecision, Format, Mode, Status
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.connection import open_published, reject_other_databases
from etl.warehouse.statements import query_records, query_sql


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting of out.meeting.

    Attributes:
        participants: (Hindi name, ASCII reading) of each.
        start_date: first day, inclusive; None when no report gives a time expression.
        end_date: last day, inclusive.
        place_hi: verbatim.
        evidence_text: the Hindi sentence that reports it.
        article_url: URL of the article with that sentence.
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


@dataclass(frozen=True, slots=True)
class SourceCompleteness:
    """The article counts of one source since a day: discovered = stored + rejected + pending.

    Attributes:
        day_count: partitions with a row of the source in meta.source_completeness.
        silent_day_count: those in which nothing was discovered.
        last_stored_day: the last partition with a stored article, YYYY-MM-DD or undated; None where there is none.
    """

    source_name: str
    day_count: int
    silent_day_count: int
    discovered_count: int
    stored_count: int
    rejected_count: int
    pending_count: int
    last_stored_day: str | None


def list_meetings(published: WarehousePlace) -> list[MeetingRow]:
    """Return all meetings by day, those without a day last.

    Raises:
        PermanentError: nothing is published there yet, or the file belongs to another program.
    """
    with open_published(published) as con, reject_other_databases():
        rows = query_sql(con, "read/list_meetings.sql")
    return [MeetingRow(**row | {"participants": tuple(map(tuple, row["participants"]))}) for row in rows]


def list_completeness(published: WarehousePlace, *, since_day: str) -> list[SourceCompleteness]:
    """Return one record per source, over the partitions since a day (YYYY-MM-DD).

    Raises:
        PermanentError: nothing is published there yet, or the file belongs to another program.
    """
    with open_published(published) as con, reject_other_databases():
        return query_records(con, "read/completeness.sql", SourceCompleteness, {"since_day": since_day})
