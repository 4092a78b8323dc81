-- severity: warn
-- says: a partition gave an article up to another one which no longer has it: load it again
SELECT partition_day, article_id, uri
FROM meta.rejected_article
WHERE article_id IS NOT NULL AND article_id NOT IN (SELECT article_id FROM core.article)
ORDER BY ALL;
