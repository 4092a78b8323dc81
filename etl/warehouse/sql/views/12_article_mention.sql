-- read by: the Explorer
CREATE VIEW out.article_mention AS
SELECT
    mention.article_id,
    mention.sentence_number,
    mention.start_char,
    mention.end_char,
    mention.text,
    mention.entity_id,
    entity.kind,
    entity.name_hi,
    entity.name_latin,
    entity.name_en,
    entity.country_code,
    mention.method,
    article.annotator_version,
    article.resolver_version,
    mention.partition_day
FROM core.entity_mention AS mention
JOIN core.entity AS entity USING (entity_id)
JOIN core.article AS article USING (partition_day, article_id);

COMMENT ON VIEW out.article_mention IS 'Mentions of entities in articles: one row per mention.';
COMMENT ON COLUMN out.article_mention.article_id IS 'out.article.article_id.';
COMMENT ON COLUMN out.article_mention.sentence_number IS 'Number of the sentence in the article, counted from 0.';
COMMENT ON COLUMN out.article_mention.start_char IS 'First code point in out.article.text, counted from 0.';
COMMENT ON COLUMN out.article_mention.end_char IS 'One past the last code point.';
COMMENT ON COLUMN out.article_mention.text IS 'The mention, verbatim, without titles.';
COMMENT ON COLUMN out.article_mention.entity_id IS 'The entity of the mention: out.entity.entity_id.';
COMMENT ON COLUMN out.article_mention.kind IS 'PER, ORG or LOC.';
COMMENT ON COLUMN out.article_mention.name_hi IS 'Canonical Hindi name.';
COMMENT ON COLUMN out.article_mention.name_latin IS 'ASCII reading of the name.';
COMMENT ON COLUMN out.article_mention.name_en IS 'Usual English name; null where not known.';
COMMENT ON COLUMN out.article_mention.country_code IS 'ISO 3166-1 alpha-3; null where not known.';
COMMENT ON COLUMN out.article_mention.method IS 'The rule that linked the mention to the entity.';
COMMENT ON COLUMN out.article_mention.annotator_version IS 'Versions of the models that found the mention.';
COMMENT ON COLUMN out.article_mention.resolver_version IS 'Versions of the code and gazetteer that resolved the mention.';
COMMENT ON COLUMN out.article_mention.partition_day IS 'Partition of the article, YYYY-MM-DD, or undated. Restrict it to read few mentions fast.';
