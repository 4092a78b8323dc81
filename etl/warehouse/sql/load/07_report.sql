-- What the load did. freed_days: partitions that gave an article up to another one which no longer has it.
SELECT
    loaded.stored_count,
    loaded.rejected_count,
    (SELECT count(*) FROM incoming_report) AS report_count,
    (SELECT count(DISTINCT meeting_id) FROM core.meeting_mention WHERE partition_day = $partition_day)
        AS meeting_count,
    coalesce((
        SELECT list(DISTINCT refused.partition_day ORDER BY refused.partition_day)
        FROM meta.rejected_article AS refused
        WHERE refused.article_id IS NOT NULL
            AND refused.article_id NOT IN (SELECT article_id FROM core.article)
    ), []) AS freed_days
FROM meta.partition_load AS loaded
WHERE loaded.partition_day = $partition_day;
