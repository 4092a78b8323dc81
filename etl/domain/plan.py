"""Runs, and their work on one partition."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Shard:
    """A slice of a partition's articles, annotated together.

    Attributes:
        first_article: index of its first article in the partition's articles file.
        article_count: number of articles from there on.
    """

    partition_day: str
    first_article: int
    article_count: int


@dataclass(frozen=True, slots=True)
class PartitionPlan:
    """The inputs of one partition in one run.

    Attributes:
        raw_fingerprint: changes whenever records are added to the raw partition.
        collected_count: raw records; each ends up stored or rejected.
        annotator_version: version of the models.
    """

    partition_day: str
    raw_fingerprint: str
    collected_count: int
    annotator_version: str


@dataclass(frozen=True, slots=True)
class RunContext:
    """The run that writes, and when it began; the warehouse's journal stores both.

    Attributes:
        run_key: identifies the run in stage files and in `meta`.
        now: when the run began, with zone. Stages know no clock.
        partition_day: the partition that is written, or None for work on the whole warehouse.
    """

    run_key: str
    now: datetime
    partition_day: str | None = None
