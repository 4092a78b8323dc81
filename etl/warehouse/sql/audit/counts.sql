-- severity: block
-- says: collected differs from stored + rejected
SELECT
    loaded.partition_day, loaded.collected_count, loaded.stored_count, loaded.rejected_count,
    coalesce(article.row_count, 0) AS article_count, coalesce(rejected.row_count, 0) AS rejected_article_count
FROM (FROM meta.partition_load WHERE partition_day IN (FROM checked_day)) AS loaded
LEFT JOIN (
    SELECT partition_day, count(*) AS row_count FROM core.article
    WHERE partition_day IN (FROM checked_day) GROUP BY partition_day
) AS article USING (partition_day)
LEFT JOIN (
    SELECT partition_day, count(*) AS row_count FROM meta.rejected_article
    WHERE partition_day IN (FROM checked_day) GROUP BY partition_day
) AS rejected USING (partition_day)
WHERE loaded.collected_count <> loaded.stored_count + loaded.rejected_count
    OR loaded.stored_count <> coalesce(article.row_count, 0)
    OR loaded.rejected_count <> coalesce(rejected.row_count, 0);
