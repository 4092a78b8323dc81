-- reads: changed_alias, changed_form, core.article, core.entity, core.entity_alias, core.entity_form,
--   core.meeting_mention, incoming_entity, touched_place, touched_source
-- leaves: core.entity, core.entity_alias, core.entity_attribute, core.entity_form, core.place, core.source,
--   settled_alias, settled_form
-- Derive again what several articles share, for touched rows only.
DELETE FROM core.source WHERE source_id IN (SELECT source_id FROM touched_source);
INSERT INTO core.source (source_id, source_name)
SELECT source_id, source_name
FROM core.article
WHERE source_id IN (SELECT source_id FROM touched_source)
GROUP BY source_id, source_name
QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY count(*) DESC, source_name) = 1;

-- Add the changes to the counts of forms and aliases instead of counting again: the cost of a load does not grow with
-- the number of stored articles.
CREATE OR REPLACE TEMP TABLE settled_form AS
SELECT
    entity_id, kind, name_hi, name_latin, gazetteer_id, name_iso15919, name_en, country_code,
    sum(article_count)::BIGINT AS article_count
FROM (
    FROM core.entity_form WHERE entity_id IN (SELECT entity_id FROM changed_form)
    UNION ALL
    FROM changed_form
)
GROUP BY ALL
HAVING sum(article_count) <> 0;
DELETE FROM core.entity_form WHERE entity_id IN (SELECT entity_id FROM changed_form);
INSERT INTO core.entity_form FROM settled_form;

DELETE FROM core.entity WHERE entity_id IN (SELECT entity_id FROM changed_form);
INSERT INTO core.entity (
    entity_id, kind, name_hi, name_latin, gazetteer_id, name_iso15919, name_en, country_code
)
WITH named AS (
    SELECT entity_id, kind, name_hi, name_latin, gazetteer_id, name_iso15919, name_en
    FROM settled_form
    GROUP BY entity_id, kind, name_hi, name_latin, gazetteer_id, name_iso15919, name_en
    QUALIFY row_number() OVER (
        PARTITION BY entity_id
        ORDER BY sum(article_count) DESC, name_hi, name_latin, kind, gazetteer_id, name_iso15919, name_en
    ) = 1
),
located AS (
    SELECT entity_id, country_code
    FROM settled_form
    WHERE country_code IS NOT NULL
    GROUP BY entity_id, country_code
    QUALIFY row_number() OVER (PARTITION BY entity_id ORDER BY sum(article_count) DESC, country_code) = 1
)
SELECT named.*, located.country_code FROM named LEFT JOIN located USING (entity_id);

CREATE OR REPLACE TEMP TABLE settled_alias AS
SELECT entity_id, alias_hi, sum(mention_count)::BIGINT AS mention_count
FROM (
    FROM core.entity_alias
    WHERE (entity_id, alias_hi) IN (SELECT entity_id, alias_hi FROM changed_alias)
    UNION ALL
    FROM changed_alias
)
GROUP BY ALL
HAVING sum(mention_count) <> 0;
DELETE FROM core.entity_alias
WHERE (entity_id, alias_hi) IN (SELECT entity_id, alias_hi FROM changed_alias);
INSERT INTO core.entity_alias FROM settled_alias;

DELETE FROM core.entity_attribute
WHERE entity_id IN (SELECT entity.entity_id FROM incoming_entity)
    OR entity_id IN (SELECT entity_id FROM changed_form ANTI JOIN core.entity USING (entity_id));
INSERT INTO core.entity_attribute (
    entity_id, attribute, value_hi, value_code, valid_from, valid_to, gazetteer_id, territory_id
)
SELECT DISTINCT
    entity.entity_id, fact.attribute, fact.value_hi, fact.value_code, fact.valid_from, fact.valid_to,
    entity.gazetteer_id, fact.territory_id
FROM (SELECT entity, unnest(entity.attributes) AS fact FROM incoming_entity WHERE len(entity.attributes) > 0)
ORDER BY ALL;

DELETE FROM core.place WHERE place_id IN (SELECT entity_id FROM touched_place);
INSERT INTO core.place (place_id, country_code, latitude, longitude, geonames_id, name_en, admin1)
WITH located AS (
    SELECT
        place_entity_id, place_en, place_country_code, place_admin1, place_geonames_id, place_latitude, place_longitude
    FROM core.meeting_mention
    WHERE place_entity_id IN (SELECT entity_id FROM touched_place)
    GROUP BY
        place_entity_id, place_en, place_country_code, place_admin1, place_geonames_id, place_latitude, place_longitude
    QUALIFY row_number() OVER (
        PARTITION BY place_entity_id
        ORDER BY place_en IS NULL, count(*) DESC, place_geonames_id NULLS LAST, place_country_code, place_en
    ) = 1
)
SELECT
    entity_id, coalesce(entity.country_code, place_country_code), place_latitude, place_longitude, place_geonames_id,
    place_en, place_admin1
FROM located JOIN core.entity AS entity ON entity_id = place_entity_id;
