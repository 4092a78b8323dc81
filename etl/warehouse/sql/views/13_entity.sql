-- read by: the Explorer
CREATE VIEW out.entity AS
SELECT
    entity_id,
    kind,
    name_hi,
    name_latin,
    name_iso15919,
    name_en,
    country_code,
    gazetteer_id
FROM core.entity;

COMMENT ON VIEW out.entity IS 'Persons, organisations and places that stored articles name: one row each.';
COMMENT ON COLUMN out.entity.entity_id IS 'Key: core.entity.entity_id.';
COMMENT ON COLUMN out.entity.kind IS 'PER (person), ORG (organisation) or LOC (place, country).';
COMMENT ON COLUMN out.entity.name_hi IS 'Canonical Hindi name, such as नरेंद्र मोदी.';
COMMENT ON COLUMN out.entity.name_latin IS 'ASCII reading of the name.';
COMMENT ON COLUMN out.entity.name_iso15919 IS 'ISO 15919 transliteration, such as narēṁdra mōdī; null where not known.';
COMMENT ON COLUMN out.entity.name_en IS 'Usual English name; null where not known.';
COMMENT ON COLUMN out.entity.country_code IS 'ISO 3166-1 alpha-3 of the entity''s country (its own code for a country); null where not known.';
COMMENT ON COLUMN out.entity.gazetteer_id IS 'Gazetteer row of the entity; null for an entity discovered in text.';

CREATE VIEW out.entity_office AS
SELECT entity_id, value_hi AS office_hi, value_code AS office_code, territory_id, valid_from, valid_to
FROM core.entity_attribute
WHERE attribute = 'office';

COMMENT ON VIEW out.entity_office IS 'Offices that persons held according to the gazetteer: one row per person, office and term.';
COMMENT ON COLUMN out.entity_office.entity_id IS 'out.entity.entity_id.';
COMMENT ON COLUMN out.entity_office.office_hi IS 'In Hindi, such as विदेश मंत्री.';
COMMENT ON COLUMN out.entity_office.office_code IS 'As a code, such as foreign_minister.';
COMMENT ON COLUMN out.entity_office.territory_id IS 'Country or state of the office: its id in the gazetteer (country/RU, state/goa).';
COMMENT ON COLUMN out.entity_office.valid_from IS 'First day, inclusive; null when not known.';
COMMENT ON COLUMN out.entity_office.valid_to IS 'Last day, inclusive; null when not known or still valid.';

CREATE VIEW out.entity_alias AS
SELECT entity_id, alias_hi, mention_count
FROM core.entity_alias;

COMMENT ON VIEW out.entity_alias IS 'The forms in which articles mention an entity: one row per entity and form.';
COMMENT ON COLUMN out.entity_alias.entity_id IS 'out.entity.entity_id.';
COMMENT ON COLUMN out.entity_alias.alias_hi IS 'Mention text, verbatim, without titles, such as मोदी.';
COMMENT ON COLUMN out.entity_alias.mention_count IS 'Number of mentions with this form.';

CREATE VIEW out.entity_version AS
SELECT reading.entity_id, article.annotator_version, article.resolver_version, count(*) AS article_count
FROM core.article_entity AS reading
JOIN core.article AS article USING (partition_day, article_id)
GROUP BY ALL;

COMMENT ON VIEW out.entity_version IS 'The versions that read an entity: one row per entity and combination of versions of models, code and gazetteer of its articles.';
COMMENT ON COLUMN out.entity_version.entity_id IS 'out.entity.entity_id.';
COMMENT ON COLUMN out.entity_version.annotator_version IS 'Versions of the models that found its mentions.';
COMMENT ON COLUMN out.entity_version.resolver_version IS 'Versions of the code and gazetteer that resolved and named it.';
COMMENT ON COLUMN out.entity_version.article_count IS 'Number of articles read by these versions.';
