-- severity: block
-- says: a verbatim text of a report does not occur in its article
WITH report AS MATERIALIZED (
    FROM core.meeting_mention WHERE $partition_day IS NULL OR partition_day = $partition_day
),
quoted AS MATERIALIZED (
    SELECT partition_day, article_id, report_id, 'date_text' AS column_name, date_text AS value FROM report
    UNION ALL
    SELECT partition_day, article_id, report_id, 'place_hi', place_hi FROM report
    UNION ALL
    SELECT partition_day, article_id, report_id, 'mention_text', participant.mention_text
    FROM report JOIN core.meeting_mention_participant AS participant USING (partition_day, report_id)
)
SELECT quoted.column_name, quoted.value, article_id, quoted.report_id
FROM quoted JOIN core.article AS article USING (partition_day, article_id)
WHERE NOT contains(article.text, quoted.value);
