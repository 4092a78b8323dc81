-- Number of rejected articles by reason, most frequent first.
SELECT
    reason,
    count(*) AS rejected_count,
    count(DISTINCT source_name) AS source_count,
    max(partition_day) FILTER (partition_day <> 'undated') AS last_day
FROM out.rejected_article
WHERE true
    AND run_key = $run_key --? run_key
GROUP BY reason
ORDER BY rejected_count DESC, reason
LIMIT $limit --? limit
