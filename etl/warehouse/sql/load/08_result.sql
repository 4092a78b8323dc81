-- reads: core.article, core.meeting_mention, core.sentence, incoming_mention, incoming_report, meta.partition_load,
--   meta.rejected_article
-- leaves: nothing
-- The counts of the load and of the stages before it. freed_days: partitions with an article that another partition
-- kept and no longer has.
WITH duplicate AS (
    SELECT partition_day, article_id FROM meta.rejected_article WHERE article_id IS NOT NULL
),
kept AS (
    SELECT article_id FROM core.article WHERE article_id IN (SELECT article_id FROM duplicate)
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
        SELECT list(DISTINCT partition_day ORDER BY partition_day) FROM duplicate ANTI JOIN kept USING (article_id)
    ), []) AS freed_days
FROM meta.partition_load AS loaded
WHERE loaded.partition_day = $partition_day;
