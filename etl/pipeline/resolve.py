"""The resolve stage: annotated articles to entities, mentions and reports of meetings, and to what words they hold."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from structlog.contextvars import bound_contextvars

from etl.config import Settings
from etl.domain.article import Article, Sentence
from etl.domain.meeting import ResolvedArticle
from etl.pipeline.annotator_models import models_version
from etl.storage.record_files import read_records, write_records, write_text
from etl.storage.seed_files import read_seeds
from etl.storage.stage_folder import StageFolder, annotated_stages, open_stage, sentence_files
from etl.transform.resolve import Resolver
from etl.warehouse.postings import write_postings


def run_resolve(
    settings: Settings,
    *,
    run_key: str,
    partitions: Sequence[str],
    on_article: Callable[[], None] = lambda: None,
) -> dict[str, int]:
    """Resolve entities and meetings of every article of the partitions.

    Returns:
        Counts: `article_count`, `meeting_count` (reports of meetings).
    """
    resolver = Resolver(read_seeds(settings.seeds_dir), models_version(settings))
    counts: Counter[str] = Counter(article_count=0, meeting_count=0)
    for partition in partitions:
        needs = annotated_stages(settings.stage_dir, run_key, partition)
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
            write_postings(folder.articles, folder.postings)
            write_text(folder.resolver_version, resolver.version)
    return dict(counts)


def _read_sentences(folder: StageFolder) -> Iterator[Sentence]:
    for path in sentence_files(folder):
        yield from read_records(path, Sentence)
