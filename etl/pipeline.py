"""The stages in their order, with the files that pass between them. No clock, no environment, no Airflow.

    collect → raw archive → clean → annotate → resolve → load → audit → publish

Each stage can be run again and gives the same files and rows. Between stages go a run's key, partition days and
shard names; the data lies in files.
"""

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import datetime
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path

from etl.annotation_cache import AnnotationCache
from etl.config import Settings
from etl.errors import AuditBlocked, BadSetting, RejectedArticle
from etl.extract.archive import add_records, list_partitions, read_partition
from etl.extract.inbox import parse_article, read_inbox
from etl.models import (
    UNDATED,
    Article,
    PartitionPlan,
    RawRecord,
    Rejection,
    ResolvedArticle,
    Sentence,
    Shard,
)
from etl.seeds import read_seeds
from etl.stage_files import StageFolder, read_records, write_records, write_text
from etl.transform.annotate import Annotator, annotator_version, fetch_official
from etl.transform.clean import clean_article
from etl.transform.dedup import split_revisions
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.triggers import mentions_trigger
from etl.transform.resolve import Resolver
from etl.warehouse.audit import audit_warehouse
from etl.warehouse.load import PartitionFiles, load_partition
from etl.warehouse.publish import publish

SOURCES = ("inbox",)
DEFAULT_SHARD_SIZE = 200
OnArticle = Callable[[], None]
"""Called after each article, so that somebody can draw a progress bar."""


def run_collect(
    settings: Settings,
    *,
    day: str | None,
    inbox: Sequence[Path] | None = None,
    default_day: str | None = None,
    sources: Sequence[str] = SOURCES,
    limit: int | None = None,
    include_pending: bool = False,
) -> list[str]:
    """Bring what the sources hold into the raw archive.

    Args:
        day: take only articles published on this IST day, and those without a day; None takes all.
        inbox: files or folders of the source "inbox"; None means the settings' inbox folders.
        default_day: partition of articles without a publication date; None files them as undated.
        sources: which sources to ask.
        limit: take at most this many articles; what is rebuilt stays the same.
        include_pending: also rebuild every partition that raw has added to since its last load.

    Returns:
        The partition days to rebuild, sorted: `day` (or all days seen) if raw holds anything for it, and the
        days that something new was filed under.

    Raises:
        BadSetting: an unknown source, or an inbox that does not exist.
    """
    if unknown := set(sources) - set(SOURCES):
        raise BadSetting(f"unknown sources {sorted(unknown)}: use some of {list(SOURCES)}")
    folders = inbox if inbox is not None else [folder for folder in settings.inbox_dirs if folder.exists()]
    found = (record for folder in folders for record in read_inbox(folder, default_day))
    wanted = [
        record for record in found if day in (None, record.partition_day) or record.partition_day == UNDATED
    ]
    rebuild = set(add_records(settings.raw_dir, wanted[:limit]))
    rebuild |= {day} if day else {record.partition_day for record in wanted}
    archived = list_partitions(settings.raw_dir)
    if include_pending:
        rebuild |= {
            partition for partition, state in archived.items() if _loaded_state(settings, partition) != state
        }
    return sorted(rebuild & archived.keys())


def run_clean(
    settings: Settings, *, run_key: str, partitions: Sequence[str], shard_size: int = DEFAULT_SHARD_SIZE
) -> list[str]:
    """Clean all that raw holds for each partition and plan its annotation.

    Returns:
        The names of the shards to annotate, `<partition day>/<number>`; none where everything was rejected.
    """
    version = annotator_version(_models_dir(settings))
    names = []
    for partition in partitions:
        folder = StageFolder(settings.stage_dir, run_key, partition)
        fingerprint = list_partitions(settings.raw_dir)[partition]
        records = read_partition(settings.raw_dir, partition)
        articles, rejected = _clean_partition(records)
        shards = _plan_shards(partition, len(articles), shard_size)
        write_records(
            folder.plan, PartitionPlan, [PartitionPlan(partition, fingerprint, len(records), version)]
        )
        write_records(folder.articles, Article, articles)
        write_records(folder.rejected, Rejection, rejected)
        write_records(folder.shards, Shard, shards)
        names += [f"{partition}/{number:03d}" for number in range(len(shards))]
    return names


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
    resolver = Resolver(read_seeds(settings.seeds_dir), annotator_version(_models_dir(settings)))
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
            report = load_partition(settings.working_path, files, run_key=run_key, now=now)
        except AuditBlocked as error:
            blocked.append(str(error))
            continue
        counts.update(
            article_count=report.stored_count,
            rejected_count=report.rejected_count,
            meeting_count=report.report_count,
        )
        write_text(_loaded_marker(settings, partition), files.raw_fingerprint)
        for freed in report.freed_days:
            _loaded_marker(settings, freed).unlink(missing_ok=True)
    if blocked:
        raise AuditBlocked("\n".join(blocked))
    return dict(counts)


def run_audit(settings: Settings, *, run_key: str, now: datetime) -> dict[str, int]:
    """Run every audit over the whole warehouse and keep the results.

    Returns:
        Bad rows by check, checks without any left out.
    """
    results = audit_warehouse(settings.working_path, run_key=run_key, now=now)
    return {result.check_name: result.bad_row_count for result in results if result.bad_row_count}


def run_publish(settings: Settings) -> str:
    """Swap in a fresh read-only copy of the warehouse for readers, and return its path."""
    publish(settings.working_path, settings.warehouse_path)
    return str(settings.warehouse_path)


def drop_stage(settings: Settings, *, run_key: str) -> None:
    """Remove a finished run's stage files; what they were made from stays in the raw archive."""
    shutil.rmtree(settings.stage_dir / run_key, ignore_errors=True)


def _clean_partition(records: Iterable[RawRecord]) -> tuple[list[Article], list[Rejection]]:
    origins: dict[tuple[str, str], RawRecord] = {}
    cleaned, rejected = [], []
    for record in records:
        try:
            article = clean_article(parse_article(record), record.partition_day)
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


def _reject(record: RawRecord, error: RejectedArticle) -> Rejection:
    return Rejection(
        partition_day=record.partition_day,
        source_name=record.source_name,
        uri=record.uri,
        payload_sha256=hashlib.sha256(record.payload).hexdigest(),
        reason=error.reason,
        detail=error.detail,
    )


def _models_dir(settings: Settings) -> Path:
    if settings.official_models:
        fetch_official(settings.models_dir)
    return settings.models_dir


def _make_annotator(settings: Settings) -> Annotator:
    models_dir = _models_dir(settings)
    lexicon = Lexicon(read_seeds(settings.seeds_dir))
    cache = AnnotationCache(settings.annotations_dir, annotator_version(models_dir))
    return Annotator(models_dir, lambda sentence: mentions_trigger(sentence, lexicon), cache)


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


def _plan_shards(partition: str, article_count: int, size: int) -> list[Shard]:
    return [
        Shard(partition, first, min(size, article_count - first)) for first in range(0, article_count, size)
    ]


def _partition_files(settings: Settings, folder: StageFolder) -> PartitionFiles:
    (plan,) = read_records(folder.plan, PartitionPlan)
    return PartitionFiles(
        partition_day=plan.partition_day,
        articles=folder.articles,
        rejected=folder.rejected,
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


def _loaded_marker(settings: Settings, partition: str) -> Path:
    return settings.loaded_dir / f"{partition}.txt"


def _loaded_state(settings: Settings, partition: str) -> str | None:
    marker = _loaded_marker(settings, partition)
    return marker.read_text(encoding="utf-8") if marker.exists() else None
