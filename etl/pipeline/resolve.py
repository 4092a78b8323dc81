"""Resolve stage: annotated articles to entities, mentions and reports of meetings; also builds the posting lists."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ResolveResult:
    """Counts of one resolve call; `report_count` counts reports of meetings."""

    article_count: int
    report_count: int


def run_resolve(
    settings: Settings,
    *,
    run_key: str,
    partitions: Sequence[str],
    on_article: Callable[[], None] = lambda: None,
) -> ResolveResult:
    """Resolve the entities and meetings of every article of the partitions."""
    resolver = Resolver(read_seeds(settings.seeds_dir), models_version(settings))
    article_count = report_count = 0
    for partition in partitions:
        needs = annotated_stages(settings.stage_dir, run_key, partition)
        with (
            bound_contextvars(day=partition),
            open_stage(settings.stage_dir, run_key, partition, needs=needs, makes="resolve") as folder,
        ):
            resolved = list(_resolve_articles(folder, resolver, on_article))
            write_records(folder.resolved, ResolvedArticle, resolved)
            write_postings(folder.articles, folder.postings)
            write_text(folder.resolver_version, resolver.version)
            reports = sum(len(article.reports) for article in resolved)
            log.info("%d articles resolved, %d reports of meetings", len(resolved), reports)
        article_count += len(resolved)
        report_count += reports
    return ResolveResult(article_count, report_count)


def _resolve_articles(
    folder: StageFolder, resolver: Resolver, on_article: Callable[[], None]
) -> Iterator[ResolvedArticle]:
    articles = {article.article_id: article for article in read_records(folder.articles, Article)}
    for article_id, sentences in groupby(_read_sentences(folder), lambda s: s.article_id):
        with bound_contextvars(article=article_id):
            resolved = resolver.resolve(articles[article_id], tuple(sentences))
        on_article()
        yield resolved


def _read_sentences(folder: StageFolder) -> Iterator[Sentence]:
    for path in sentence_files(folder):
        yield from read_records(path, Sentence)
