-- Article counts by source for the newest days.
WITH page AS (
    SELECT DISTINCT partition_day
    FROM out.day_source
    WHERE true
        AND partition_day < $before --? before
        AND run_key = $run_key --? run_key
    ORDER BY partition_day DESC
    LIMIT $day_limit --? day_limit
)
SELECT
    partition_day, source_name, discovered_count, fetched_count, extracted_count, stored_count, rejected_count,
    pending_count, rejected_reasons, note, loaded_at
FROM out.day_source
WHERE partition_day IN (SELECT partition_day FROM page)
ORDER BY partition_day DESC, source_name
LIMIT $limit --? limit
