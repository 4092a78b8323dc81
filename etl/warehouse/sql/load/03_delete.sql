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
DELETE FROM core.article_token
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article);
DELETE FROM core.article
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article);
DELETE FROM meta.rejected_article WHERE partition_day = $partition_day;
