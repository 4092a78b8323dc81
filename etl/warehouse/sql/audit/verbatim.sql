-- severity: block
-- says: a text that a report gives as verbatim does not stand in its article
SELECT quoted.column_name, quoted.value, mention.article_id, mention.report_id
FROM core.meeting_mention AS mention
JOIN core.article AS article USING (partition_day, article_id)
JOIN (
    SELECT partition_day, report_id, 'date_text' AS column_name, date_text AS value FROM core.meeting_mention
    UNION ALL
    SELECT partition_day, report_id, 'place_hi', place_hi FROM core.meeting_mention
    UNION ALL
    SELECT partition_day, report_id, 'mention_text', mention_text FROM core.meeting_mention_participant
) AS quoted USING (partition_day, report_id)
WHERE ($partition_day IS NULL OR partition_day = $partition_day) AND NOT contains(article.text, quoted.value);
