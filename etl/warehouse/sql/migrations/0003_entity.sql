-- Entities: the persons, organisations and places that mentions mean.
CREATE TABLE core.article_entity (
    partition_day VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    name_hi VARCHAR NOT NULL,
    name_latin VARCHAR NOT NULL,
    gazetteer_id VARCHAR
);
COMMENT ON TABLE core.article_entity IS 'One article''s reading of an entity; core.entity is the agreement of them all. Key: article_id, entity_id.';
COMMENT ON COLUMN core.article_entity.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.article_entity.article_id IS 'core.article.article_id.';
COMMENT ON COLUMN core.article_entity.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.article_entity.kind IS 'PER, ORG or LOC.';
COMMENT ON COLUMN core.article_entity.name_hi IS 'Hindi name as this article settles it, without titles.';
COMMENT ON COLUMN core.article_entity.name_latin IS 'ASCII reading of that name.';
COMMENT ON COLUMN core.article_entity.gazetteer_id IS 'Gazetteer row that knows it; null for an entity discovered in text.';

CREATE TABLE core.entity (
    entity_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    name_hi VARCHAR NOT NULL,
    name_latin VARCHAR NOT NULL,
    gazetteer_id VARCHAR
);
COMMENT ON TABLE core.entity IS 'Persons, organisations and places that stored articles name. An entity no article names any more is gone.';
COMMENT ON COLUMN core.entity.entity_id IS 'Key: hash of the gazetteer row, or of kind and folded name.';
COMMENT ON COLUMN core.entity.kind IS 'PER (person), ORG (organisation) or LOC (place, country).';
COMMENT ON COLUMN core.entity.name_hi IS 'Canonical Hindi name without titles, such as नरेंद्र मोदी: the one most articles settle on.';
COMMENT ON COLUMN core.entity.name_latin IS 'ASCII reading, such as narendra modi. For reading and searching, never a key.';
COMMENT ON COLUMN core.entity.gazetteer_id IS 'Gazetteer row that knows it; null for an entity discovered in text.';

CREATE TABLE core.entity_alias (
    entity_id VARCHAR NOT NULL,
    alias_hi VARCHAR NOT NULL,
    mention_count BIGINT NOT NULL
);
COMMENT ON TABLE core.entity_alias IS 'The forms under which articles mention an entity. Key: entity_id, alias_hi.';
COMMENT ON COLUMN core.entity_alias.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.entity_alias.alias_hi IS 'Mention text, verbatim, without titles, such as मोदी.';
COMMENT ON COLUMN core.entity_alias.mention_count IS 'How many mentions have this form.';

CREATE TABLE core.entity_attribute (
    entity_id VARCHAR NOT NULL,
    attribute VARCHAR NOT NULL,
    value_hi VARCHAR,
    value_code VARCHAR,
    valid_from DATE,
    valid_to DATE,
    gazetteer_id VARCHAR
);
COMMENT ON TABLE core.entity_attribute IS 'Dated facts about an entity: the office it held, the country it belongs to. Empty until the gazetteer carries them.';
COMMENT ON COLUMN core.entity_attribute.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.entity_attribute.attribute IS 'office or country.';
COMMENT ON COLUMN core.entity_attribute.value_hi IS 'In Hindi, such as विदेश मंत्री.';
COMMENT ON COLUMN core.entity_attribute.value_code IS 'As a code, such as IND; null where there is none.';
COMMENT ON COLUMN core.entity_attribute.valid_from IS 'First day, inclusive; null when not known.';
COMMENT ON COLUMN core.entity_attribute.valid_to IS 'Last day, inclusive; null when not known or still so.';
COMMENT ON COLUMN core.entity_attribute.gazetteer_id IS 'Gazetteer row that says so.';

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
COMMENT ON TABLE core.entity_mention IS 'Where an article mentions an entity. Key: article_id, start_char, end_char.';
COMMENT ON COLUMN core.entity_mention.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.entity_mention.article_id IS 'core.article.article_id.';
COMMENT ON COLUMN core.entity_mention.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.entity_mention.sentence_number IS 'core.sentence.sentence_number.';
COMMENT ON COLUMN core.entity_mention.start_char IS 'First code point in core.article.text, counted from 0.';
COMMENT ON COLUMN core.entity_mention.end_char IS 'One past the last code point.';
COMMENT ON COLUMN core.entity_mention.text IS 'Exactly the article''s text between the two, without titles.';
COMMENT ON COLUMN core.entity_mention.method IS 'The rule that linked the mention to the entity.';

CREATE TABLE core.place (
    place_id VARCHAR NOT NULL,
    country_code VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE
);
COMMENT ON TABLE core.place IS 'Entities that are the place of some report. Country and coordinates stay null until the gazetteer carries them.';
COMMENT ON COLUMN core.place.place_id IS 'Key: core.entity.entity_id.';
COMMENT ON COLUMN core.place.country_code IS 'ISO 3166-1 alpha-3; null when not known.';
COMMENT ON COLUMN core.place.latitude IS 'Degrees north, WGS 84; null when not known.';
COMMENT ON COLUMN core.place.longitude IS 'Degrees east, WGS 84; null when not known.';
