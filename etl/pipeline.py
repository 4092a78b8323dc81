"""The stages in their order, with the files that pass between them. No clock, no environment, no Airflow.

    collect → raw archive → clean → annotate → resolve → load → audit → publish

Each stage can be run again and gives the same files and rows. Between stages go a run's key, partition days and
shard names; the data lies in files.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import datetime
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path

from etl.annotation_cache import AnnotationCache
from etl.check_sources import check_sources as check_sources
from etl.clean import models_dir
from etl.clean import read_page_file as read_page_file
from etl.clean import run_clean as run_clean
from etl.collect import INBOX as INBOX
from etl.collect import loaded_marker
from etl.collect import run_collect as run_collect
from etl.collect import run_poll as run_poll
from etl.config import Settings
from etl.errors import AuditBlocked
from etl.models import (
    Article,
    PartitionPlan,
    ResolvedArticle,
    Sentence,
    Shard,
)
from etl.seeds import read_seeds
from etl.stage_files import StageFolder, read_records, write_records, write_text
from etl.transform.annotate import Annotator, annotator_version
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.triggers import mentions_trigger
from etl.transform.resolve import Resolver
from etl.warehouse.audit import audit_warehouse
from etl.warehouse.load import PartitionFiles, load_partition
from etl.warehouse.publish import publish

OnArticle = Callable[[], None]
"""Called after each article, so that somebody can draw a progress bar."""


def count_articles(settings: Settings, *, run_key: str, partitions: Sequence[str]) -> int:
    """Return how many clean articles a run has, for progress bars."""
    folders = (StageFolder(settings.stage_dir, run_key, partition) for partition in partitions)
    return sum(shard.article_count for folder in folders for shard in read_records(folder.shards, Shard))


def run_annotate(
    settings: Settings,
    *,
    run_key: str,
    shards: Sequence[str],
    on_article: OnArticle = lambda: None,
    processes: int = 1,
) -> dict[str, int]:
    """Annotate the named shards; a text that was annotated before by the same models is not annotated again.

    Args:
        processes: how many shards are annotated at a time. One process uses one core.

    Returns:
        Counts: `article_count`, and `reused_count` of them that needed no work.
    """
    counts: Counter[str] = Counter(article_count=0, reused_count=0)
    if min(processes, len(shards)) < 2:
        annotator = _make_annotator(settings)
        for name in shards:
            counts["article_count"] += _annotate_shard(settings, annotator, run_key, name, on_article)
        counts["reused_count"] = annotator.reused_count
        return dict(counts)
    with ProcessPoolExecutor(min(processes, len(shards)), get_context("spawn")) as pool:
        tasks = [pool.submit(run_annotate, settings, run_key=run_key, shards=[name]) for name in shards]
        for task in as_completed(tasks):
            counts.update(task.result())
            for _ in range(task.result()["article_count"]):
                on_article()
    return dict(counts)


def run_resolve(
    settings: Settings, *, run_key: str, partitions: Sequence[str], on_article: OnArticle = lambda: None
) -> dict[str, int]:
    """Resolve entities and meetings of every article of the partitions.

    Returns:
        Counts: `article_count`, `meeting_count` (reports of meetings).
    """
    resolver = Resolver(read_seeds(settings.seeds_dir), annotator_version(models_dir(settings)))
    counts: Counter[str] = Counter(article_count=0, meeting_count=0)
    for partition in partitions:
        folder = StageFolder(settings.stage_dir, run_key, partition)
        articles = {article.article_id: article for article in read_records(folder.articles, Article)}
        resolved = []
        for article_id, sentences in groupby(_read_sentences(folder), lambda s: s.article_id):
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
        folder = StageFolder(settings.stage_dir, run_key, partition)
        files = _partition_files(settings, folder)
        try:
            report = load_partition(settings.working, files, run_key=run_key, now=now)
        except AuditBlocked as error:
            blocked.append(str(error))
            continue
        counts.update(
            article_count=report.stored_count,
            rejected_count=report.rejected_count,
            meeting_count=report.report_count,
        )
        write_text(loaded_marker(settings, partition), files.raw_fingerprint)
        for freed in report.freed_days:
            loaded_marker(settings, freed).unlink(missing_ok=True)
    if blocked:
        raise AuditBlocked("\n".join(blocked))
    return dict(counts)


def run_audit(settings: Settings, *, run_key: str, now: datetime) -> dict[str, int]:
    """Run every audit over the whole warehouse and keep the results.

    Returns:
        Bad rows by check, checks without any left out.
    """
    results = audit_warehouse(settings.working, run_key=run_key, now=now)
    return {result.check_name: result.bad_row_count for result in results if result.bad_row_count}


def run_publish(settings: Settings) -> str:
    """Let readers see what was loaded, and return where."""
    publish(settings.working, settings.warehouse, keep_previous=settings.kept_copies)
    return str(settings.warehouse)


def drop_stage(settings: Settings, *, run_key: str) -> None:
    """Remove a finished run's stage files; what they were made from stays in the raw archive."""
    shutil.rmtree(settings.stage_dir / run_key, ignore_errors=True)


def _make_annotator(settings: Settings) -> Annotator:
    models = models_dir(settings)
    lexicon = Lexicon(read_seeds(settings.seeds_dir))
    cache = AnnotationCache(settings.annotations_dir, annotator_version(models))
    return Annotator(models, lambda sentence: mentions_trigger(sentence, lexicon), cache)


def _annotate_shard(
    settings: Settings, annotator: Annotator, run_key: str, name: str, on_article: OnArticle
) -> int:
    partition, _, number = name.partition("/")
    folder = StageFolder(settings.stage_dir, run_key, partition)
    shard = read_records(folder.shards, Shard)[int(number)]
    last = shard.first_article + shard.article_count
    articles = read_records(folder.articles, Article)[shard.first_article : last]
    write_records(folder.sentences(int(number)), Sentence, annotator.annotate(articles, on_article))
    return len(articles)


def _partition_files(settings: Settings, folder: StageFolder) -> PartitionFiles:
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
