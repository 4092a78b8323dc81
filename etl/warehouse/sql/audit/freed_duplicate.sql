-- severity: warn
-- says: an article was rejected because another partition kept it, which no longer has it: load the partition again
SELECT partition_day, article_id, uri
FROM meta.rejected_article
WHERE article_id IS NOT NULL AND article_id NOT IN (SELECT article_id FROM core.article)
ORDER BY ALL;
