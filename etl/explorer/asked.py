"""What may be asked of a page or of a table to download: the fields of its form, checked."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from etl.domain.entity import EntityKind
from etl.domain.meeting import Format, Status

Sort = Literal["newest", "oldest", "reports"]


def _to_one_line(text: str) -> str:
    """Drop what no name holds: control and formatting characters, among them those that turn writing round."""
    kept = "".join(
        c if unicodedata.category(c) not in ("Cc", "Cf") or c in "\u200c\u200d" else " " for c in text
    )
    return " ".join(kept.split())


Words = Annotated[str, StringConstraints(max_length=200), AfterValidator(_to_one_line)]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_.-]{1,64}$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
PartitionDay = Annotated[str, StringConstraints(pattern=r"^(\d{4}-\d\d-\d\d|undated)$")]
Month = Annotated[str, StringConstraints(pattern=r"^(19|20)\d\d-(0[1-9]|1[0-2])$")]
Reason = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]


class Asked(BaseModel):
    """Base: a form sends its empty fields too, they count as not given."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, given: Any) -> Any:
        if isinstance(given, dict):
            return {name: value for name, value in given.items() if value is not None and value != ""}
        return given

    def parameters(self) -> dict[str, Any]:
        """Return what the SQL of the question takes."""
        return self.model_dump()

    def query(self, **changed: Any) -> dict[str, Any]:
        """Return the fields of an address that asks the same, but for what is changed; None leaves a field out."""
        fields = self.model_dump(exclude={"after"}, exclude_defaults=True) | changed
        return {name: value for name, value in fields.items() if value is not None}


class Nothing(Asked):
    """A table without a choice."""


class Narrowed(Asked):
    """What lists, networks and the matrix have in common."""

    status: Status | None = None
    format: Format | None = None
    since: date | None = None
    until: date | None = None

    def parameters(self) -> dict[str, Any]:
        """Return the fields, and whether any of the four is given."""
        narrowed = any((self.status, self.format, self.since, self.until))
        return self.model_dump() | {"narrowed": narrowed}


class MeetingsAsked(Narrowed):
    """Filters, order and place in the list of meetings.

    Attributes:
        who: a name in either script, misspelt or in part.
        other: a second entity that took part too; so `other_country`.
        text: words of a reporting article, in either script.
        day: partition day of a reporting article.
        after: the last row of the page before: `report_count~listed_date~meeting_id`.
    """

    who: Words | None = None
    entity: Id | None = None
    other: Id | None = None
    country: CountryCode | None = None
    other_country: CountryCode | None = None
    place: Words | None = None
    text: Words | None = None
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

    def parameters(self) -> dict[str, Any]:
        """Return the filters, a flag for the order, and the row to go on after."""
        count, day, meeting_id = self.after.split("~") if self.after else (None, None, None)
        return super().parameters() | {
            self.sort: True,
            "after_count": int(count) if count else None,
            "after_date": date.fromisoformat(day) if day else None,
            "after_id": meeting_id,
        }

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.query(sort=None))


class NamesAsked(Asked):
    """A name, or its beginning."""

    who: Words = Field(min_length=1)


class MeetingAsked(Asked):
    """One meeting."""

    meeting: Id


class ArticleAsked(Asked):
    """One article."""

    article: Id


class MonthsAsked(Asked):
    """Whose months; all together where nobody is named."""

    entity: Id | None = None
    country: CountryCode | None = None


class PartyAsked(MonthsAsked):
    """One entity, or one country."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.entity is None) == (self.country is None):
            raise ValueError("name an entity or a country")
        return self


class CountryAsked(Asked):
    """One country."""

    country: CountryCode


class PairsAsked(Narrowed):
    """Which part of the network.

    Attributes:
        who: only meetings of those whose name is like this.
        least: leave out pairs that met less often.
        most: how many pairs, those that met most often first.
    """

    who: Words | None = None
    entity: Id | None = None
    country: CountryCode | None = None
    kind: EntityKind | None = None
    least: Annotated[int, Field(ge=1, le=10_000)] = 1
    most: Literal["100", "200", "500", "1000"] = "200"


class MonthAsked(Asked):
    """A month of the calendar; None: the newest with news."""

    month: Month | None = None


class SpanAsked(Asked):
    """Days, both inclusive."""

    since: date
    until: date

    @classmethod
    def of_month(cls, month: str) -> Self:
        """Return the days of a month, YYYY-MM."""
        first = date.fromisoformat(f"{month}-01")
        return cls(since=first, until=(first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


class AheadAsked(Asked):
    """After which day meetings are ahead."""

    newest: date


class DaysAsked(Asked):
    """The days before this one; None: the newest."""

    before: PartitionDay | None = None
    run_key: Id | None = None


class RejectedAsked(Asked):
    """Filters of the refused articles.

    Attributes:
        after: the last row of the page before: day, publisher, address, parted by line feeds.
    """

    reason: Reason | None = None
    day: PartitionDay | None = None
    source: Words | None = None
    run_key: Id | None = None
    after: Annotated[str, StringConstraints(max_length=4000)] | None = None

    def parameters(self) -> dict[str, Any]:
        """Return the filters and the row to go on after."""
        day, source, uri = (
            re.split("\n", self.after + "\n\n", maxsplit=2) if self.after else (None, None, None)
        )
        return self.model_dump() | {
            "after_day": day,
            "after_source": source,
            "after_uri": uri.rstrip("\n") if uri else uri,
        }


class RunKeyAsked(Asked):
    """One run, by its key; None: all."""

    run_key: Id | None = None


class RunAsked(Asked):
    """A run as Airflow names it."""

    dag_id: Annotated[str, StringConstraints(max_length=250)]
    run_id: Annotated[str, StringConstraints(max_length=250)]


class DagAsked(Asked):
    """A DAG as Airflow names it."""

    dag_id: Annotated[str, StringConstraints(max_length=250)]


TABLES: dict[str, type[Asked]] = {
    "meetings": MeetingsAsked,
    "names": NamesAsked,
    "participants": MeetingAsked,
    "reports": MeetingAsked,
    "mentions": ArticleAsked,
    "partners": PartyAsked,
    "months": MonthsAsked,
    "countries_met": CountryAsked,
    "pairs": PairsAsked,
    "matrix": Narrowed,
    "days": SpanAsked,
    "ahead": AheadAsked,
    "day_sources": DaysAsked,
    "rejects_by_reason": RunKeyAsked,
    "rejected": RejectedAsked,
    "audits": Nothing,
    "runs": RunKeyAsked,
}
"""The tables that can be downloaded: the question under sql/explore, and what it may be asked."""
