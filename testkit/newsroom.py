"""Small articles for warehouse tests: write the stage files of a partition and load them."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from etl.domain.article import Rejection
from etl.domain.plan import RunContext
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.connection import open_published
from etl.warehouse.load import LoadResult, PartitionFiles, load_partition
from testkit.articles import (
    GOA,
    LAVROV,
    MODI,
    PUTIN,
    XI,
    ArticleSpec,
    build_article,
    make_entity,
    write_partition,
)

NOW = datetime(2024, 1, 2, 3, 4, tzinfo=UTC)
LATIN = {
    MODI: "narendra modi",
    PUTIN: "vladimir putin",
    XI: "shi jinping",
    LAVROV: "sergei lavrov",
}
KNOWN = {name: make_entity("PER", name, latin=latin, english=f"en {name}") for name, latin in LATIN.items()}
KNOWN[GOA] = make_entity("LOC", GOA, latin="gova", english=f"en {GOA}")


class Newsroom:
    """Writes stage files of partitions and loads them."""

    def __init__(self, folder: Path, working_path: Path) -> None:
        self.folder = folder
        self.working_path = working_path
        self._numbers = itertools.count()

    def load(self, day: str, *articles: ArticleSpec, working: WarehousePlace | None = None) -> LoadResult:
        """Write the stage files of one partition and load them into `working`, by default the newsroom's own."""
        number = next(self._numbers)
        files = self.write(day, articles)
        return load_partition(working or self.working_path, files, RunContext(f"run-{number}", NOW))

    def write(self, day: str, articles: Sequence[ArticleSpec], *, rejected_count: int = 0) -> PartitionFiles:
        """Write the stage files of one partition."""
        built = [build_article(day, article, KNOWN) for article in articles]
        rejected = [
            Rejection(day, "समाचार", f"urn:line:{n}", "ab" * 32, "too_short", "3 characters")
            for n in range(rejected_count)
        ]
        return write_partition(self.folder / f"{next(self._numbers)}", day, built, rejected)


def query(place: WarehousePlace, sql: str) -> list[tuple[object, ...]]:
    """Return the rows of a query over the published views and tables of a warehouse."""
    with open_published(place) as con:
        return con.execute(sql).fetchall()


CORE_TABLES = (
    "source", "article", "article_copy", "posting_list", "sentence", "article_entity", "entity", "entity_form",
    "entity_alias", "entity_attribute", "entity_mention", "place", "meeting", "meeting_participant",
    "meeting_mention", "meeting_mention_participant", "meeting_context", "report_pair",
)  # fmt: skip


def dump_core(place: WarehousePlace) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows, by table, of every core table that must not depend on the order of loads."""
    with open_published(place) as con:
        return {
            table: con.execute(f"SELECT * FROM core.{table} ORDER BY ALL").fetchall() for table in CORE_TABLES
        }
