"""The annotate stage: shards of clean articles to sentences, side by side where there are workers."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
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
"""How many tasks may annotate for one run: each costs about a second of Airflow and loads the models."""
OnArticle = Callable[[], None]
"""Called after each article, so that somebody can draw a progress bar."""
log = logging.getLogger(__name__)


def run_plan(settings: Settings, *, run_key: str, partitions: Sequence[str], size: int) -> list[list[str]]:
    """Share a run's shards out to tasks of about `size` articles, small days together: tens of tasks, not thousands.

    Returns:
        The names of the shards of each task.
    """
    counts: dict[str, int] = {}
    for partition in partitions:
        with open_stage(settings.stage_dir, run_key, partition, needs=["clean"]) as folder:
            for number, shard in enumerate(read_records(folder.shards, Shard)):
                counts[f"{partition}/{number:03d}"] = shard.article_count
    room = max(size, ceil(sum(counts.values()) / MAX_TASKS))
    tasks: list[list[str]] = []
    taken = room
    for name, count in counts.items():
        if taken + count > room:
            tasks.append([])
            taken = 0
        tasks[-1].append(name)
        taken += count
    return tasks


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
