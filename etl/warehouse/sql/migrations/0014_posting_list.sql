-- The words of articles by word, not by article: a search reads one row per day instead of one per article, and a
-- load writes as much less.
ALTER TABLE core.article ADD COLUMN article_number INTEGER;
COMMENT ON COLUMN core.article.article_number IS 'Its place among the partition''s articles in order of article_id, counted from 1, those kept elsewhere included; the key in core.posting_list.';
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
COMMENT ON TABLE core.posting_list IS 'The words of articles, for out.search_articles: one row per partition and stem.';
COMMENT ON COLUMN core.posting_list.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.posting_list.token IS 'A word of title or body, folded and without its ending (core.fold_words, core.stem_word).';
COMMENT ON COLUMN core.posting_list.postings IS 'The articles that have it, by core.article.article_number, and how often it stands in each, at most 65535.';

INSERT INTO core.posting_list
SELECT
    partition_day, token,
    list({article_number: article_number, token_count: token_count} ORDER BY article_number)
FROM core.article_token JOIN core.article USING (partition_day, article_id)
GROUP BY partition_day, token
ORDER BY partition_day, token;

DROP TABLE core.article_token;
