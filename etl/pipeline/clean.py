"""Clean stage: raw records to articles, rejections, counts per source, and the plan of shards to annotate."""

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from structlog.contextvars import bound_contextvars

from etl.config import Settings
from etl.domain.article import Article, Rejection, SourceCount
from etl.domain.characters import mend_surrogates
from etl.domain.plan import PartitionPlan, Shard
from etl.domain.raw import RawRecord
from etl.errors import RejectedArticle, TooManyRejected
from etl.extract.archive import list_partitions, read_partition
from etl.extract.boundary import reject_errors
from etl.extract.fields import has_dropped_field
from etl.extract.frontier import DayCount
from etl.extract.page import extract_page
from etl.extract.page.budget import BudgetedReader, PageReader
from etl.extract.parse import is_own_page, parse_article
from etl.extract.sources import Source, read_sources
from etl.pipeline.annotator_models import models_version
from etl.pipeline.partitions import refuse_closed
from etl.pipeline.source_counts import count_sources
from etl.storage.record_files import read_records, write_records
from etl.storage.stage_folder import open_stage
from etl.transform.clean import clean_article
from etl.transform.revisions import split_revisions

DEFAULT_SHARD_SIZE = 200
MIN_JUDGED_COUNT = 20
"""A partition with fewer records is never failed for its share of rejections."""
_REMEDY = (
    "See rejected.parquet in the stage files of the run: fix the source or its selectors, or raise the limit"
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
    """Clean every raw record of each partition and plan its annotation.

    Args:
        max_rejected_share: fail if a larger share of a partition is rejected, 0 to 1. Revisions and copies of an
            article do not count, and partitions with fewer than `MIN_JUDGED_COUNT` records never fail.

    Returns:
        The names of the shards to annotate, `<partition day>/<number>`; empty if everything was rejected.

    Raises:
        PartitionClosed: the raw files of a partition were removed.
        TooManyRejected: a partition exceeds `max_rejected_share`; its stage files are kept for inspection.
    """
    refuse_closed(settings, partitions)
    version = models_version(settings)
    sources = read_sources(settings.sources_path)
    # Fingerprints are taken before raw is read: what is added meanwhile counts as pending for the next run.
    fingerprints = list_partitions(settings.raw_dir)
    names: list[str] = []
    excesses: list[str] = []
    with BudgetedReader(sources) as read_page:
        for partition in partitions:
            with bound_contextvars(day=partition):
                records = read_partition(settings.raw_dir, partition)
                articles, rejected = _clean_partition(records, sources, read_page)
                pending = _read_pending(settings, run_key, partition)
                shards = _plan_shards(partition, len(articles), shard_size)
                plan = PartitionPlan(partition, fingerprints[partition], len(records), version)
                counts = count_sources(partition, records, rejected, sources, pending)
                _write_partition(settings, run_key, plan, articles, rejected, counts, shards)
            names += [f"{partition}/{number:03d}" for number in range(len(shards))]
            excesses += _find_excess(partition, len(articles), rejected, max_rejected_share)
    if excesses:
        raise TooManyRejected("; ".join(excesses) + f". {_REMEDY}")
    return names


def _write_partition(
    settings: Settings,
    run_key: str,
    plan: PartitionPlan,
    articles: Sequence[Article],
    rejected: Sequence[Rejection],
    counts: Sequence[SourceCount],
    shards: Sequence[Shard],
) -> None:
    with open_stage(settings.stage_dir, run_key, plan.partition_day, makes="clean") as folder:
        write_records(folder.plan, PartitionPlan, [plan])
        write_records(folder.articles, Article, articles)
        write_records(folder.rejected, Rejection, rejected)
        write_records(folder.source_counts, SourceCount, counts)
        write_records(folder.shards, Shard, shards)
    log.info(
        "%d records collected, %d articles clean, %d of them without a field that could not be read",
        plan.collected_count,
        len(articles),
        sum(has_dropped_field(article.extraction) for article in articles),
    )


def _clean_partition(
    records: Iterable[RawRecord], sources: Sequence[Source], read_page: PageReader = extract_page
) -> tuple[list[Article], list[Rejection]]:
    """Clean each record on its own: whatever goes wrong with one of them rejects that one."""
    cleaned: list[tuple[Article, RawRecord, bool]] = []
    rejected: list[Rejection] = []
    for record in records:
        try:
            with reject_errors(record.place or record.uri):
                raw = parse_article(record, sources, read_page)
                article = clean_article(raw, record.partition_day)
                cleaned.append((article, record, is_own_page(record, raw, sources)))
        except RejectedArticle as error:
            rejected.append(_reject(record, error))
    fetched = {article.article_id for article, _, is_own in cleaned if is_own}
    # A page of the publisher itself wins over records that only claim its URL.
    kept, _ = split_revisions(a for a, _, is_own in cleaned if is_own or a.article_id not in fetched)
    kept_ids = set(map(id, kept))
    for article, record, _ in cleaned:
        if id(article) not in kept_ids:
            duplicate = RejectedArticle("duplicate_url", f"another revision of {article.url} is kept")
            rejected.append(_reject(record, duplicate))
    return kept, rejected


def _find_excess(
    partition: str, article_count: int, rejected: Sequence[Rejection], max_share: float
) -> Iterator[str]:
    """Yield a message if too large a share was rejected, with the reasons, most frequent first."""
    reasons = Counter(r.reason for r in rejected if r.reason != "duplicate_url")
    judged_count = article_count + reasons.total()
    if judged_count >= MIN_JUDGED_COUNT and reasons.total() > max_share * judged_count:
        listed = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
        share = f"{reasons.total() / judged_count:.0%}"
        yield (
            f"{partition}: {reasons.total()} of {judged_count} records ({share}) rejected, "
            f"the limit is {max_share:.0%}: {listed}"
        )


def _read_pending(settings: Settings, run_key: str, partition: str) -> list[DayCount]:
    """Read what the frontier held for the day when this run collected."""
    with open_stage(settings.stage_dir, run_key, partition, needs=["collect"]) as folder:
        return read_records(folder.waiting, DayCount)


def _reject(record: RawRecord, error: RejectedArticle) -> Rejection:
    log.info("rejected %s: %s", record.place or record.uri, error)
    return Rejection(
        partition_day=record.partition_day,
        source_name=mend_surrogates(record.source_name),
        uri=mend_surrogates(record.uri),
        payload_sha256=hashlib.sha256(record.payload).hexdigest(),
        reason=error.reason,
        detail=mend_surrogates(f"{record.place}: {error.detail}" if record.place else error.detail),
    )


def _plan_shards(partition: str, article_count: int, size: int) -> list[Shard]:
    return [
        Shard(partition, first, min(size, article_count - first)) for first in range(0, article_count, size)
    ]
