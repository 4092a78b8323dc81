-- More ways to read an entity's name for people who do not read Devanagari.
ALTER TABLE core.article_entity ADD COLUMN name_iso15919 VARCHAR;
ALTER TABLE core.article_entity ADD COLUMN name_en VARCHAR;
COMMENT ON COLUMN core.article_entity.name_iso15919 IS 'core.entity.name_iso15919.';
COMMENT ON COLUMN core.article_entity.name_en IS 'core.entity.name_en.';

ALTER TABLE core.entity ADD COLUMN name_iso15919 VARCHAR;
ALTER TABLE core.entity ADD COLUMN name_en VARCHAR;
COMMENT ON COLUMN core.entity.name_iso15919 IS 'ISO 15919 transliteration of name_hi, such as narēṁdra mōdī; null where the partition was loaded before this column.';
COMMENT ON COLUMN core.entity.name_en IS 'Usual English name, such as Narendra Modi; null where the gazetteer does not know the entity.';
