-- severity: block
-- says: a meeting has two reports of one article
SELECT meeting_id, article_id, count(*) AS report_count
FROM core.meeting_mention
WHERE $partition_day IS NULL OR partition_day = $partition_day
GROUP BY meeting_id, article_id
HAVING count(*) > 1;
