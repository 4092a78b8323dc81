-- severity: block
-- says: dates out of bounds: start after end, a year outside 1900 to 2100, or half a date
SELECT 'report' AS what, report_id AS id, start_date, end_date, date_precision
FROM core.meeting_mention
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND NOT CASE
        WHEN start_date IS NULL OR end_date IS NULL
            THEN start_date IS NULL AND end_date IS NULL AND date_precision = 'none'
        ELSE start_date <= end_date AND date_precision <> 'none'
            AND year(start_date) BETWEEN 1900 AND 2100 AND year(end_date) BETWEEN 1900 AND 2100
    END
UNION ALL
SELECT 'meeting', meeting_id, start_date, end_date, date_precision
FROM core.meeting
WHERE start_date > end_date OR (start_date IS NULL) <> (end_date IS NULL)
UNION ALL
SELECT 'article published', article_id, published_at::DATE, NULL, NULL
FROM core.article
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND year(published_at) NOT BETWEEN 1900 AND 2100;
