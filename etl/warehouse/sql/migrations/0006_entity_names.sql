-- also recorded as: ba57ff2970a24d54759ebaa2c05fd51192ad37da81e9755c31a38a5dd1ff45dc
-- An entity's name in ISO 15919 and in English, for readers who do not read Devanagari.
ALTER TABLE core.article_entity ADD COLUMN name_iso15919 VARCHAR;
ALTER TABLE core.article_entity ADD COLUMN name_en VARCHAR;

ALTER TABLE core.entity ADD COLUMN name_iso15919 VARCHAR;
ALTER TABLE core.entity ADD COLUMN name_en VARCHAR;
