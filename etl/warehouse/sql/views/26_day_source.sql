CREATE VIEW out.day_source AS
SELECT
    given.partition_day,
    given.source_name,
    given.discovered_count,
    given.fetched_count,
    given.extracted_count,
    given.stored_count,
    given.rejected_count,
    given.pending_count,
    given.rejected_reasons,
    given.note,
    loaded.loaded_at,
    given.run_key
FROM meta.source_completeness AS given
LEFT JOIN meta.partition_load AS loaded USING (partition_day);

COMMENT ON VIEW out.day_source IS 'What each publisher gave to each day, from discovered to loaded: one row per day and source. discovered = stored + rejected + pending.';
COMMENT ON COLUMN out.day_source.partition_day IS 'Day of publication in India, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN out.day_source.source_name IS 'The publisher.';
COMMENT ON COLUMN out.day_source.discovered_count IS 'Addresses and file entries known for the day; null where it was loaded by an older version.';
COMMENT ON COLUMN out.day_source.fetched_count IS 'Those that gave a page or text to read.';
COMMENT ON COLUMN out.day_source.extracted_count IS 'Those that gave an article''s fields.';
COMMENT ON COLUMN out.day_source.stored_count IS 'Articles loaded.';
COMMENT ON COLUMN out.day_source.rejected_count IS 'Articles refused, see out.rejected_article.';
COMMENT ON COLUMN out.day_source.pending_count IS 'Addresses that wait for another try.';
COMMENT ON COLUMN out.day_source.rejected_reasons IS 'How many were refused, by reason.';
COMMENT ON COLUMN out.day_source.note IS 'Why there is nothing, where that is known; null otherwise.';
COMMENT ON COLUMN out.day_source.loaded_at IS 'When the day was last loaded.';
COMMENT ON COLUMN out.day_source.run_key IS 'The run that counted.';

CREATE VIEW out.rejected_article AS
SELECT partition_day, source_name, uri, reason, detail, run_key
FROM meta.rejected_article;

COMMENT ON VIEW out.rejected_article IS 'What was collected and not stored, each with its reason: one row per refused article.';
COMMENT ON COLUMN out.rejected_article.partition_day IS 'Day it is filed under, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN out.rejected_article.source_name IS 'The publisher.';
COMMENT ON COLUMN out.rejected_article.uri IS 'Where it came from: the URL, or urn: for a file line without one.';
COMMENT ON COLUMN out.rejected_article.reason IS 'One word of the closed list in etl/errors.py, such as too_short, not_hindi, robots_denied.';
COMMENT ON COLUMN out.rejected_article.detail IS 'What was seen, for a person.';
COMMENT ON COLUMN out.rejected_article.run_key IS 'The run that refused it.';
