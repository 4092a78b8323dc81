"""Count what each source gave for a day: discovered, fetched, extracted, pending."""

from collections import Counter
from collections.abc import Sequence

from etl.domain.article import Rejection, SourceCount
from etl.domain.raw import RawRecord
from etl.errors import UNREADABLE_REASONS
from etl.extract.frontier import DayCount
from etl.extract.sources import NO_ARCHIVE, Source


def count_sources(
    partition: str,
    records: Sequence[RawRecord],
    rejected: Sequence[Rejection],
    sources: Sequence[Source],
    pending: Sequence[DayCount],
) -> list[SourceCount]:
    """Return one count per source, sorted by name; an enabled source that gave nothing is counted with a note."""
    names = {source.source_id: source.name for source in sources}
    in_frontier = {names[count.source_id]: count for count in pending if count.source_id in names}
    collected = Counter(record.source_name for record in records)
    failed = Counter(record.source_name for record in records if record.kind == "failure")
    failed_uris = {record.uri for record in records if record.kind == "failure"}
    unread = Counter(
        r.source_name for r in rejected if r.reason in UNREADABLE_REASONS and r.uri not in failed_uris
    )
    silent = {source.name: source for source in sources if source.enabled and source.name not in collected}
    counts = []
    for name in sorted(collected.keys() | in_frontier.keys() | silent.keys()):
        known = in_frontier.get(name)
        pending_count = known.pending_count if known else 0
        has_archive = name not in silent or silent[name].sitemap_archive is not None
        counts.append(
            SourceCount(
                partition_day=partition,
                source_name=name,
                discovered_count=collected[name] + pending_count,
                fetched_count=collected[name] - failed[name],
                extracted_count=collected[name] - failed[name] - unread[name],
                not_modified_count=known.not_modified_count if known else 0,
                pending_count=pending_count,
                note=None if has_archive else NO_ARCHIVE,
            )
        )
    return counts
