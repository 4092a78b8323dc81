"""The stages in their order, with the files that pass between them. No clock, no environment, no Airflow.

    collect → raw archive → clean → annotate → resolve → load → audit → publish

Each stage can be run again and gives the same files and rows. Between stages go a run's key, partition days and
shard names; the data lies in files.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from structlog.contextvars import bound_contextvars

from etl.annotate import OnArticle as OnArticle
from etl.annotate import run_annotate as run_annotate
from etl.annotate import run_plan as run_plan
from etl.check_sources import check_sources as check_sources
from etl.clean import read_page_file as read_page_file
from etl.clean import run_clean as run_clean
from etl.collect import INBOX as INBOX
from etl.collect import run_collect as run_collect
from etl.collect import run_poll as run_poll
from etl.config import Settings
from etl.errors import AuditBlocked
from etl.maintain import run_maintain_annotations as run_maintain_annotations
from etl.maintain import run_maintain_compact as run_maintain_compact
from etl.maintain import run_maintain_links as run_maintain_links
from etl.maintain import run_maintain_raw as run_maintain_raw
from etl.maintain import run_maintain_report as run_maintain_report
from etl.maintain import run_maintain_stage as run_maintain_stage
from etl.model_folder import models_version
from etl.models import (
    Article,
    PartitionPlan,
    ResolvedArticle,
    Sentence,
    Shard,
)
from etl.partition_state import Loaded, forget_loaded, write_loaded
from etl.paths import remove_folder
from etl.seeds import read_seeds
from etl.stage_files import read_records, write_records, write_text
from etl.stage_folder import StageFolder, open_stage, shard_stage
from etl.transform.resolve import Resolver
from etl.warehouse.audit import audit_warehouse
from etl.warehouse.load import PartitionFiles, load_partition
from etl.warehouse.publish import publish

log = logging.getLogger(__name__)


def count_articles(settings: Settings, *, run_key: str, partitions: Sequence[str]) -> int:
    """Return how many clean articles a run has, for progress bars."""
    count = 0
    for partition in partitions:
        with open_stage(settings.stage_dir, run_key, partition, needs=["clean"]) as folder:
            count += sum(shard.article_count for shard in read_records(folder.shards, Shard))
    return count


def run_resolve(
    settings: Settings, *, run_key: str, partitions: Sequence[str], on_article: OnArticle = lambda: None
) -> dict[str, int]:
    """Resolve entities and meetings of every article of the partitions.

    Returns:
        Counts: `article_count`, `meeting_count` (reports of meetings).
    """
    resolver = Resolver(read_seeds(settings.seeds_dir), models_version(settings))
    counts: Counter[str] = Counter(article_count=0, meeting_count=0)
    for partition in partitions:
        needs = _annotated_stages(settings, run_key, partition)
        with (
            bound_contextvars(day=partition),
            open_stage(settings.stage_dir, run_key, partition, needs=needs, makes="resolve") as folder,
        ):
            articles = {article.article_id: article for article in read_records(folder.articles, Article)}
            resolved = []
            for article_id, sentences in groupby(_read_sentences(folder), lambda s: s.article_id):
                with bound_contextvars(article=article_id):
                    resolved.append(resolver.resolve(articles[article_id], tuple(sentences)))
                counts["meeting_count"] += len(resolved[-1].reports)
                on_article()
            counts["article_count"] += write_records(folder.resolved, ResolvedArticle, resolved)
            write_text(folder.resolver_version, resolver.version)
    return dict(counts)


def run_load(settings: Settings, *, run_key: str, partitions: Sequence[str], now: datetime) -> dict[str, int]:
    """Load each partition in a transaction of its own; a partition that fails its audit does not stop the others.

    Returns:
        Counts: `article_count`, `rejected_count`, `meeting_count` (reports).

    Raises:
        AuditBlocked: one or more partitions were rolled back; the message names them and the rows.
        WarehouseLocked: another process kept the working database for too long.
    """
    counts: Counter[str] = Counter(article_count=0, rejected_count=0, meeting_count=0)
    blocked = []
    for partition in partitions:
        needs = [*_annotated_stages(settings, run_key, partition), "resolve"]
        try:
            with (
                bound_contextvars(day=partition),
                open_stage(settings.stage_dir, run_key, partition, needs=needs) as folder,
            ):
                files = _partition_files(folder)
                report = load_partition(settings.working, files, run_key=run_key, now=now)
                log.info("%d articles, %d rejected loaded", report.stored_count, report.rejected_count)
        except AuditBlocked as error:
            blocked.append(str(error))
            continue
        counts.update(
            article_count=report.stored_count,
            rejected_count=report.rejected_count,
            meeting_count=report.report_count,
        )
        write_loaded(settings, partition, Loaded(files.raw_fingerprint, files.annotator_version))
        for freed in report.freed_days:
            forget_loaded(settings, freed)
    if blocked:
        raise AuditBlocked("\n".join(blocked))
    return dict(counts)


def run_audit(settings: Settings, *, run_key: str, now: datetime) -> list[dict[str, Any]]:
    """Run every audit over the whole warehouse and keep the results.

    Returns:
        The checks that found bad rows, as plain values (see etl.warehouse.audit.AuditResult), each with a `message`
        for people. While one has severity `block`, nothing should be published.
    """
    results = audit_warehouse(settings.working, run_key=run_key, now=now)
    return [asdict(result) | {"message": result.message} for result in results if result.bad_row_count]


def run_publish(settings: Settings) -> str:
    """Let readers see what was loaded, and return where."""
    publish(settings.working, settings.warehouse, keep_previous=settings.kept_copies)
    return str(settings.warehouse)


def drop_stage(settings: Settings, *, run_key: str) -> None:
    """Remove a finished run's stage files; what they were made from stays in the raw archive."""
    remove_folder(settings.stage_dir / run_key)


def _annotated_stages(settings: Settings, run_key: str, partition: str) -> list[str]:
    """Return the stages up to annotate, one a shard."""
    with open_stage(settings.stage_dir, run_key, partition, needs=["clean"]) as folder:
        return ["clean", *map(shard_stage, range(len(read_records(folder.shards, Shard))))]


def _partition_files(folder: StageFolder) -> PartitionFiles:
    (plan,) = read_records(folder.plan, PartitionPlan)
    return PartitionFiles(
        partition_day=plan.partition_day,
        articles=folder.articles,
        rejected=folder.rejected,
        source_counts=folder.source_counts,
        sentences=tuple(_sentence_files(folder)),
        resolved=folder.resolved,
        collected_count=plan.collected_count,
        raw_fingerprint=plan.raw_fingerprint,
        annotator_version=plan.annotator_version,
        resolver_version=folder.resolver_version.read_text(encoding="utf-8"),
    )


def _sentence_files(folder: StageFolder) -> Iterator[Path]:
    for number in range(len(read_records(folder.shards, Shard))):
        yield folder.sentences(number)


def _read_sentences(folder: StageFolder) -> Iterator[Sentence]:
    for path in _sentence_files(folder):
        yield from read_records(path, Sentence)
