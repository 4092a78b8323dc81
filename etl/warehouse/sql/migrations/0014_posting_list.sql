-- also recorded as: 5a61c31b91e171223abe226104036ae09120c7afdf67a6808f3f639502538c4f
-- The words of articles, stored by word instead of by article: a search reads one row per partition instead of one per
-- article, and a load writes fewer rows.
ALTER TABLE core.article ADD COLUMN article_number INTEGER;
UPDATE core.article AS article
SET article_number = numbered.article_number
FROM (
    SELECT article_id, row_number() OVER (PARTITION BY partition_day ORDER BY article_id) AS article_number
    FROM core.article
) AS numbered
WHERE article.article_id = numbered.article_id;

CREATE TABLE core.posting_list (
    partition_day VARCHAR NOT NULL,
    token VARCHAR NOT NULL,
    postings STRUCT(article_number INTEGER, token_count USMALLINT)[] NOT NULL
);

INSERT INTO core.posting_list
SELECT
    partition_day, token,
    list({article_number: article_number, token_count: token_count} ORDER BY article_number)
FROM core.article_token JOIN core.article USING (partition_day, article_id)
GROUP BY partition_day, token
ORDER BY partition_day, token;

DROP TABLE core.article_token;
