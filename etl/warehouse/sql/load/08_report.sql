-- What the load did, and what the stages before it made of the partition. freed_days: partitions that gave an article
-- up to another one which no longer has it.
WITH given_up AS (
    SELECT partition_day, article_id FROM meta.rejected_article WHERE article_id IS NOT NULL
),
kept AS (
    SELECT article_id FROM core.article WHERE article_id IN (SELECT article_id FROM given_up)
)
SELECT
    loaded.collected_count AS collected,
    loaded.rejected_count AS rejected,
    loaded.stored_count AS stored,
    (SELECT count(*) FROM core.sentence WHERE partition_day = $partition_day) AS sentence,
    (SELECT count(*) FROM incoming_mention) AS mention,
    (SELECT count(*) FROM incoming_report) AS report,
    (SELECT count(DISTINCT meeting_id) FROM core.meeting_mention WHERE partition_day = $partition_day)
        AS meeting,
    coalesce((
        SELECT list(DISTINCT partition_day ORDER BY partition_day) FROM given_up ANTI JOIN kept USING (article_id)
    ), []) AS freed_days
FROM meta.partition_load AS loaded
WHERE loaded.partition_day = $partition_day;
