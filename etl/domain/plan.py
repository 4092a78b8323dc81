"""What one run does with one partition."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Shard:
    """A slice of one partition's articles that one annotate task takes.

    Attributes:
        first_article: index of its first article in the partition's articles file.
        article_count: how many articles it takes from there.
    """

    partition_day: str
    first_article: int
    article_count: int


@dataclass(frozen=True, slots=True)
class PartitionPlan:
    """What a run found in the raw archive for one partition, and with what it is annotated.

    Attributes:
        raw_fingerprint: changes when the archive is added to.
        collected_count: records the archive held; each ends stored or rejected.
        annotator_version: names the models.
    """

    partition_day: str
    raw_fingerprint: str
    collected_count: int
    annotator_version: str


@dataclass(frozen=True, slots=True)
class RunContext:
    """Which run writes, and when it began; the warehouse's journal keeps both.

    Attributes:
        run_key: names the run in stage files and in `meta`.
        now: when the run began, with zone. Stages know no clock.
        partition_day: the partition that is written, or None for work on the whole warehouse.
    """

    run_key: str
    now: datetime
    partition_day: str | None = None
