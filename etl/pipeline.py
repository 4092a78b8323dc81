"""The stages in their order, with the files that pass between them. No clock, no environment, no Airflow.

    collect → raw archive → clean → annotate → resolve → load → audit → publish

Each stage can be run again and gives the same files and rows. Between stages go a run's key, partition days and
shard names; the data lies in files.
"""

from collections.abc import Sequence

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
from etl.load import run_audit as run_audit
from etl.load import run_load as run_load
from etl.load import run_publish as run_publish
from etl.maintain import run_maintain_annotations as run_maintain_annotations
from etl.maintain import run_maintain_compact as run_maintain_compact
from etl.maintain import run_maintain_links as run_maintain_links
from etl.maintain import run_maintain_raw as run_maintain_raw
from etl.maintain import run_maintain_report as run_maintain_report
from etl.maintain import run_maintain_stage as run_maintain_stage
from etl.models import Shard
from etl.paths import remove_folder
from etl.resolve import run_resolve as run_resolve
from etl.stage_files import read_records
from etl.stage_folder import open_stage


def count_articles(settings: Settings, *, run_key: str, partitions: Sequence[str]) -> int:
    """Return how many clean articles a run has, for progress bars."""
    count = 0
    for partition in partitions:
        with open_stage(settings.stage_dir, run_key, partition, needs=["clean"]) as folder:
            count += sum(shard.article_count for shard in read_records(folder.shards, Shard))
    return count


def drop_stage(settings: Settings, *, run_key: str) -> None:
    """Remove a finished run's stage files; what they were made from stays in the raw archive."""
    remove_folder(settings.stage_dir / run_key)
