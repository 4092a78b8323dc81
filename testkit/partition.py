"""The stage files of one partition, as the pipeline writes them, for tests and benchmarks that make up their news."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from etl.domain.article import Article, Rejection, Sentence, SourceCount
from etl.domain.meeting import ResolvedArticle
from etl.storage.record_files import write_records
from etl.warehouse.load import PartitionFiles
from etl.warehouse.postings import write_postings

Made = tuple[Article, list[Sentence], ResolvedArticle]
"""An article with its sentences and what was found in them."""


def write_partition(
    folder: Path, day: str, made: Sequence[Made], rejected: Sequence[Rejection] = ()
) -> PartitionFiles:
    """Write the stage files of a partition that holds exactly these; none of sentences where there is no article."""
    stored = Counter(article.source_name for article, _, _ in made)
    refused = Counter(rejection.source_name for rejection in rejected)
    counts = [
        SourceCount(day, name, stored[name] + refused[name], stored[name], stored[name], 0, 0, None)
        for name in stored | refused
    ]
    write_records(folder / "articles.parquet", Article, [article for article, _, _ in made])
    write_records(folder / "rejected.parquet", Rejection, list(rejected))
    write_records(folder / "source_counts.parquet", SourceCount, counts)
    write_records(folder / "sentences.parquet", Sentence, [s for _, sentences, _ in made for s in sentences])
    write_records(folder / "resolved.parquet", ResolvedArticle, [resolved for _, _, resolved in made])
    write_postings(folder / "articles.parquet", folder / "postings.parquet")
    return PartitionFiles(
        partition_day=day,
        articles=folder / "articles.parquet",
        rejected=folder / "rejected.parquet",
        source_counts=folder / "source_counts.parquet",
        sentences=(folder / "sentences.parquet",) if made else (),
        resolved=folder / "resolved.parquet",
        postings=folder / "postings.parquet",
        collected_count=len(made) + len(rejected),
        raw_fingerprint=f"raw-{len(made)}",
        annotator_version="models-1",
        resolver_version="rules-1",
    )
