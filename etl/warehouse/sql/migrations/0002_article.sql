-- also recorded as: 6cea1d8bf935e3c2119b484ef2452016b70b39ad34774e0d5ccf47c9ad68bee0
-- Articles and their sentences. Every row that a load replaces has a partition_day, so that rows of one day are
-- stored together and a load deletes its day without reading the others.
CREATE TABLE core.source (
    source_id VARCHAR NOT NULL,
    source_name VARCHAR NOT NULL
);

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

CREATE TABLE core.sentence (
    partition_day VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    sentence_number INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    text VARCHAR NOT NULL
);
