-- also recorded as: 56c1ae1ba7217da75e18a5abf809ddbf23863a6b22475c21128561671e18b089
-- The forms that entities are derived from, counted per article, so that a load does not count all articles again.
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

INSERT INTO core.entity_form
SELECT
    entity_id, kind, name_hi, name_latin, gazetteer_id, name_iso15919, name_en, country_code, count(*)
FROM core.article_entity
GROUP BY ALL
ORDER BY ALL;
