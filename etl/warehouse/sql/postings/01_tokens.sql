-- reads: $articles
-- leaves: token_count, word_count
-- Count the words of a partition's articles. Each distinct word is folded and stemmed once, in however many articles
-- it occurs.
CREATE TEMP TABLE word_count AS
SELECT article_number, word, count(*) AS word_count
FROM (
    SELECT row_number() OVER (ORDER BY article_id) AS article_number, unnest(string_split(text, ' ')) AS word
    FROM read_parquet($articles)
)
GROUP BY ALL;

CREATE TEMP TABLE token_count AS
SELECT article_number::INTEGER AS article_number, token, least(sum(word_count), 65535)::USMALLINT AS token_count
FROM word_count
JOIN (
    SELECT word, core.stem_word(part) AS token
    FROM (
        SELECT word, unnest(string_split(core.fold_words(word), ' ')) AS part
        FROM (SELECT DISTINCT word FROM word_count)
    )
    WHERE part <> ''
) USING (word)
GROUP BY article_number, token;
