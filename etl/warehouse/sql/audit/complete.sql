-- severity: block
-- says: an article is not annotated (no sentence) or not resolved (no row)
SELECT article_id, url, annotator_version IS NOT NULL AS is_annotated, resolver_version IS NOT NULL AS is_resolved
FROM core.article
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND (annotator_version IS NULL OR resolver_version IS NULL);
