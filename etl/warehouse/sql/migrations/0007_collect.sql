-- also recorded as: d5ce8479a61865bceb5d4e3492c3e9b11da5bcdf0301c6f28436d6e42c82319f
-- The fields that extraction and cleaning find in a page, near copies of one text, and counts per source.
ALTER TABLE core.article ADD COLUMN author VARCHAR;
ALTER TABLE core.article ADD COLUMN modified_at TIMESTAMPTZ;
ALTER TABLE core.article ADD COLUMN section VARCHAR;
ALTER TABLE core.article ADD COLUMN tags VARCHAR[];
ALTER TABLE core.article ADD COLUMN language VARCHAR;
ALTER TABLE core.article ADD COLUMN extraction VARCHAR;
ALTER TABLE core.article ADD COLUMN segments STRUCT(start_char INTEGER, end_char INTEGER, raw_start_char INTEGER)[];
ALTER TABLE core.article ADD COLUMN signature UINTEGER[];

CREATE TABLE core.article_copy (
    article_id VARCHAR NOT NULL,
    canonical_article_id VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL
);

ALTER TABLE meta.source_completeness ADD COLUMN discovered_count BIGINT;
ALTER TABLE meta.source_completeness ADD COLUMN fetched_count BIGINT;
ALTER TABLE meta.source_completeness ADD COLUMN extracted_count BIGINT;
ALTER TABLE meta.source_completeness ADD COLUMN not_modified_count BIGINT;
ALTER TABLE meta.source_completeness ADD COLUMN pending_count BIGINT;
ALTER TABLE meta.source_completeness ADD COLUMN rejected_reasons MAP(VARCHAR, BIGINT);
ALTER TABLE meta.source_completeness ADD COLUMN note VARCHAR;
