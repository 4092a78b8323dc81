-- severity: block
-- says: the counts of an entity's forms or aliases differ from its articles (checked over the whole warehouse only)
WITH form AS (
    SELECT
        entity_id, kind, name_hi, name_latin, gazetteer_id, name_iso15919, name_en, country_code,
        count(*) AS article_count
    FROM core.article_entity
    WHERE $partition_day IS NULL
    GROUP BY ALL
),
alias AS (
    SELECT entity_id, text AS alias_hi, count(*) AS mention_count
    FROM core.entity_mention
    WHERE $partition_day IS NULL
    GROUP BY ALL
)
SELECT 'core.entity_form' AS table_name, entity_id, name_hi AS name, article_count AS row_count
FROM (
    (FROM form EXCEPT FROM core.entity_form)
    UNION ALL
    (SELECT * FROM core.entity_form WHERE $partition_day IS NULL EXCEPT FROM form)
)
UNION ALL
SELECT 'core.entity_alias', entity_id, alias_hi, mention_count
FROM (
    (FROM alias EXCEPT FROM core.entity_alias)
    UNION ALL
    (SELECT * FROM core.entity_alias WHERE $partition_day IS NULL EXCEPT FROM alias)
);
