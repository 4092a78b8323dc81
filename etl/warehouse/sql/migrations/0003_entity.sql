-- also recorded as: b460a495613313a11dbb6ffa21e2ff73eb2fcb9187a7e16c54fed78b81b7f4e5
-- Entities: the persons, organisations and places that mentions refer to.
CREATE TABLE core.article_entity (
    partition_day VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    name_hi VARCHAR NOT NULL,
    name_latin VARCHAR NOT NULL,
    gazetteer_id VARCHAR
);

CREATE TABLE core.entity (
    entity_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    name_hi VARCHAR NOT NULL,
    name_latin VARCHAR NOT NULL,
    gazetteer_id VARCHAR
);

CREATE TABLE core.entity_alias (
    entity_id VARCHAR NOT NULL,
    alias_hi VARCHAR NOT NULL,
    mention_count BIGINT NOT NULL
);

CREATE TABLE core.entity_attribute (
    entity_id VARCHAR NOT NULL,
    attribute VARCHAR NOT NULL,
    value_hi VARCHAR,
    value_code VARCHAR,
    valid_from DATE,
    valid_to DATE,
    gazetteer_id VARCHAR
);

CREATE TABLE core.entity_mention (
    partition_day VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL,
    sentence_number INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    method VARCHAR NOT NULL
);

CREATE TABLE core.place (
    place_id VARCHAR NOT NULL,
    country_code VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE
);
