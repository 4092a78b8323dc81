-- reads: $articles, $resolved
-- leaves: incoming_article, incoming_entity, incoming_mention, incoming_report, incoming_resolved
-- Read the stage files into temporary tables, before the transaction: writers of one lake do this in parallel.
CREATE OR REPLACE TEMP TABLE incoming_article AS
SELECT
    row_number() OVER (ORDER BY article_id) AS article_number,
    article_id, source_id, source_name, url, published_at, anchor_date
FROM read_parquet($articles);

CREATE OR REPLACE TEMP TABLE incoming_resolved AS SELECT article_id FROM read_parquet($resolved);
CREATE OR REPLACE TEMP TABLE incoming_entity AS
SELECT article_id, unnest(entities) AS entity FROM read_parquet($resolved);
CREATE OR REPLACE TEMP TABLE incoming_mention AS
SELECT article_id, unnest(mentions) AS mention FROM read_parquet($resolved);
CREATE OR REPLACE TEMP TABLE incoming_report AS
SELECT unnest(reports) AS report FROM read_parquet($resolved);
