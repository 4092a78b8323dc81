-- reads: core.article, core.meeting_mention, core.posting_list, doomed_article
-- leaves: core.article, core.article_entity, core.entity_mention, core.meeting_context, core.meeting_mention,
--   core.meeting_mention_participant, core.posting_list, core.report_pair, core.sentence, kept_posting,
--   meta.rejected_article, moved_number, without_articles()
-- Delete the stored rows of the partition, and those of articles that move here from later partitions.
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

-- Delete the partition's posting lists; remove only the moved articles from the lists of other partitions.
CREATE OR REPLACE TEMP MACRO without_articles(postings, article_numbers) AS
    CASE WHEN article_numbers IS NULL THEN postings
        ELSE [posting FOR posting IN postings IF NOT list_contains(article_numbers, posting.article_number)]
    END;
CREATE OR REPLACE TEMP TABLE moved_number AS
SELECT partition_day, list(article_number) AS article_numbers
FROM core.article JOIN doomed_article USING (partition_day, article_id)
WHERE partition_day <> $partition_day
GROUP BY partition_day;
CREATE OR REPLACE TEMP TABLE kept_posting AS
SELECT partition_day, token, without_articles(postings, article_numbers) AS postings
FROM core.posting_list JOIN moved_number USING (partition_day);
DELETE FROM core.posting_list WHERE partition_day = $partition_day;
DELETE FROM core.posting_list WHERE partition_day IN (SELECT partition_day FROM moved_number);
INSERT INTO core.posting_list FROM kept_posting WHERE len(postings) > 0;

DELETE FROM core.article
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article);
DELETE FROM meta.rejected_article WHERE partition_day = $partition_day;
