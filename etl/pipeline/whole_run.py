"""The stages in their order, with the files that pass between them. No clock, no environment, no Airflow.

    collect → raw archive → clean → annotate → resolve → load → audit → publish

Each stage can be run again and gives the same files and rows. Between stages go a run's key, partition days and
shard names; the data lies in files.
"""

from collections.abc import Sequence

from etl.config import Settings
from etl.domain.plan import Shard
from etl.storage.paths import remove_folder
from etl.storage.record_files import read_records
from etl.storage.stage_folder import open_stage


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
