-- What the load did. freed_days: partitions that gave an article up to another one which no longer has it.
WITH given_up AS (
    SELECT partition_day, article_id FROM meta.rejected_article WHERE article_id IS NOT NULL
),
kept AS (
    SELECT article_id FROM core.article WHERE article_id IN (SELECT article_id FROM given_up)
)
SELECT
    loaded.stored_count,
    loaded.rejected_count,
    (SELECT count(*) FROM incoming_report) AS report_count,
    (SELECT count(DISTINCT meeting_id) FROM core.meeting_mention WHERE partition_day = $partition_day)
        AS meeting_count,
    coalesce((
        SELECT list(DISTINCT partition_day ORDER BY partition_day) FROM given_up ANTI JOIN kept USING (article_id)
    ), []) AS freed_days
FROM meta.partition_load AS loaded
WHERE loaded.partition_day = $partition_day;
