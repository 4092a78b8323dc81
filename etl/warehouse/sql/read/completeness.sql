-- Article counts of each source since a day: discovered = stored + rejected + pending.
SELECT
    source_name,
    count(*) AS day_count,
    count(*) FILTER (coalesce(discovered_count, 0) = 0) AS silent_day_count,
    coalesce(sum(discovered_count), 0)::BIGINT AS discovered_count,
    sum(stored_count)::BIGINT AS stored_count,
    sum(rejected_count)::BIGINT AS rejected_count,
    coalesce(sum(pending_count), 0)::BIGINT AS pending_count,
    max(partition_day) FILTER (stored_count > 0) AS last_stored_day
FROM meta.source_completeness
WHERE partition_day >= $since_day
GROUP BY source_name
ORDER BY source_name;
