"""Load one partition in one transaction: replace its rows, link across articles, audit, commit or undo."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from etl.storage.warehouse_place import WarehousePlace
from etl.warehouse.audit import audited_transaction
from etl.warehouse.connection import open_working
from etl.warehouse.copies import regroup_copies
from etl.warehouse.migrate import migrate
from etl.warehouse.relink import link_touched, touch_reports
from etl.warehouse.statements import query_sql, run_sql

_REMEDY = "Its stage files are in place: mend the stage that wrote these rows, then load again."


@dataclass(frozen=True, slots=True)
class PartitionFiles:
    """The stage files of one partition, complete: what they do not hold, the load takes out.

    Attributes:
        articles: Parquet of etl.domain.article.Article.
        rejected: Parquet of etl.domain.article.Rejection.
        source_counts: Parquet of etl.domain.article.SourceCount.
        sentences: Parquet files of etl.domain.article.Sentence, one a shard; none where there are no articles.
        resolved: Parquet of etl.domain.meeting.ResolvedArticle, one row for every article.
        postings: Parquet of posting lists (etl.warehouse.postings), of all of `articles`.
        collected_count: how many things raw held for the partition; the audit holds stored + rejected to it.
        raw_fingerprint: what raw held, so that a later run can tell whether more came.
        annotator_version: versions of the models behind the sentences.
        resolver_version: versions of code and gazetteer behind entities and mentions.
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
class LoadReport:
    """What a load did.

    Attributes:
        rejected_count: articles of the partition that are not stored, before the load or by it (duplicates).
        report_count: reports of meetings in its articles.
        meeting_count: meetings these reports tell of.
        freed_days: partitions to load again: they gave an article up to one that no longer has it.
    """

    partition_day: str
    stored_count: int
    rejected_count: int
    report_count: int
    meeting_count: int
    freed_days: tuple[str, ...]


def load_partition(
    working: WarehousePlace, files: PartitionFiles, *, run_key: str, now: datetime
) -> LoadReport:
    """Make the warehouse hold exactly these files for their partition; running twice changes nothing.

    Raises:
        AuditBlocked: a blocking check found bad rows; the transaction was rolled back, the results were kept.
        WarehouseLocked: another process held the working database.
    """
    day = files.partition_day
    with open_working(working) as con:
        migrate(con, now=now)
        parameters = _as_parameters(files) | {"run_key": run_key, "now": now}
        run_sql(con, "load/01_read.sql", parameters)
        with audited_transaction(
            con,
            "load",
            f"Partition {day} was rolled back",
            _REMEDY,
            partition_day=day,
            run_key=run_key,
            now=now,
        ) as counts:
            _write_partition(con, parameters)
            (row,) = query_sql(con, "load/08_report.sql", {"partition_day": day})
            freed_days = tuple(row.pop("freed_days"))
            counts.update(row)
    return LoadReport(
        day, counts["stored"], counts["rejected"], counts["report"], counts["meeting"], freed_days
    )


def _write_partition(con: duckdb.DuckDBPyConnection, parameters: dict[str, Any]) -> None:
    """Replace the partition's rows, then derive what the old and the new rows touch anew."""
    run_sql(con, "load/02_settle.sql", parameters)
    run_sql(con, "copies/01_touch.sql")
    touch_reports(con)
    run_sql(con, "load/03_delete.sql", parameters)
    if parameters["sentences"]:
        run_sql(con, "load/04_insert_sentences.sql", parameters)
    run_sql(con, "load/05_insert.sql", parameters)
    run_sql(con, "load/06_entities.sql")
    touch_reports(con)
    link_touched(con, run_key=parameters["run_key"])
    regroup_copies(con, parameters["partition_day"])
    run_sql(con, "load/07_count.sql", parameters)


def _as_parameters(files: PartitionFiles) -> dict[str, Any]:
    return {
        "partition_day": files.partition_day,
        "articles": str(files.articles),
        "rejected": str(files.rejected),
        "source_counts": str(files.source_counts),
        "sentences": [str(path) for path in files.sentences],
        "resolved": str(files.resolved),
        "postings": str(files.postings),
        "collected_count": files.collected_count,
        "raw_fingerprint": files.raw_fingerprint,
        "annotator_version": files.annotator_version,
        "resolver_version": files.resolver_version,
    }
