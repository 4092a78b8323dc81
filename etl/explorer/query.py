"""Queries: the validated URL parameters of a page or a download, one class per set of parameters."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from etl.domain.entity import EntityKind
from etl.domain.meeting import Format, Status

Sort = Literal["newest", "oldest", "reports"]


def _to_one_line(text: str) -> str:
    """Replace control and formatting characters, which names never contain, and collapse white space.

    The formatting characters include those that change the direction of text. ZWNJ and ZWJ are kept: Hindi uses them.
    """
    kept = "".join(
        c if unicodedata.category(c) not in ("Cc", "Cf") or c in "\u200c\u200d" else " " for c in text
    )
    return " ".join(kept.split())


def split_names(names: str) -> list[str]:
    """Return the names of a comma-separated list, such as `macron, modi`."""
    return [name for part in re.split("[,;،]", names) if (name := part.strip())]


def _check_names(names: str) -> str:
    if len(split_names(names)) > MAX_NAMES:
        raise ValueError(f"give at most {MAX_NAMES} names")
    return names


MAX_NAMES = 3
SearchText = Annotated[str, StringConstraints(max_length=200), AfterValidator(_to_one_line)]
SearchNames = Annotated[SearchText, AfterValidator(_check_names)]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_.-]{1,64}$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
PartitionDay = Annotated[str, StringConstraints(pattern=r"^(\d{4}-\d\d-\d\d|undated)$")]
Month = Annotated[str, StringConstraints(pattern=r"^(19|20)\d\d-(0[1-9]|1[0-2])$")]
Reason = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]


class Query(BaseModel):
    """Base class of all queries. An empty field counts as missing, because forms submit empty fields too."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, fields: Any) -> Any:
        if isinstance(fields, dict):
            return {name: value for name, value in fields.items() if value is not None and value != ""}
        return fields

    def sql_parameters(self) -> dict[str, Any]:
        """Return the parameters of the SQL file."""
        return self.model_dump()

    def url_fields(self, **changes: Any) -> dict[str, Any]:
        """Return the URL fields that repeat this query on its first page, with changes; None removes a field."""
        fields = self.model_dump(exclude={"after"}, exclude_defaults=True) | changes
        return {name: value for name, value in fields.items() if value is not None}


class NoParameters(Query):
    """A table without parameters."""


class MeetingFilter(Query):
    """Filters that the meeting list, the network, the map and the country matrix share.

    Attributes:
        since: first day, inclusive.
        until: last day, inclusive.
    """

    status: Status | None = None
    format: Format | None = None
    since: date | None = None
    until: date | None = None

    def sql_parameters(self) -> dict[str, Any]:
        """Return the fields, and `has_meeting_filter`: whether any of the filters is set."""
        is_set = bool(self.model_dump(exclude_defaults=True, exclude={"kind", "least", "most"}))
        return self.model_dump() | {"has_meeting_filter": is_set}


class SubjectFilter(MeetingFilter):
    """Filters by who took part.

    Attributes:
        who: a name in either script, which may be misspelt or incomplete; of several names, separated by commas, all
            took part.
    """

    who: SearchNames | None = None
    entity: Id | None = None
    country: CountryCode | None = None

    @property
    def names(self) -> list[str]:
        """The names in `who`."""
        return split_names(self.who or "")

    def sql_parameters(self) -> dict[str, Any]:
        """Return the fields, with one parameter for each name: `who`, `who_2`, `who_3`."""
        names = [*self.names, None, None, None]
        return super().sql_parameters() | {"who": names[0], "who_2": names[1], "who_3": names[2]}


class MeetingListQuery(SubjectFilter):
    """Filters, sort order and page of the meeting list.

    Attributes:
        took_place: keeps meetings that were held or are going on.
        other: a second entity that also took part. `other_country` works the same way.
        text: words of a reporting article, in either script.
        day: partition day of a reporting article.
        after: last row of the previous page: `report_count~news_date~meeting_id`.
    """

    took_place: bool = False
    other: Id | None = None
    other_country: CountryCode | None = None
    place: SearchText | None = None
    text: SearchText | None = None
    day: PartitionDay | None = None
    article: Id | None = None
    sort: Sort = "newest"
    after: (
        Annotated[str, StringConstraints(pattern=r"^\d{1,9}~\d{4}-\d\d-\d\d~[0-9A-Za-z]{1,64}$")] | None
    ) = None

    @model_validator(mode="after")
    def _check_after(self) -> Self:
        if self.after:
            date.fromisoformat(self.after.split("~")[1])
        return self

    def sql_parameters(self) -> dict[str, Any]:
        """Return the filters, a flag named after the sort order, and the last row of the previous page."""
        count, day, meeting_id = self.after.split("~") if self.after else (None, None, None)
        return super().sql_parameters() | {
            self.sort: True,
            "after_count": int(count) if count else None,
            "after_date": date.fromisoformat(day) if day else None,
            "after_id": meeting_id,
        }

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.url_fields(sort=None))


class NameQuery(Query):
    """A name or the start of one."""

    who: SearchText = Field(min_length=1)


class MeetingQuery(Query):
    """One meeting."""

    meeting: Id


class ArticleQuery(Query):
    """One article."""

    article: Id


class MonthsQuery(Query):
    """The entity or country to count by month; without either, all meetings are counted."""

    entity: Id | None = None
    country: CountryCode | None = None


class ProfileQuery(MonthsQuery):
    """One entity or one country."""

    @model_validator(mode="after")
    def _require_exactly_one(self) -> Self:
        if (self.entity is None) == (self.country is None):
            raise ValueError("give either an entity or a country")
        return self


class CountryQuery(Query):
    """One country."""

    country: CountryCode


class NetworkQuery(SubjectFilter):
    """Filters of the network.

    Attributes:
        least: keeps pairs that met at least this often.
        most: maximum number of pairs; the most frequent ones are kept.
    """

    kind: EntityKind | None = None
    least: Annotated[int, Field(ge=1, le=10_000)] = 1
    most: Literal["100", "200", "500", "1000"] = "200"


class TimelineQuery(Query):
    """A calendar month; None means the newest month with news."""

    month: Month | None = None


class DateRangeQuery(Query):
    """A range of days, both ends inclusive."""

    since: date
    until: date

    @classmethod
    def of_month(cls, month: str) -> Self:
        """Return the range of a month given as YYYY-MM."""
        first = date.fromisoformat(f"{month}-01")
        return cls(since=first, until=(first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


class AheadQuery(Query):
    """The day after which a planned meeting counts as upcoming."""

    newest: date


class DaySourcesQuery(Query):
    """Partition days before a day, or those of one run; None sets no limit."""

    before: PartitionDay | None = None
    run_key: Id | None = None


class RejectedQuery(Query):
    r"""Filters of the rejected articles.

    Attributes:
        after: last row of the previous page: `partition_day\nsource_name\nuri`.
    """

    reason: Reason | None = None
    day: PartitionDay | None = None
    source: SearchText | None = None
    run_key: Id | None = None
    after: Annotated[str, StringConstraints(max_length=4000)] | None = None

    def sql_parameters(self) -> dict[str, Any]:
        """Return the filters and the last row of the previous page."""
        day, source, uri = (
            re.split("\n", self.after + "\n\n", maxsplit=2) if self.after else (None, None, None)
        )
        return self.model_dump() | {
            "after_day": day,
            "after_source": source,
            "after_uri": uri.rstrip("\n") if uri else uri,
        }


class RunKeyQuery(Query):
    """One run by its key; None means all runs."""

    run_key: Id | None = None


class AirflowRunQuery(Query):
    """A DAG run by its Airflow ids."""

    dag_id: Annotated[str, StringConstraints(max_length=250)]
    run_id: Annotated[str, StringConstraints(max_length=250)]


class AirflowDagQuery(Query):
    """A DAG by its Airflow id."""

    dag_id: Annotated[str, StringConstraints(max_length=250)]


class OwnSqlQuery(Query):
    """SQL that the user wrote."""

    sql: Annotated[str, StringConstraints(max_length=4000)] | None = None


TABLES: dict[str, type[Query]] = {
    "meetings": MeetingListQuery,
    "facets": MeetingListQuery,
    "places": SubjectFilter,
    "names": NameQuery,
    "participants": MeetingQuery,
    "reports": MeetingQuery,
    "mentions": ArticleQuery,
    "partners": ProfileQuery,
    "months": MonthsQuery,
    "countries_met": CountryQuery,
    "pairs": NetworkQuery,
    "matrix": MeetingFilter,
    "days": DateRangeQuery,
    "ahead": AheadQuery,
    "day_sources": DaySourcesQuery,
    "rejects_by_reason": RunKeyQuery,
    "rejected": RejectedQuery,
    "audits": NoParameters,
    "runs": RunKeyQuery,
}
"""The tables that can be downloaded: name of the file under sql/explore -> class of its query."""
