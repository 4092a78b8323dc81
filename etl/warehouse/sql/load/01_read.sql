-- What comes in, from its files alone and into temporary tables: writers of one lake do this at the same time.
CREATE OR REPLACE TEMP TABLE incoming_article AS
SELECT
    file_row_number, row_number() OVER (ORDER BY article_id) AS article_number,
    article_id, source_id, source_name, url, published_at, anchor_date
FROM read_parquet($articles, file_row_number := true);

CREATE OR REPLACE TEMP TABLE incoming_resolved AS SELECT article_id FROM read_parquet($resolved);
CREATE OR REPLACE TEMP TABLE incoming_entity AS
SELECT article_id, unnest(entities) AS entity FROM read_parquet($resolved);
CREATE OR REPLACE TEMP TABLE incoming_mention AS
SELECT article_id, unnest(mentions) AS mention FROM read_parquet($resolved);
CREATE OR REPLACE TEMP TABLE incoming_report AS
SELECT unnest(reports) AS report FROM read_parquet($resolved);

-- Each word is folded and stemmed once, whatever number of articles hold it.
CREATE OR REPLACE TEMP TABLE incoming_word AS
SELECT file_row_number, word, count(*) AS word_count
FROM (
    SELECT file_row_number, unnest(string_split(text, ' ')) AS word
    FROM read_parquet($articles, file_row_number := true)
)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE incoming_token AS
SELECT file_row_number, token, least(sum(word_count), 65535)::USMALLINT AS token_count
FROM incoming_word
JOIN (
    SELECT word, core.stem_word(part) AS token
    FROM (
        SELECT word, unnest(string_split(core.fold_words(word), ' ')) AS part
        FROM (SELECT DISTINCT word FROM incoming_word)
    )
    WHERE part <> ''
) USING (word)
GROUP BY file_row_number, token;
