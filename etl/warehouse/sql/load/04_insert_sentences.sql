-- reads: $sentences, incoming_article
-- leaves: core.sentence
-- Runs only where the partition has annotated shards. A shard can contain articles that another partition keeps.
INSERT INTO core.sentence (partition_day, article_id, sentence_number, start_char, end_char, text)
SELECT $partition_day, article_id, sentence_number, start_char, end_char, text
FROM read_parquet($sentences)
WHERE article_id IN (SELECT article_id FROM incoming_article);
