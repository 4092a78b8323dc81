-- What comes in, and which stored articles it replaces. Temporary tables only.
CREATE OR REPLACE TEMP TABLE incoming_resolved AS FROM read_parquet($resolved);

-- An article that two partitions hold stays with the lower day, in whatever order they are loaded.
CREATE OR REPLACE TEMP TABLE refused_article AS
SELECT incoming.article_id, incoming.source_name, incoming.url, stored.partition_day AS kept_day
FROM read_parquet($articles) AS incoming
JOIN core.article AS stored USING (article_id)
WHERE stored.partition_day < $partition_day;

CREATE OR REPLACE TEMP TABLE incoming_article AS
FROM read_parquet($articles)
WHERE article_id NOT IN (SELECT article_id FROM refused_article);

CREATE OR REPLACE TEMP TABLE moved_article AS
SELECT article_id, source_name, url, partition_day AS former_day
FROM core.article
WHERE partition_day > $partition_day AND article_id IN (SELECT article_id FROM incoming_article);

CREATE OR REPLACE TEMP TABLE doomed_article AS
SELECT partition_day, article_id FROM core.article WHERE partition_day = $partition_day
UNION ALL
SELECT former_day, article_id FROM moved_article;

-- The neighbourhood to derive anew, before and after: entities, sources, reports (see link/).
CREATE OR REPLACE TEMP TABLE touched_entity AS
SELECT entity_id FROM core.article_entity
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article)
UNION
SELECT unnest(entities).entity_id FROM incoming_resolved;

CREATE OR REPLACE TEMP TABLE touched_source AS
SELECT source_id FROM core.article
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article)
UNION
SELECT source_id FROM incoming_article;

CREATE OR REPLACE TEMP TABLE touched_report AS
SELECT report_id, 0 AS step FROM core.meeting_mention
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article);
