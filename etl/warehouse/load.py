"""Load one partition in one transaction: replace its rows, link across articles, audit, then commit or roll back."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from etl.domain.plan import RunContext
from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.audit import audited_transaction
from etl.warehouse.connection import open_working
from etl.warehouse.copies import regroup_copies
from etl.warehouse.migrate import migrate
from etl.warehouse.relink import link_touched, touch_reports
from etl.warehouse.statements import query_sql, run_sql

_REMEDY = "Its stage files are still there: fix the stage that wrote these rows, then load again."


@dataclass(frozen=True, slots=True)
class PartitionFiles:
    """All stage files of one partition. The load deletes stored rows of the partition that are not in them.

    Attributes:
        articles: Parquet of etl.domain.article.Article.
        rejected: Parquet of etl.domain.article.Rejection.
        source_counts: Parquet of etl.domain.article.SourceCount.
        sentences: Parquet files of etl.domain.article.Sentence, one per shard; empty where there are no articles.
        resolved: Parquet of etl.domain.meeting.ResolvedArticle, one row per article.
        postings: Parquet of posting lists (etl.warehouse.postings) of all `articles`.
        collected_count: number of records in raw for the partition; the audit compares it with stored + rejected.
        raw_fingerprint: fingerprint of the partition's raw files, by which a later run sees that raw has changed.
        annotator_version: versions of the models that found the sentences.
        resolver_version: versions of code and gazetteer that found entities and mentions.
    """

    partition_day: str
    articles: Path
    rejected: Path
    source_counts: Path
    sentences: tuple[Path, ...]
    resolved: Path
    postings: Path
    collected_count: int
    raw_fingerprint: str
    annotator_version: str
    resolver_version: str


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The counts of a load.

    Attributes:
        rejected_count: articles of the partition that are not stored: rejected before the load, or by it (duplicates).
        report_count: reports of meetings in its articles.
        meeting_count: distinct meetings of these reports.
        freed_days: partitions to load again: another partition kept one of their articles and no longer has it.
    """

    partition_day: str
    stored_count: int
    rejected_count: int
    report_count: int
    meeting_count: int
    freed_days: tuple[str, ...]


def load_partition(working: WarehousePlace, files: PartitionFiles, run: RunContext) -> LoadResult:
    """Replace the partition's rows with the contents of its files; a second load changes nothing.

    Args:
        run: the run that loads; its `partition_day` is ignored, `files` has it.

    Raises:
        AuditBlocked: a blocking check found bad rows; the transaction was rolled back, the results are recorded.
        WarehouseLocked: another process held the working database.
    """
    day = files.partition_day
    run = replace(run, partition_day=day)
    with open_working(working) as con:
        migrate(con, now=run.now)
        parameters = _as_parameters(files) | asdict(run)
        run_sql(con, "load/01_read.sql", parameters)
        with audited_transaction(
            con, "load", run, subject=f"Partition {day} was rolled back", remedy=_REMEDY
        ) as counts:
            _write_partition(con, parameters, run)
            (row,) = query_sql(con, "load/08_result.sql", {"partition_day": day})
            freed_days = tuple(row.pop("freed_days"))
            counts.update(row)
    return LoadResult(
        day, counts["stored"], counts["rejected"], counts["report"], counts["meeting"], freed_days
    )


def _write_partition(con: duckdb.DuckDBPyConnection, parameters: dict[str, Any], run: RunContext) -> None:
    """Replace the partition's rows, then derive again everything that the old and the new rows touch."""
    run_sql(con, "load/02_settle.sql", parameters)
    run_sql(con, "copies/01_touch.sql")
    touch_reports(con)
    run_sql(con, "load/03_delete.sql", parameters)
    if parameters["sentences"]:
        run_sql(con, "load/04_insert_sentences.sql", parameters)
    run_sql(con, "load/05_insert.sql", parameters)
    run_sql(con, "load/06_entities.sql")
    touch_reports(con)
    link_touched(con, run_key=run.run_key)
    regroup_copies(con, parameters["partition_day"])
    run_sql(con, "load/07_count.sql", parameters)


def _as_parameters(files: PartitionFiles) -> dict[str, Any]:
    """Return the values that the statements under sql/load bind; paths as text."""
    paths = ("articles", "rejected", "source_counts", "resolved", "postings")
    return (
        asdict(files)
        | {name: str(getattr(files, name)) for name in paths}
        | {"sentences": [str(path) for path in files.sentences]}
    )
