"""The stages in the warehouse: load, audit and publish."""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from structlog.contextvars import bound_contextvars

from etl.config import Settings
from etl.domain.plan import PartitionPlan, RunContext
from etl.errors import AuditBlocked
from etl.pipeline.partitions import Loaded, forget_loaded, write_loaded
from etl.storage.record_files import read_records
from etl.storage.stage_folder import StageFolder, annotated_stages, open_stage, sentence_files
from etl.warehouse.audit import AuditResult, audit_warehouse
from etl.warehouse.load import PartitionFiles, load_partition
from etl.warehouse.publish import publish

log = logging.getLogger(__name__)


def run_load(settings: Settings, *, run_key: str, partitions: Sequence[str], now: datetime) -> dict[str, int]:
    """Load each partition in its own transaction; a partition that fails its audit does not stop the others.

    Returns:
        Counts: `article_count`, `rejected_count`, `meeting_count` (reports).

    Raises:
        AuditBlocked: one or more partitions were rolled back; the message names them and the rows.
        WarehouseLocked: another process held the working database.
    """
    counts: Counter[str] = Counter(article_count=0, rejected_count=0, meeting_count=0)
    blocked = []
    run = RunContext(run_key, now)
    for partition in partitions:
        needs = [*annotated_stages(settings.stage_dir, run_key, partition), "resolve"]
        try:
            with (
                bound_contextvars(day=partition),
                open_stage(settings.stage_dir, run_key, partition, needs=needs) as folder,
            ):
                files = _partition_files(folder)
                result = load_partition(settings.working, files, run)
                log.info("loaded: %d articles, %d rejected", result.stored_count, result.rejected_count)
        except AuditBlocked as error:
            blocked.append(str(error))
            continue
        counts.update(
            article_count=result.stored_count,
            rejected_count=result.rejected_count,
            meeting_count=result.report_count,
        )
        write_loaded(settings, partition, Loaded(files.raw_fingerprint, files.annotator_version))
        for freed in result.freed_days:
            forget_loaded(settings, freed)
    if blocked:
        raise AuditBlocked("\n".join(blocked))
    return dict(counts)


def run_audit(settings: Settings, *, run_key: str, now: datetime) -> list[AuditResult]:
    """Run every audit over the whole warehouse and record the results.

    Returns:
        The results of the checks that found bad rows. The caller must not publish while one of them is blocking.
    """
    results = audit_warehouse(settings.working, RunContext(run_key, now))
    return [result for result in results if result.bad_row_count]


def run_publish(settings: Settings) -> str:
    """Publish the working database, and return the place readers open."""
    publish(settings.working, settings.warehouse, keep_previous=settings.kept_copies)
    return str(settings.warehouse)


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
