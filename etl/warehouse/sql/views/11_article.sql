-- read by: the Explorer
CREATE VIEW out.article AS
SELECT
    article.article_id,
    article.partition_day,
    article.url AS article_url,
    article.title,
    source.source_name,
    article.author,
    article.section,
    article.published_at,
    (article.published_at AT TIME ZONE 'Asia/Kolkata')::DATE AS published_date,
    article.anchor_date,
    article.body_start_char,
    article.text,
    copy.canonical_article_id,
    article.annotator_version,
    article.resolver_version
FROM core.article AS article
JOIN core.source AS source USING (source_id)
LEFT JOIN core.article_copy AS copy USING (article_id);

COMMENT ON VIEW out.article IS 'Stored articles with their text: one row each. All offsets are half-open ranges of code points in text.';
COMMENT ON COLUMN out.article.article_id IS 'Key: core.article.article_id.';
COMMENT ON COLUMN out.article.partition_day IS 'Partition of the article: its day of publication in India, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN out.article.article_url IS 'URL exactly as the source gave it; urn:mulaqat:… for a text without a URL.';
COMMENT ON COLUMN out.article.title IS 'The headline; null where there is none.';
COMMENT ON COLUMN out.article.source_name IS 'The publisher.';
COMMENT ON COLUMN out.article.author IS 'Author according to the page; null where the page gives none.';
COMMENT ON COLUMN out.article.section IS 'The publisher''s section, verbatim; null where the page names none.';
COMMENT ON COLUMN out.article.published_at IS 'When it was published; null when not known.';
COMMENT ON COLUMN out.article.published_date IS 'Day in India on which it was published; null when not known.';
COMMENT ON COLUMN out.article.anchor_date IS 'The day that relative dates (कल, आज) are counted from; null when not known.';
COMMENT ON COLUMN out.article.body_start_char IS 'Where the body begins in text; 0 without a title.';
COMMENT ON COLUMN out.article.text IS 'Title, a newline (where there is a title), then the body with paragraphs separated by newlines; cleaned.';
COMMENT ON COLUMN out.article.canonical_article_id IS 'The earliest article with nearly the same text; null where there is no copy.';
COMMENT ON COLUMN out.article.annotator_version IS 'Versions of the models that found its sentences and names.';
COMMENT ON COLUMN out.article.resolver_version IS 'Versions of the code and gazetteer that resolved its entities.';

CREATE VIEW out.sentence AS
SELECT
    sentence.article_id,
    sentence.sentence_number,
    sentence.start_char,
    sentence.end_char,
    sentence.text,
    article.annotator_version
FROM core.sentence AS sentence
JOIN core.article AS article USING (partition_day, article_id);

COMMENT ON VIEW out.sentence IS 'The sentences of articles, as the models split them: one row each.';
COMMENT ON COLUMN out.sentence.article_id IS 'out.article.article_id.';
COMMENT ON COLUMN out.sentence.sentence_number IS 'Number of the sentence in the article, counted from 0.';
COMMENT ON COLUMN out.sentence.start_char IS 'First code point in out.article.text, counted from 0.';
COMMENT ON COLUMN out.sentence.end_char IS 'One past the last code point.';
COMMENT ON COLUMN out.sentence.text IS 'The sentence, verbatim.';
COMMENT ON COLUMN out.sentence.annotator_version IS 'Versions of the models that found it.';
