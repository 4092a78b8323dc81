-- Schemas, and the tables that say what was run, loaded, refused and checked.
CREATE SCHEMA core;
CREATE SCHEMA out;
CREATE SCHEMA meta;

CREATE TABLE meta.migration (
    migration_number INTEGER NOT NULL,
    file_name VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE meta.migration IS 'One row per schema migration applied to this database; they only go forward.';
COMMENT ON COLUMN meta.migration.migration_number IS 'Number in the file name, counted from 1 without gaps.';
COMMENT ON COLUMN meta.migration.file_name IS 'File under sql/migrations, such as 0001_meta.sql.';
COMMENT ON COLUMN meta.migration.file_sha256 IS 'SHA-256 of the file as it was applied (hex); an edited file is refused.';
COMMENT ON COLUMN meta.migration.applied_at IS 'When it was applied.';

CREATE TABLE meta.view_definition (
    text_sha256 VARCHAR NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE meta.view_definition IS 'One row: which text the views of schema out were made from.';
COMMENT ON COLUMN meta.view_definition.text_sha256 IS 'SHA-256 over the names and texts of all files under sql/views (hex).';
COMMENT ON COLUMN meta.view_definition.created_at IS 'When the views were last made anew.';

CREATE TABLE meta.partition_load (
    partition_day VARCHAR NOT NULL,
    run_key VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL,
    collected_count BIGINT NOT NULL,
    stored_count BIGINT NOT NULL,
    rejected_count BIGINT NOT NULL,
    raw_fingerprint VARCHAR NOT NULL
);
COMMENT ON TABLE meta.partition_load IS 'One row per partition that the warehouse holds: its last load. collected = stored + rejected.';
COMMENT ON COLUMN meta.partition_load.partition_day IS 'Day of publication in India, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN meta.partition_load.run_key IS 'The run that loaded it last.';
COMMENT ON COLUMN meta.partition_load.loaded_at IS 'When that load began.';
COMMENT ON COLUMN meta.partition_load.collected_count IS 'Articles that came in from raw for this partition, usable or not.';
COMMENT ON COLUMN meta.partition_load.stored_count IS 'Articles of this partition in core.article.';
COMMENT ON COLUMN meta.partition_load.rejected_count IS 'Articles of this partition in meta.rejected_article.';
COMMENT ON COLUMN meta.partition_load.raw_fingerprint IS 'What raw held for the partition when it was loaded; a different one now means that it must be rebuilt.';

CREATE TABLE meta.source_completeness (
    partition_day VARCHAR NOT NULL,
    source_name VARCHAR NOT NULL,
    stored_count BIGINT NOT NULL,
    rejected_count BIGINT NOT NULL,
    run_key VARCHAR NOT NULL
);
COMMENT ON TABLE meta.source_completeness IS 'What each source gave to each partition. One row per partition and source.';
COMMENT ON COLUMN meta.source_completeness.partition_day IS 'Day of publication in India, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN meta.source_completeness.source_name IS 'The publisher as the source names it.';
COMMENT ON COLUMN meta.source_completeness.stored_count IS 'Articles stored.';
COMMENT ON COLUMN meta.source_completeness.rejected_count IS 'Articles refused, see meta.rejected_article.';
COMMENT ON COLUMN meta.source_completeness.run_key IS 'The run that counted.';

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
COMMENT ON TABLE meta.rejected_article IS 'Articles that were collected and not stored, each with its reason. One row per refused article.';
COMMENT ON COLUMN meta.rejected_article.partition_day IS 'Partition it was filed under, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN meta.rejected_article.source_name IS 'The publisher as the source names it.';
COMMENT ON COLUMN meta.rejected_article.uri IS 'Where it came from: the URL, or urn: for a file line without one.';
COMMENT ON COLUMN meta.rejected_article.payload_sha256 IS 'SHA-256 of the collected bytes (hex); null where the load itself refused a clean article.';
COMMENT ON COLUMN meta.rejected_article.article_id IS 'The article that another partition keeps, where the load refused it; null for refusals before the load.';
COMMENT ON COLUMN meta.rejected_article.reason IS 'One word: bad_json, bad_record, bad_published_at, no_text, too_short, not_hindi, duplicate_url.';
COMMENT ON COLUMN meta.rejected_article.detail IS 'What was seen, for a person.';
COMMENT ON COLUMN meta.rejected_article.run_key IS 'The run that refused it.';

CREATE TABLE meta.pipeline_run (
    run_key VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    partition_day VARCHAR,
    outcome VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE meta.pipeline_run IS 'Journal of what runs did to the warehouse. One row per load of a partition and per audit, also of loads rolled back.';
COMMENT ON COLUMN meta.pipeline_run.run_key IS 'Name of the run, the same in all its stages.';
COMMENT ON COLUMN meta.pipeline_run.stage IS 'load or audit.';
COMMENT ON COLUMN meta.pipeline_run.partition_day IS 'The partition loaded; null for an audit of the whole warehouse.';
COMMENT ON COLUMN meta.pipeline_run.outcome IS 'done, or blocked by an audit check (a blocked load was rolled back).';
COMMENT ON COLUMN meta.pipeline_run.detail IS 'What was done, or which checks blocked it.';
COMMENT ON COLUMN meta.pipeline_run.recorded_at IS 'When the stage began.';

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
COMMENT ON TABLE meta.audit_result IS 'Every result of every audit check, also of loads that were rolled back for it.';
COMMENT ON COLUMN meta.audit_result.run_key IS 'The run that checked.';
COMMENT ON COLUMN meta.audit_result.audited_at IS 'When the load or audit began.';
COMMENT ON COLUMN meta.audit_result.partition_day IS 'The partition being loaded; null where the whole warehouse was checked.';
COMMENT ON COLUMN meta.audit_result.check_name IS 'The check: its file under sql/audit without .sql.';
COMMENT ON COLUMN meta.audit_result.severity IS 'block (a load with bad rows is rolled back) or warn.';
COMMENT ON COLUMN meta.audit_result.says IS 'What a bad row means.';
COMMENT ON COLUMN meta.audit_result.bad_row_count IS 'How many rows broke the check; 0 is a pass.';
COMMENT ON COLUMN meta.audit_result.examples IS 'The first few bad rows, as text; empty for a pass.';
