-- severity: warn
-- says: a source has less than a quarter or more than four times its usual daily articles (median of the last 28 days)
WITH daily AS (
    SELECT
        partition_day, source_name, stored_count,
        median(stored_count) OVER recent AS usual_count,
        count(*) OVER recent AS day_count
    FROM meta.source_completeness
    WHERE partition_day <> 'undated'
    WINDOW recent AS (PARTITION BY source_name ORDER BY partition_day ROWS BETWEEN 28 PRECEDING AND 1 PRECEDING)
)
SELECT daily.partition_day, daily.source_name, daily.stored_count, daily.usual_count
FROM daily JOIN meta.partition_load AS loaded USING (partition_day)
WHERE loaded.run_key = $run_key
    AND day_count >= 7
    AND (daily.stored_count * 4 < daily.usual_count OR daily.stored_count > daily.usual_count * 4)
ORDER BY ALL;
