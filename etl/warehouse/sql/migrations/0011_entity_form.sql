-- What entities are derived from, counted once instead of anew from all articles in every load.
CREATE TABLE core.entity_form (
    entity_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    name_hi VARCHAR NOT NULL,
    name_latin VARCHAR NOT NULL,
    gazetteer_id VARCHAR,
    name_iso15919 VARCHAR,
    name_en VARCHAR,
    country_code VARCHAR,
    article_count BIGINT NOT NULL
);
COMMENT ON TABLE core.entity_form IS 'The readings of an entity in articles, and in how many each: core.entity holds the most frequent one. Key: all but article_count.';
COMMENT ON COLUMN core.entity_form.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.entity_form.kind IS 'PER, ORG or LOC.';
COMMENT ON COLUMN core.entity_form.name_hi IS 'Hindi name as these articles settle it.';
COMMENT ON COLUMN core.entity_form.name_latin IS 'ASCII reading of that name.';
COMMENT ON COLUMN core.entity_form.gazetteer_id IS 'Gazetteer row that knows it; null for an entity discovered in text.';
COMMENT ON COLUMN core.entity_form.name_iso15919 IS 'ISO 15919 transliteration; null where the partition was loaded before this column.';
COMMENT ON COLUMN core.entity_form.name_en IS 'Usual English name; null where the gazetteer does not know the entity.';
COMMENT ON COLUMN core.entity_form.country_code IS 'Country as these articles say, ISO 3166-1 alpha-3; null where they do not.';
COMMENT ON COLUMN core.entity_form.article_count IS 'How many articles have this reading.';

INSERT INTO core.entity_form
SELECT
    entity_id, kind, name_hi, name_latin, gazetteer_id, name_iso15919, name_en, country_code, count(*)
FROM core.article_entity
GROUP BY ALL
ORDER BY ALL;
