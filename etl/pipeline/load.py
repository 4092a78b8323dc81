"""The stages in the warehouse: load, audit and publish."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from structlog.contextvars import bound_contextvars

from etl.config import Settings
from etl.domain.plan import PartitionPlan, RunContext
from etl.errors import AuditBlocked
from etl.pipeline.partitions import Loaded, forget_loaded, write_loaded
from etl.storage.paths import check_writable
from etl.storage.record_files import read_records
from etl.storage.stage_folder import StageFolder, annotated_stages, open_stage, sentence_files
from etl.warehouse.audit import AuditResult, audit_warehouse
from etl.warehouse.load import LoadResult, PartitionFiles, load_partition
from etl.warehouse.ownership import check_places as check_warehouse
from etl.warehouse.publish import publish

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoadTotals:
    """Counts over the loaded partitions; `report_count` counts reports of meetings."""

    article_count: int = 0
    rejected_count: int = 0
    report_count: int = 0


def check_places(settings: Settings) -> None:
    """Check, before any work, that the data root can be written and the result published.

    Raises:
        PermanentError: a place cannot be written, or holds a file or lake of another program.
        TransientError: a disk is full, or the lake's catalog cannot be reached.
    """
    check_writable(settings.data_root)
    check_warehouse(settings.working, settings.warehouse, settings.kept_copies)


def run_load(settings: Settings, *, run: RunContext, partitions: Sequence[str]) -> LoadTotals:
    """Load each partition in its own transaction; a partition that fails its audit does not stop the others.

    Raises:
        AuditBlocked: one or more partitions were rolled back; the message names them and the rows.
        WarehouseLocked: another process held the working database.
    """
    results: list[LoadResult] = []
    blocked: list[str] = []
    for partition in partitions:
        with bound_contextvars(day=partition):
            try:
                results.append(_load_partition(settings, run, partition))
            except AuditBlocked as error:
                blocked.append(str(error))
    if blocked:
        raise AuditBlocked("\n".join(blocked))
    return LoadTotals(
        article_count=sum(result.stored_count for result in results),
        rejected_count=sum(result.rejected_count for result in results),
        report_count=sum(result.report_count for result in results),
    )


def run_audit(settings: Settings, *, run: RunContext) -> list[AuditResult]:
    """Run every audit over the whole warehouse and record the results.

    Returns:
        The results of the checks that found bad rows. The caller must not publish while one of them is blocking.
    """
    results = audit_warehouse(settings.working, run)
    return [result for result in results if result.bad_row_count]


def run_publish(settings: Settings) -> str:
    """Publish the working database, and return the place readers open."""
    publish(settings.working, settings.warehouse, keep_previous=settings.kept_copies)
    return str(settings.warehouse)


def _load_partition(settings: Settings, run: RunContext, partition: str) -> LoadResult:
    needs = [*annotated_stages(settings.stage_dir, run.run_key, partition), "resolve"]
    with open_stage(settings.stage_dir, run.run_key, partition, needs=needs) as folder:
        files = _partition_files(folder)
        result = load_partition(settings.working, files, run)
    log.info("loaded: %d articles, %d rejected", result.stored_count, result.rejected_count)
    write_loaded(settings, partition, Loaded(files.raw_fingerprint, files.annotator_version))
    for freed in result.freed_days:
        forget_loaded(settings, freed)
    return result


def _partition_files(folder: StageFolder) -> PartitionFiles:
    (plan,) = read_records(folder.plan, PartitionPlan)
    return PartitionFiles(
        partition_day=plan.partition_day,
        articles=folder.articles,
        rejected=folder.rejected,
        source_counts=folder.source_counts,
        sentences=tuple(sentence_files(folder)),
        resolved=folder.resolved,
        postings=folder.postings,
        collected_count=plan.collected_count,
        raw_fingerprint=plan.raw_fingerprint,
        annotator_version=plan.annotator_version,
        resolver_version=folder.resolver_version.read_text(encoding="utf-8"),
    )
