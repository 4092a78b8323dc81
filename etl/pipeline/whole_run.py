"""Every stage in order over the articles of a file or folder: the one place that knows the order outside Airflow.

    collect → raw archive → clean → annotate → resolve → load → audit → publish

Each stage can run again and gives the same files and rows. Stages pass on a run key, partition days and shard
names; the data itself passes through files.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from etl.config import Settings
from etl.domain.plan import RunContext, Shard
from etl.errors import AuditBlocked
from etl.pipeline.annotate import OnArticle, run_annotate
from etl.pipeline.clean import run_clean
from etl.pipeline.collect import INBOX, run_collect
from etl.pipeline.load import check_places, run_audit, run_load, run_publish
from etl.pipeline.resolve import run_resolve
from etl.storage.paths import AnyPath, remove_folder
from etl.storage.record_files import read_records
from etl.storage.stage_folder import open_stage
from etl.warehouse.audit import AuditResult

ShowProgress = Callable[[str, int], AbstractContextManager[OnArticle]]
"""Stage name and article count → a context whose value is called after each article."""


@dataclass(frozen=True, slots=True)
class WholeRunResult:
    """What a whole run stored.

    Attributes:
        partitions: the partition days that were built.
        report_count: reports of meetings in the stored articles.
        warnings: audit checks that found bad rows but do not block.
        published: where readers find the result.
    """

    partitions: tuple[str, ...]
    article_count: int
    rejected_count: int
    report_count: int
    warnings: tuple[AuditResult, ...]
    published: str


def _show_nothing(_stage: str, _article_count: int) -> AbstractContextManager[OnArticle]:
    return nullcontext(lambda: None)


def run_whole(
    settings: Settings,
    articles: AnyPath,
    *,
    run: RunContext,
    default_day: str | None = None,
    processes: int = 1,
    show_progress: ShowProgress = _show_nothing,
) -> WholeRunResult:
    """Run every stage over the articles of a file or folder, whatever their days.

    Args:
        articles: file or folder of the formats that the inbox reads.
        default_day: partition day of articles without a publication date; None files them as undated.
        processes: shards annotated at a time.

    Raises:
        AuditBlocked: a blocking check found bad rows; nothing was published.
        BadSetting: `articles` does not exist or is not of a known format.
        PermanentError: the warehouse or the data root cannot be written, or another program's file is in the way;
            nothing was done.
    """
    run_key = run.run_key
    check_places(settings)
    partitions = run_collect(
        settings, run_key=run_key, day=None, inbox=[articles], default_day=default_day, sources=[INBOX]
    )
    shards = run_clean(settings, run_key=run_key, partitions=partitions)
    article_count = _count_articles(settings, run_key, partitions)
    with show_progress("annotate", article_count) as advance:
        run_annotate(settings, run_key=run_key, shards=shards, on_article=advance, processes=processes)
    with show_progress("resolve", article_count) as advance:
        run_resolve(settings, run_key=run_key, partitions=partitions, on_article=advance)
    loaded = run_load(settings, run=run, partitions=partitions)
    findings = run_audit(settings, run=run)
    if blocking := [found.message for found in findings if found.severity == "block"]:
        raise AuditBlocked("\n".join(["Nothing was published; load the days named here again.", *blocking]))
    published = run_publish(settings)
    remove_folder(settings.stage_dir / run_key)
    return WholeRunResult(
        partitions=tuple(partitions),
        article_count=loaded.article_count,
        rejected_count=loaded.rejected_count,
        report_count=loaded.report_count,
        warnings=tuple(findings),
        published=published,
    )


def _count_articles(settings: Settings, run_key: str, partitions: Sequence[str]) -> int:
    count = 0
    for partition in partitions:
        with open_stage(settings.stage_dir, run_key, partition, needs=["clean"]) as folder:
            count += sum(shard.article_count for shard in read_records(folder.shards, Shard))
    return count
