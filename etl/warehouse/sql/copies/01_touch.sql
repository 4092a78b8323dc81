-- reads: core.article_copy, doomed_article, incoming_article
-- leaves: regrouped_article
-- Before the partition's rows are deleted: collect the articles to group again, which are the deleted and the incoming
-- ones and all members of the groups of the deleted ones.
CREATE OR REPLACE TEMP TABLE regrouped_article AS
SELECT article_id FROM doomed_article
UNION
SELECT article_id FROM incoming_article
UNION
SELECT member.article_id
FROM doomed_article AS doomed
JOIN core.article_copy AS own USING (article_id)
JOIN core.article_copy AS member USING (canonical_article_id);
