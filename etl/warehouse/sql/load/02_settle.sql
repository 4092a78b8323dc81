-- reads: core.article, core.article_entity, core.entity_mention, core.meeting_mention, core.source, incoming_article,
--   incoming_entity, incoming_mention, incoming_report
-- leaves: changed_alias, changed_form, doomed_article, held_elsewhere, incoming_article, incoming_entity,
--   incoming_mention, incoming_report, moved_article, refused_article, touched_place, touched_report, touched_source
-- Find the stored articles that the incoming ones replace, and what must be derived again. Fills temporary tables only.
--
-- An article that two partitions contain stays in the earlier one, in whatever order they are loaded. Only its id is
-- looked up in all partitions; its other columns are read from the partitions where the id was found.
CREATE OR REPLACE TEMP TABLE held_elsewhere AS
WITH held AS MATERIALIZED (
    SELECT partition_day, article_id FROM core.article
    WHERE article_id IN (SELECT article_id FROM incoming_article) AND partition_day <> $partition_day
)
SELECT article_id, source_name, url, partition_day
FROM core.article
WHERE (partition_day, article_id) IN (FROM held);

CREATE OR REPLACE TEMP TABLE refused_article AS
SELECT
    incoming.article_number, incoming.article_id, incoming.source_name, incoming.url,
    held.partition_day AS kept_day
FROM incoming_article AS incoming JOIN held_elsewhere AS held USING (article_id)
WHERE held.partition_day < $partition_day;

DELETE FROM incoming_article WHERE article_id IN (SELECT article_id FROM refused_article);
DELETE FROM incoming_entity WHERE article_id IN (SELECT article_id FROM refused_article);
DELETE FROM incoming_mention WHERE article_id IN (SELECT article_id FROM refused_article);
DELETE FROM incoming_report WHERE report.article_id IN (SELECT article_id FROM refused_article);

CREATE OR REPLACE TEMP TABLE moved_article AS
SELECT article_id, source_name, url, partition_day AS former_day
FROM held_elsewhere WHERE partition_day > $partition_day;

CREATE OR REPLACE TEMP TABLE doomed_article AS
SELECT partition_day, article_id FROM core.article WHERE partition_day = $partition_day
UNION ALL
SELECT former_day, article_id FROM moved_article;

-- What to derive again, for the rows before and after: names, sources, places, reports (see link/).
CREATE OR REPLACE TEMP TABLE changed_form AS
SELECT
    entity_id, kind, name_hi, name_latin, gazetteer_id, name_iso15919, name_en, country_code,
    sum(change)::BIGINT AS change
FROM (
    SELECT
        entity_id, kind, name_hi, name_latin, gazetteer_id, name_iso15919, name_en, country_code, -1 AS change
    FROM core.article_entity
    WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article)
    UNION ALL
    SELECT
        entity.entity_id, entity.kind, entity.name_hi, entity.name_latin, entity.gazetteer_id,
        entity.name_iso15919, entity.name_en, entity.country_code, 1
    FROM incoming_entity
)
GROUP BY ALL
HAVING sum(change) <> 0;

CREATE OR REPLACE TEMP TABLE changed_alias AS
SELECT entity_id, alias_hi, sum(change)::BIGINT AS change
FROM (
    SELECT entity_id, text AS alias_hi, -1 AS change
    FROM core.entity_mention
    WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article)
    UNION ALL
    SELECT mention.entity_id, mention.text, 1 FROM incoming_mention
)
GROUP BY ALL
HAVING sum(change) <> 0;

-- A source keeps its name where an incoming article uses the name that most of its articles use.
CREATE OR REPLACE TEMP TABLE touched_source AS
SELECT source_id FROM core.article
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article)
UNION
SELECT source_id FROM incoming_article ANTI JOIN core.source USING (source_id, source_name);

CREATE OR REPLACE TEMP TABLE touched_report AS
SELECT partition_day, report_id, 0 AS step FROM core.meeting_mention
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article);

-- Places that gain or lose a report, or whose country can change.
CREATE OR REPLACE TEMP TABLE touched_place AS
SELECT place_entity_id AS entity_id FROM core.meeting_mention
WHERE (partition_day, article_id) IN (SELECT partition_day, article_id FROM doomed_article)
UNION
SELECT report.place_entity_id FROM incoming_report
UNION
SELECT entity_id FROM changed_form;
