-- Before the partition's rows go: these articles, and all whose group they were in, are grouped anew.
CREATE OR REPLACE TEMP TABLE regrouped_article AS
SELECT article_id FROM doomed_article
UNION
SELECT article_id FROM incoming_article
UNION
SELECT member.article_id
FROM doomed_article AS doomed
JOIN core.article_copy AS own USING (article_id)
JOIN core.article_copy AS member USING (canonical_article_id);
