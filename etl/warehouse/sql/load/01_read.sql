-- What comes in, from its files alone and into temporary tables: writers of one lake do this at the same time.
CREATE OR REPLACE TEMP TABLE incoming_article AS FROM read_parquet($articles);
CREATE OR REPLACE TEMP TABLE incoming_resolved AS FROM read_parquet($resolved);

CREATE OR REPLACE TEMP TABLE incoming_word AS
SELECT article_id, word, count(*) AS word_count
FROM (SELECT article_id, unnest(string_split(replace(text, chr(10), ' '), ' ')) AS word FROM incoming_article)
GROUP BY ALL;

-- Each word is folded and stemmed once, whatever number of articles hold it.
CREATE OR REPLACE TEMP TABLE incoming_token AS
SELECT article_id, token, least(sum(word_count), 65535) AS token_count
FROM incoming_word
JOIN (
    SELECT word, core.stem_word(part) AS token
    FROM (
        SELECT word, unnest(string_split(core.fold_words(word), ' ')) AS part
        FROM (SELECT DISTINCT word FROM incoming_word)
    )
    WHERE part <> ''
) USING (word)
GROUP BY article_id, token;
