-- What extraction and cleaning know of an article, near copies of one text, and what each source gave.
ALTER TABLE core.article ADD COLUMN author VARCHAR;
ALTER TABLE core.article ADD COLUMN modified_at TIMESTAMPTZ;
ALTER TABLE core.article ADD COLUMN section VARCHAR;
ALTER TABLE core.article ADD COLUMN tags VARCHAR[];
ALTER TABLE core.article ADD COLUMN language VARCHAR;
ALTER TABLE core.article ADD COLUMN extraction VARCHAR;
ALTER TABLE core.article ADD COLUMN segments STRUCT(start_char INTEGER, end_char INTEGER, raw_start_char INTEGER)[];
ALTER TABLE core.article ADD COLUMN signature UINTEGER[];
COMMENT ON COLUMN core.article.author IS 'Who wrote it, as the page says; null where it does not.';
COMMENT ON COLUMN core.article.modified_at IS 'When the page says it was changed last; null where it does not.';
COMMENT ON COLUMN core.article.section IS 'The publisher''s section, verbatim; null where the page names none.';
COMMENT ON COLUMN core.article.tags IS 'The publisher''s keywords, verbatim.';
COMMENT ON COLUMN core.article.language IS 'ISO 639-1 code of the text, as identified: hi.';
COMMENT ON COLUMN core.article.extraction IS 'How each field of a page was found, title=h1;body=density;published_at=json-ld; null for articles that came as fields.';
COMMENT ON COLUMN core.article.segments IS 'Where the body comes from: text from start_char to end_char stands letter for letter at raw_start_char of the extracted text; what cleaning changed lies between.';
COMMENT ON COLUMN core.article.signature IS 'MinHash of the body (64 values): the share of equal places estimates how much two texts have in common.';

CREATE TABLE core.article_copy (
    article_id VARCHAR NOT NULL,
    canonical_article_id VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL
);
COMMENT ON TABLE core.article_copy IS 'Articles with near copies of one text, such as one agency''s report in several papers. One row per article of such a group; articles without copies have none.';
COMMENT ON COLUMN core.article_copy.article_id IS 'Key: core.article.article_id.';
COMMENT ON COLUMN core.article_copy.canonical_article_id IS 'The group''s earliest published article, of equals the longest; itself for that one.';
COMMENT ON COLUMN core.article_copy.similarity IS 'Estimated share of text in common with the canonical article, 0 to 1.';

ALTER TABLE meta.source_completeness ADD COLUMN discovered_count BIGINT;
ALTER TABLE meta.source_completeness ADD COLUMN fetched_count BIGINT;
ALTER TABLE meta.source_completeness ADD COLUMN extracted_count BIGINT;
ALTER TABLE meta.source_completeness ADD COLUMN not_modified_count BIGINT;
ALTER TABLE meta.source_completeness ADD COLUMN pending_count BIGINT;
ALTER TABLE meta.source_completeness ADD COLUMN rejected_reasons MAP(VARCHAR, BIGINT);
ALTER TABLE meta.source_completeness ADD COLUMN note VARCHAR;
COMMENT ON TABLE meta.source_completeness IS 'What each source gave to each partition: discovered = stored + rejected + pending. One row per partition and source; an enabled source that gave nothing has one too.';
COMMENT ON COLUMN meta.source_completeness.discovered_count IS 'Addresses and file entries known for the day; null where the partition was loaded before this column.';
COMMENT ON COLUMN meta.source_completeness.fetched_count IS 'Those that gave a page or text to read.';
COMMENT ON COLUMN meta.source_completeness.extracted_count IS 'Those that gave an article''s fields.';
COMMENT ON COLUMN meta.source_completeness.not_modified_count IS 'Times that a page was asked for again and had not changed.';
COMMENT ON COLUMN meta.source_completeness.pending_count IS 'Addresses that wait for another try.';
COMMENT ON COLUMN meta.source_completeness.stored_count IS 'Articles loaded: in core.article.';
COMMENT ON COLUMN meta.source_completeness.rejected_count IS 'Articles refused, see meta.rejected_article.';
COMMENT ON COLUMN meta.source_completeness.rejected_reasons IS 'How many were refused, by reason.';
COMMENT ON COLUMN meta.source_completeness.note IS 'Why there is nothing, where that is known; null otherwise.';
COMMENT ON COLUMN meta.rejected_article.reason IS 'One word of the closed list in etl/errors.py, such as too_short, not_hindi, robots_denied, duplicate_url.';
