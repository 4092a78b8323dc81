-- severity: block
-- says: a source's discovered count differs from stored + rejected + pending
SELECT partition_day, source_name, discovered_count, stored_count, rejected_count, pending_count
FROM meta.source_completeness
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND (discovered_count <> stored_count + rejected_count + pending_count
        OR fetched_count > discovered_count OR extracted_count > fetched_count OR stored_count > extracted_count
        OR rejected_count <> coalesce(list_sum(map_values(rejected_reasons)), 0));
