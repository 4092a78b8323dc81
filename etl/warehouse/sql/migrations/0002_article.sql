-- Articles and their sentences. partition_day stands on every row that a load replaces: rows of one day lie
-- together, so a load deletes its day without reading the others.
CREATE TABLE core.source (
    source_id VARCHAR NOT NULL,
    source_name VARCHAR NOT NULL
);
COMMENT ON TABLE core.source IS 'Publishers that some stored article comes from.';
COMMENT ON COLUMN core.source.source_id IS 'Key: slug of the name.';
COMMENT ON COLUMN core.source.source_name IS 'The name most of its articles give, such as Times of India.';

CREATE TABLE core.article (
    article_id VARCHAR NOT NULL,
    partition_day VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    source_name VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    canonical_url VARCHAR NOT NULL,
    title VARCHAR,
    text VARCHAR NOT NULL,
    body_start_char INTEGER NOT NULL,
    text_sha256 VARCHAR NOT NULL,
    published_at TIMESTAMPTZ,
    anchor_date DATE,
    annotator_version VARCHAR,
    resolver_version VARCHAR
);
COMMENT ON TABLE core.article IS 'Clean articles, each once: the lowest partition day that has an article keeps it. All offsets of the warehouse are code points, half-open, into text.';
COMMENT ON COLUMN core.article.article_id IS 'Key: hash of the canonical URL, or of source and text where there is no URL.';
COMMENT ON COLUMN core.article.partition_day IS 'Day of publication in India, YYYY-MM-DD, or undated. A load replaces one partition.';
COMMENT ON COLUMN core.article.source_id IS 'core.source.source_id.';
COMMENT ON COLUMN core.article.source_name IS 'The publisher as this article names it.';
COMMENT ON COLUMN core.article.url IS 'Exactly as the source gave it; urn:mulaqat:… for a text without one.';
COMMENT ON COLUMN core.article.canonical_url IS 'Scheme and host in lower case, tracking parameters and fragment dropped.';
COMMENT ON COLUMN core.article.title IS 'Clean Hindi title; null where there is none.';
COMMENT ON COLUMN core.article.text IS 'Title, a newline (where there is a title), then the body with paragraphs parted by newlines; Unicode NFC.';
COMMENT ON COLUMN core.article.body_start_char IS 'Where the body begins in text (code points); 0 without a title.';
COMMENT ON COLUMN core.article.text_sha256 IS 'SHA-256 of text in UTF-8 (hex).';
COMMENT ON COLUMN core.article.published_at IS 'When the source says it was published; null where it does not.';
COMMENT ON COLUMN core.article.anchor_date IS 'The day that relative dates (कल, आज) are counted from; null in partition undated.';
COMMENT ON COLUMN core.article.annotator_version IS 'Versions of the models that found its sentences and names; null never passes the audit.';
COMMENT ON COLUMN core.article.resolver_version IS 'Versions of code and gazetteer behind its entities and mentions; null never passes the audit.';

CREATE TABLE core.sentence (
    partition_day VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    sentence_number INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    text VARCHAR NOT NULL
);
COMMENT ON TABLE core.sentence IS 'Sentences of an article, the title''s first. Key: article_id, sentence_number.';
COMMENT ON COLUMN core.sentence.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.sentence.article_id IS 'core.article.article_id.';
COMMENT ON COLUMN core.sentence.sentence_number IS 'Counted from 0 in the article.';
COMMENT ON COLUMN core.sentence.start_char IS 'First code point in core.article.text, counted from 0.';
COMMENT ON COLUMN core.sentence.end_char IS 'One past the last code point.';
COMMENT ON COLUMN core.sentence.text IS 'Exactly the article''s text between the two.';
