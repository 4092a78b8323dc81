"""Annotate stage: shards of clean articles to sentences, in parallel if there are several workers."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from math import ceil
from multiprocessing import get_context

from structlog.contextvars import bound_contextvars

from etl.config import Settings
from etl.domain.article import Article, Sentence
from etl.domain.plan import Shard
from etl.pipeline.annotator_models import models_dir
from etl.storage.annotation_cache import AnnotationCache
from etl.storage.record_files import read_records, write_records
from etl.storage.seed_files import read_seeds
from etl.storage.stage_folder import open_stage, shard_stage
from etl.transform.annotate import Annotator, annotator_version
from etl.transform.lexicon import Lexicon
from etl.transform.meetings.triggers import mentions_trigger

MAX_TASKS = 100
"""Most annotate tasks of one run: each costs about a second of Airflow and loads the models."""
OnArticle = Callable[[], None]
"""Called after each article, for progress bars."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AnnotateResult:
    """Counts of one annotate call.

    Attributes:
        reused_count: articles whose text was annotated before by the same models.
    """

    article_count: int
    reused_count: int


def plan_tasks(settings: Settings, *, run_key: str, partitions: Sequence[str], size: int) -> list[list[str]]:
    """Group a run's shards into tasks of about `size` articles, small days together, at most `MAX_TASKS`.

    Returns:
        The shard names of each task.
    """
    counts: dict[str, int] = {}
    for partition in partitions:
        with open_stage(settings.stage_dir, run_key, partition, needs=["clean"]) as folder:
            for number, shard in enumerate(read_records(folder.shards, Shard)):
                counts[f"{partition}/{number:03d}"] = shard.article_count
    capacity = max(size, ceil(sum(counts.values()) / MAX_TASKS))
    tasks: list[list[str]] = []
    task_size = capacity
    for name, count in counts.items():
        if task_size + count > capacity:
            tasks.append([])
            task_size = 0
        tasks[-1].append(name)
        task_size += count
    return tasks


def run_annotate(
    settings: Settings,
    *,
    run_key: str,
    shards: Sequence[str],
    on_article: OnArticle = lambda: None,
    processes: int = 1,
) -> AnnotateResult:
    """Annotate the named shards; reuse the annotation of a text that the same models annotated before.

    Args:
        processes: shards annotated at a time. One process uses one core.
    """
    if min(processes, len(shards)) < 2:
        annotator = _make_annotator(settings)
        article_counts = [_annotate_shard(settings, annotator, run_key, name, on_article) for name in shards]
        return AnnotateResult(sum(article_counts), annotator.reused_count)
    results = []
    for result in _annotate_in_parallel(settings, run_key, shards, processes):
        results.append(result)
        for _ in range(result.article_count):
            on_article()
    return AnnotateResult(sum(r.article_count for r in results), sum(r.reused_count for r in results))


def _annotate_in_parallel(
    settings: Settings, run_key: str, shards: Sequence[str], processes: int
) -> Iterator[AnnotateResult]:
    with ProcessPoolExecutor(min(processes, len(shards)), get_context("spawn")) as pool:
        tasks = {pool.submit(run_annotate, settings, run_key=run_key, shards=[name]): name for name in shards}
        for task in as_completed(tasks):
            with bound_contextvars(shard=tasks[task]):
                log.info("%d articles annotated in a process of its own", task.result().article_count)
            yield task.result()


def _make_annotator(settings: Settings) -> Annotator:
    models = models_dir(settings)
    lexicon = Lexicon(read_seeds(settings.seeds_dir))
    cache = AnnotationCache(settings.annotations_dir, annotator_version(models))
    return Annotator(models, lambda sentence: mentions_trigger(sentence, lexicon), cache)


def _annotate_shard(
    settings: Settings, annotator: Annotator, run_key: str, name: str, on_article: OnArticle
) -> int:
    partition, _, number = name.partition("/")
    makes, stage_dir = shard_stage(int(number)), settings.stage_dir
    with (
        bound_contextvars(day=partition, shard=name),
        open_stage(stage_dir, run_key, partition, needs=["clean"], makes=makes) as folder,
    ):
        shard = read_records(folder.shards, Shard)[int(number)]
        last = shard.first_article + shard.article_count
        articles = read_records(folder.articles, Article)[shard.first_article : last]
        write_records(folder.sentences(int(number)), Sentence, annotator.annotate(articles, on_article))
        log.info("%d articles annotated", len(articles))
    return len(articles)
