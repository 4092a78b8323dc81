-- Take out what the partition held, and the articles that move here from later partitions.
DELETE FROM core.meeting_context
WHERE (partition_day, report_id) IN (
    SELECT mention.partition_day, mention.report_id
    FROM core.meeting_mention AS mention JOIN doomed_article USING (partition_day, article_id)
);
DELETE FROM core.meeting_mention_participant
WHERE (partition_day, report_id) IN (
    SELECT mention.partition_day, mention.report_id
    FROM core.meeting_mention AS mention JOIN doomed_article USING (partition_day, article_id)
);
DELETE FROM core.report_pair
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article);
DELETE FROM core.meeting_mention
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article);
DELETE FROM core.entity_mention
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article);
DELETE FROM core.article_entity
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article);
DELETE FROM core.sentence
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article);

-- Lists of the partition go; those of partitions that lose an article are written anew without it.
CREATE OR REPLACE TEMP TABLE kept_posting AS
FROM (
    SELECT partition_day, token, unnest(postings, max_depth := 2) FROM core.posting_list
    WHERE partition_day IN (SELECT former_day FROM moved_article)
)
ANTI JOIN (
    SELECT partition_day, article_number FROM core.article JOIN doomed_article USING (partition_day, article_id)
) USING (partition_day, article_number);
DELETE FROM core.posting_list
WHERE partition_day = $partition_day OR partition_day IN (SELECT former_day FROM moved_article);
INSERT INTO core.posting_list
SELECT
    partition_day, token,
    list({article_number: article_number, token_count: token_count} ORDER BY article_number)
FROM kept_posting
GROUP BY partition_day, token
ORDER BY partition_day, token;

DELETE FROM core.article
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article);
DELETE FROM meta.rejected_article WHERE partition_day = $partition_day;
