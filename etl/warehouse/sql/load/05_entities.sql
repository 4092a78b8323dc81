-- Derive anew what many articles share, for the touched neighbourhood only.
DELETE FROM core.source WHERE source_id IN (SELECT source_id FROM touched_source);
INSERT INTO core.source (source_id, source_name)
SELECT source_id, source_name
FROM core.article
WHERE source_id IN (SELECT source_id FROM touched_source)
GROUP BY source_id, source_name
QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY count(*) DESC, source_name) = 1;

DELETE FROM core.entity WHERE entity_id IN (SELECT entity_id FROM touched_entity);
INSERT INTO core.entity (entity_id, kind, name_hi, name_latin, gazetteer_id, name_iso15919, name_en)
SELECT entity_id, kind, name_hi, name_latin, gazetteer_id, name_iso15919, name_en
FROM core.article_entity
WHERE entity_id IN (SELECT entity_id FROM touched_entity)
GROUP BY entity_id, kind, name_hi, name_latin, gazetteer_id, name_iso15919, name_en
QUALIFY row_number() OVER (
    PARTITION BY entity_id ORDER BY count(*) DESC, name_hi, name_latin, kind, gazetteer_id, name_iso15919, name_en
) = 1;

UPDATE core.entity SET country_code = told.country_code
FROM (
    SELECT entity_id, country_code
    FROM core.article_entity
    WHERE entity_id IN (SELECT entity_id FROM touched_entity) AND country_code IS NOT NULL
    GROUP BY entity_id, country_code
    QUALIFY row_number() OVER (PARTITION BY entity_id ORDER BY count(*) DESC, country_code) = 1
) AS told
WHERE entity.entity_id = told.entity_id;

DELETE FROM core.entity_attribute
WHERE entity_id IN (SELECT unnest(entities).entity_id FROM kept_resolved)
    OR (
        entity_id IN (SELECT entity_id FROM touched_entity)
        AND entity_id NOT IN (SELECT entity_id FROM core.entity)
    );
INSERT INTO core.entity_attribute (
    entity_id, attribute, value_hi, value_code, valid_from, valid_to, gazetteer_id, territory_id
)
SELECT DISTINCT
    entity.entity_id, fact.attribute, fact.value_hi, fact.value_code, fact.valid_from, fact.valid_to,
    entity.gazetteer_id, fact.territory_id
FROM (SELECT unnest(entities) AS entity FROM kept_resolved), unnest(entity.attributes) AS facts(fact)
ORDER BY ALL;

DELETE FROM core.entity_alias WHERE entity_id IN (SELECT entity_id FROM touched_entity);
INSERT INTO core.entity_alias (entity_id, alias_hi, mention_count)
SELECT entity_id, text, count(*)
FROM core.entity_mention
WHERE entity_id IN (SELECT entity_id FROM touched_entity)
GROUP BY entity_id, text;

DELETE FROM core.place WHERE place_id IN (SELECT entity_id FROM touched_entity);
INSERT INTO core.place (place_id, country_code)
SELECT entity_id, country_code
FROM core.entity
WHERE entity_id IN (SELECT entity_id FROM touched_entity)
    AND entity_id IN (SELECT place_entity_id FROM core.meeting_mention);
