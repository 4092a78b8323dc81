-- also recorded as: 0163bb7b212fec819801cf04b0cae62b39fd8dce483fbbd6dab639b2a6c7c06b
-- Schemas, and the tables that record runs, loads, rejections and audits.
CREATE SCHEMA IF NOT EXISTS core;
CREATE SCHEMA out;
CREATE SCHEMA meta;

CREATE TABLE meta.migration (
    migration_number INTEGER NOT NULL,
    file_name VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE meta.view_definition (
    text_sha256 VARCHAR NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE meta.partition_load (
    partition_day VARCHAR NOT NULL,
    run_key VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL,
    collected_count BIGINT NOT NULL,
    stored_count BIGINT NOT NULL,
    rejected_count BIGINT NOT NULL,
    raw_fingerprint VARCHAR NOT NULL
);

CREATE TABLE meta.source_completeness (
    partition_day VARCHAR NOT NULL,
    source_name VARCHAR NOT NULL,
    stored_count BIGINT NOT NULL,
    rejected_count BIGINT NOT NULL,
    run_key VARCHAR NOT NULL
);

CREATE TABLE meta.rejected_article (
    partition_day VARCHAR NOT NULL,
    source_name VARCHAR NOT NULL,
    uri VARCHAR NOT NULL,
    payload_sha256 VARCHAR,
    article_id VARCHAR,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    run_key VARCHAR NOT NULL
);

CREATE TABLE meta.pipeline_run (
    run_key VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    partition_day VARCHAR,
    outcome VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE meta.audit_result (
    run_key VARCHAR NOT NULL,
    audited_at TIMESTAMPTZ NOT NULL,
    partition_day VARCHAR,
    check_name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    says VARCHAR NOT NULL,
    bad_row_count BIGINT NOT NULL,
    examples VARCHAR[] NOT NULL
);
