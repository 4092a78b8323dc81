-- also recorded as: ed6e588aa2514e1674c14518f0bb40530154f1c44ae81756eab289e5caa9ffd3
-- Columns and a table for search: countries and offices of entities, and the words of articles.
ALTER TABLE core.article_entity ADD COLUMN country_code VARCHAR;
ALTER TABLE core.entity ADD COLUMN country_code VARCHAR;

ALTER TABLE core.entity_attribute ADD COLUMN territory_id VARCHAR;

CREATE TABLE core.article_token (
    partition_day VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    token VARCHAR NOT NULL,
    token_count USMALLINT NOT NULL
);

INSERT INTO core.article_token (partition_day, article_id, token, token_count)
SELECT partition_day, article_id, core.stem_word(word), least(count(*), 65535)
FROM (
    SELECT partition_day, article_id, unnest(string_split(core.fold_words(text), ' ')) AS word FROM core.article
)
WHERE word <> ''
GROUP BY ALL
ORDER BY partition_day, article_id;
