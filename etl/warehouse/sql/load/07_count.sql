-- reads: $rejected, $source_counts, core.article, meta.rejected_article, meta.source_completeness, moved_article,
--   refused_article
-- leaves: counted_day, counted_source, meta.partition_load, meta.rejected_article, meta.source_completeness
-- Count every article in exactly one state, and count again the partitions that lost an article to this one.
INSERT INTO meta.rejected_article (
    partition_day, source_name, uri, payload_sha256, article_id, reason, detail, run_key
)
SELECT partition_day, source_name, uri, payload_sha256, NULL, reason, detail, $run_key
FROM read_parquet($rejected)
UNION ALL
SELECT $partition_day, source_name, url, NULL, article_id, 'duplicate_url',
    'partition ' || kept_day || ' keeps this article', $run_key
FROM refused_article
UNION ALL
SELECT former_day, source_name, url, NULL, article_id, 'duplicate_url',
    'partition ' || $partition_day || ' keeps this article', $run_key
FROM moved_article;

DELETE FROM meta.partition_load WHERE partition_day = $partition_day;
INSERT INTO meta.partition_load (
    partition_day, run_key, loaded_at, collected_count, stored_count, rejected_count, raw_fingerprint
)
VALUES ($partition_day, $run_key, $now, $collected_count, 0, 0, $raw_fingerprint);

CREATE OR REPLACE TEMP TABLE counted_day AS
SELECT $partition_day AS partition_day UNION SELECT former_day FROM moved_article;

CREATE OR REPLACE TEMP TABLE counted_source AS
SELECT
    partition_day, source_name,
    count(*) FILTER (reason IS NULL) AS stored_count,
    count(*) FILTER (reason IS NOT NULL) AS rejected_count,
    coalesce(histogram(reason) FILTER (reason IS NOT NULL), MAP {}) AS rejected_reasons
FROM (
    SELECT partition_day, source_name, NULL AS reason FROM core.article
    UNION ALL
    SELECT partition_day, source_name, reason FROM meta.rejected_article
)
WHERE partition_day IN (SELECT partition_day FROM counted_day)
GROUP BY partition_day, source_name;

UPDATE meta.source_completeness AS kept
SET stored_count = counted.stored_count, rejected_count = counted.rejected_count,
    rejected_reasons = counted.rejected_reasons, run_key = $run_key
FROM counted_source AS counted
WHERE kept.partition_day = counted.partition_day AND kept.source_name = counted.source_name
    AND kept.partition_day <> $partition_day;

DELETE FROM meta.source_completeness WHERE partition_day = $partition_day;
INSERT INTO meta.source_completeness (
    partition_day, source_name, stored_count, rejected_count, run_key, discovered_count, fetched_count,
    extracted_count, not_modified_count, pending_count, rejected_reasons, note
)
SELECT
    $partition_day, source_name, coalesce(stored_count, 0), coalesce(rejected_count, 0), $run_key,
    coalesce(given.discovered_count, 0), coalesce(given.fetched_count, 0), coalesce(given.extracted_count, 0),
    coalesce(given.not_modified_count, 0), coalesce(given.pending_count, 0), coalesce(rejected_reasons, MAP {}),
    given.note
FROM (FROM counted_source WHERE partition_day = $partition_day)
FULL JOIN read_parquet($source_counts) AS given USING (source_name);

UPDATE meta.partition_load AS loaded
SET stored_count = counted.stored_count, rejected_count = counted.rejected_count
FROM (
    SELECT
        partition_day,
        coalesce(sum(stored_count), 0) AS stored_count,
        coalesce(sum(rejected_count), 0) AS rejected_count
    FROM counted_day LEFT JOIN meta.source_completeness USING (partition_day)
    GROUP BY partition_day
) AS counted
WHERE loaded.partition_day = counted.partition_day;
