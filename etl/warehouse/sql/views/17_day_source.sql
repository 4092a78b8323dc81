-- read by: the Explorer
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

COMMENT ON VIEW out.day_source IS 'Article counts per publisher and day, from discovery to load: one row per day and source. discovered = stored + rejected + pending.';
COMMENT ON COLUMN out.day_source.partition_day IS 'Day of publication in India, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN out.day_source.source_name IS 'The publisher.';
COMMENT ON COLUMN out.day_source.discovered_count IS 'URLs and file entries found for the day; null where an older version loaded the day.';
COMMENT ON COLUMN out.day_source.fetched_count IS 'Those of them that returned a page or text.';
COMMENT ON COLUMN out.day_source.extracted_count IS 'Those of them from which an article was extracted.';
COMMENT ON COLUMN out.day_source.stored_count IS 'Articles loaded.';
COMMENT ON COLUMN out.day_source.rejected_count IS 'Articles rejected: rows of out.rejected_article.';
COMMENT ON COLUMN out.day_source.pending_count IS 'URLs that are still to be retried.';
COMMENT ON COLUMN out.day_source.rejected_reasons IS 'Number of rejected articles, by reason.';
COMMENT ON COLUMN out.day_source.note IS 'Reason why the source has no articles, where it is known; null otherwise.';
COMMENT ON COLUMN out.day_source.loaded_at IS 'When the day was last loaded.';
COMMENT ON COLUMN out.day_source.run_key IS 'The run that counted.';

CREATE VIEW out.rejected_article AS
SELECT partition_day, source_name, uri, reason, detail, run_key
FROM meta.rejected_article;

COMMENT ON VIEW out.rejected_article IS 'Articles that were collected but not stored, each with its reason: one row per rejected article.';
COMMENT ON COLUMN out.rejected_article.partition_day IS 'Partition of the article, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN out.rejected_article.source_name IS 'The publisher.';
COMMENT ON COLUMN out.rejected_article.uri IS 'Where it came from: the URL, or urn: for a file line without one.';
COMMENT ON COLUMN out.rejected_article.reason IS 'A word of the closed list RejectReason in etl/errors.py, such as too_short, not_hindi, robots_denied.';
COMMENT ON COLUMN out.rejected_article.detail IS 'Details for a person.';
COMMENT ON COLUMN out.rejected_article.run_key IS 'The run that rejected it.';
