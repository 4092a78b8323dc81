-- reads: core.article, regrouped_article, similarity_of()
-- leaves: core.article_copy
-- The canonical article of a group is the earliest, ties by the longest text, then by the lower id.
DELETE FROM core.article_copy WHERE article_id IN (SELECT article_id FROM regrouped_article);
INSERT INTO core.article_copy (article_id, canonical_article_id, similarity)
WITH member AS (
    SELECT
        article_id, article.signature,
        first(article_id) OVER by_time AS canonical_article_id,
        first(article.signature) OVER by_time AS canonical_signature
    FROM (SELECT unnest($article_ids::VARCHAR[]) AS article_id, unnest($group_ids::VARCHAR[]) AS group_id)
    JOIN core.article AS article USING (article_id)
    WINDOW by_time AS (
        PARTITION BY group_id ORDER BY article.published_at NULLS LAST, length(article.text) DESC, article_id
    )
)
SELECT article_id, canonical_article_id, similarity_of(signature, canonical_signature)
FROM member
ORDER BY article_id;
