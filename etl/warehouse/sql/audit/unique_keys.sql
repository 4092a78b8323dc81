-- severity: block
-- says: two rows have the same key
SELECT 'core.article' AS table_name, article_id AS key
FROM core.article WHERE partition_day IN (FROM checked_article_day)
GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT 'core.sentence', article_id || ' ' || sentence_number
FROM core.sentence
WHERE $partition_day IS NULL OR partition_day = $partition_day
GROUP BY article_id, sentence_number HAVING count(*) > 1
UNION ALL
SELECT 'core.article_entity', article_id || ' ' || entity_id
FROM core.article_entity
WHERE $partition_day IS NULL OR partition_day = $partition_day
GROUP BY article_id, entity_id HAVING count(*) > 1
UNION ALL
SELECT 'core.entity_mention', article_id || ' ' || start_char || '-' || end_char
FROM core.entity_mention
WHERE $partition_day IS NULL OR partition_day = $partition_day
GROUP BY article_id, start_char, end_char HAVING count(*) > 1
UNION ALL
SELECT 'core.meeting_mention', report_id
FROM core.meeting_mention
WHERE $partition_day IS NULL OR partition_day = $partition_day
GROUP BY report_id HAVING count(*) > 1
UNION ALL
SELECT 'core.meeting_mention_participant', report_id || ' ' || entity_id
FROM core.meeting_mention_participant
WHERE $partition_day IS NULL OR partition_day = $partition_day
GROUP BY report_id, entity_id HAVING count(*) > 1
UNION ALL
SELECT 'core.meeting_context', report_id || ' ' || context_code || ' ' || level
FROM core.meeting_context
WHERE $partition_day IS NULL OR partition_day = $partition_day
GROUP BY report_id, context_code, level HAVING count(*) > 1
UNION ALL
SELECT 'core.source', source_id FROM core.source GROUP BY source_id HAVING count(*) > 1
UNION ALL
SELECT 'core.entity', entity_id FROM core.entity GROUP BY entity_id HAVING count(*) > 1
UNION ALL
SELECT 'core.place', place_id FROM core.place GROUP BY place_id HAVING count(*) > 1
UNION ALL
SELECT 'core.meeting', meeting_id FROM checked_meeting_row GROUP BY meeting_id HAVING count(*) > 1
UNION ALL
SELECT 'core.meeting_participant', meeting_id || ' ' || entity_id
FROM checked_participant_row
GROUP BY meeting_id, entity_id HAVING count(*) > 1
UNION ALL
SELECT 'core.meeting_alias', former_meeting_id
FROM core.meeting_alias GROUP BY former_meeting_id HAVING count(*) > 1
UNION ALL
SELECT 'core.article_copy', article_id FROM core.article_copy GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT 'meta.source_completeness', partition_day || ' ' || source_name
FROM meta.source_completeness GROUP BY partition_day, source_name HAVING count(*) > 1
UNION ALL
SELECT 'meta.partition_load', partition_day
FROM meta.partition_load GROUP BY partition_day HAVING count(*) > 1;
