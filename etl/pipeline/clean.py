"""The clean stage: from raw records to articles, rejections, counts, and the plan of what is annotated."""

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from etl.config import Settings
from etl.domain.article import Article, Rejection, SourceCount
from etl.domain.language import identify_language
from etl.domain.plan import PartitionPlan, Shard
from etl.domain.raw import FAILURE_TYPE, RawRecord
from etl.errors import UNREADABLE_REASONS, BadSetting, RejectedArticle, TooManyRejected
from etl.extract.archive import list_partitions, read_partition
from etl.extract.frontier import DayCount
from etl.extract.inbox import read_page
from etl.extract.page import extract_page
from etl.extract.parse import parse_article
from etl.extract.sources import NO_ARCHIVE, Source, read_sources
from etl.pipeline.annotator_models import models_version
from etl.pipeline.partitions import refuse_closed
from etl.storage.record_files import read_records, write_records
from etl.storage.stage_folder import open_stage
from etl.transform.clean import clean_article
from etl.transform.revisions import split_revisions

DEFAULT_SHARD_SIZE = 200
MIN_JUDGED_COUNT = 20
"""Of fewer things a share says nothing."""
_EXCESS_REMEDY = (
    "Look at rejected.parquet among the run's stage files: mend the source or its selectors, or allow more"
)
log = logging.getLogger(__name__)


def run_clean(
    settings: Settings,
    *,
    run_key: str,
    partitions: Sequence[str],
    shard_size: int = DEFAULT_SHARD_SIZE,
    max_rejected_share: float = 1.0,
) -> list[str]:
    """Clean all that raw holds for each partition and plan its annotation.

    Args:
        max_rejected_share: how much of a partition may be refused. Revisions and copies do not count, nor does a
            partition of fewer than `MIN_JUDGED_COUNT` things.

    Returns:
        The names of the shards to annotate, `<partition day>/<number>`; none where everything was rejected.

    Raises:
        PartitionClosed: a partition's raw files were removed.
        TooManyRejected: more was refused; the stage files are there and say what.
    """
    refuse_closed(settings, partitions)
    version = models_version(settings)
    sources = read_sources(settings.sources_path)
    fingerprints = list_partitions(
        settings.raw_dir
    )  # before raw is read: what comes meanwhile is seen next time
    names: list[str] = []
    excesses: list[str] = []
    for partition in partitions:
        records = read_partition(settings.raw_dir, partition)
        articles, rejected = _clean_partition(records, sources)
        waiting = _read_waiting(settings, run_key, partition)
        shards = _plan_shards(partition, len(articles), shard_size)
        plan = PartitionPlan(partition, fingerprints[partition], len(records), version)
        with open_stage(settings.stage_dir, run_key, partition, makes="clean") as folder:
            write_records(folder.plan, PartitionPlan, [plan])
            write_records(folder.articles, Article, articles)
            write_records(folder.rejected, Rejection, rejected)
            counts = _count_sources(partition, records, rejected, sources, waiting)
            write_records(folder.source_counts, SourceCount, counts)
            write_records(folder.shards, Shard, shards)
        names += [f"{partition}/{number:03d}" for number in range(len(shards))]
        log.info("%s: %d collected, %d clean", partition, len(records), len(articles))
        excesses += _find_excess(partition, len(articles), rejected, max_rejected_share)
    if excesses:
        raise TooManyRejected("; ".join(excesses) + f". {_EXCESS_REMEDY}")
    return names


def read_page_file(settings: Settings, path: Path, url: str | None) -> dict[str, Any]:
    """Read one saved page as collect and clean would.

    Args:
        path: HTML, plain or packed with gzip.
        url: where it was fetched; None takes what the page says.

    Returns:
        The fields of the page with `methods` (how each was found), None for what it does not tell; `rejected` and
        `detail` say why nothing was read, where that is so.

    Raises:
        BadSetting: no such file.
    """
    if not path.is_file():
        raise BadSetting(f"{path}: no such file")
    names = (
        "title",
        "body",
        "published_at",
        "modified_at",
        "author",
        "section",
        "tags",
        "canonical_url",
        "language",
    )
    fields: dict[str, Any] = dict.fromkeys((*names, "methods", "rejected", "detail"))
    try:
        page = extract_page(read_page(path), url=url, sources=read_sources(settings.sources_path))
    except RejectedArticle as error:
        return fields | {"rejected": error.reason, "detail": error.detail}
    methods = dict(pair.split("=") for pair in (page.extraction or "").split(";"))
    return fields | {
        "title": page.title,
        "body": page.text,
        "published_at": page.published_at and page.published_at.isoformat(),
        "modified_at": page.modified_at and page.modified_at.isoformat(),
        "author": page.author,
        "section": page.section,
        "tags": list(page.tags),
        "canonical_url": page.canonical_url,
        "language": identify_language(page.text),
        "methods": methods | {"language": "identified"},
    }


def _clean_partition(
    records: Iterable[RawRecord], sources: Sequence[Source]
) -> tuple[list[Article], list[Rejection]]:
    origins: dict[tuple[str, str], RawRecord] = {}
    cleaned, rejected = [], []
    for record in records:
        try:
            article = clean_article(parse_article(record, sources), record.partition_day)
        except RejectedArticle as error:
            rejected.append(_reject(record, error))
        else:
            cleaned.append(article)
            origins[article.article_id, article.text_sha256] = record
    kept, replaced = split_revisions(cleaned)
    for article in replaced:
        duplicate = RejectedArticle("duplicate_url", f"another revision of {article.url} is kept")
        rejected.append(_reject(origins[article.article_id, article.text_sha256], duplicate))
    return kept, rejected


def _find_excess(
    partition: str, article_count: int, rejected: Sequence[Rejection], max_share: float
) -> Iterator[str]:
    """Tell where more was refused than may be, and for which reasons, the commonest first."""
    reasons = Counter(r.reason for r in rejected if r.reason != "duplicate_url")
    judged_count = article_count + reasons.total()
    if judged_count >= MIN_JUDGED_COUNT and reasons.total() > max_share * judged_count:
        told = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
        share = f"{reasons.total() / judged_count:.0%}"
        yield f"{partition}: {reasons.total()} of {judged_count} ({share}) refused, {max_share:.0%} may be: {told}"


def _read_waiting(settings: Settings, run_key: str, partition: str) -> list[DayCount]:
    """Read what waited when this run collected."""
    with open_stage(settings.stage_dir, run_key, partition, needs=["collect"]) as folder:
        return read_records(folder.waiting, DayCount)


def _count_sources(
    partition: str,
    records: Sequence[RawRecord],
    rejected: Sequence[Rejection],
    sources: Sequence[Source],
    waiting: Sequence[DayCount],
) -> list[SourceCount]:
    """Count what each source gave; an enabled one that gave nothing is counted too, with the reason."""
    names = {source.source_id: source.name for source in sources}
    of_frontier = {names[count.source_id]: count for count in waiting if count.source_id in names}
    collected = Counter(record.source_name for record in records)
    failed = Counter(record.source_name for record in records if record.content_type == FAILURE_TYPE)
    unread = Counter(r.source_name for r in rejected if r.reason in UNREADABLE_REASONS)
    silent = {source.name: source for source in sources if source.enabled and source.name not in collected}
    counts = []
    for name in sorted(collected.keys() | of_frontier.keys() | silent.keys()):
        known = of_frontier.get(name)
        pending_count = known.pending_count if known else 0
        has_archive = name not in silent or silent[name].sitemap_archive is not None
        counts.append(
            SourceCount(
                partition_day=partition,
                source_name=name,
                discovered_count=collected[name] + pending_count,
                fetched_count=collected[name] - failed[name],
                extracted_count=collected[name] - failed[name] - unread[name],
                not_modified_count=known.not_modified_count if known else 0,
                pending_count=pending_count,
                note=None if has_archive else NO_ARCHIVE,
            )
        )
    return counts


def _reject(record: RawRecord, error: RejectedArticle) -> Rejection:
    log.info("%s, %s: %s", record.partition_day, record.uri, error)
    return Rejection(
        partition_day=record.partition_day,
        source_name=record.source_name,
        uri=record.uri,
        payload_sha256=hashlib.sha256(record.payload).hexdigest(),
        reason=error.reason,
        detail=error.detail,
    )


def _plan_shards(partition: str, article_count: int, size: int) -> list[Shard]:
    return [
        Shard(partition, first, min(size, article_count - first)) for first in range(0, article_count, size)
    ]
