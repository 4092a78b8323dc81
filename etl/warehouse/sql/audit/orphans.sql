-- severity: block
-- says: a row refers to a row that does not exist
WITH article AS (
    FROM core.article WHERE $partition_day IS NULL OR partition_day = $partition_day
),
sentence AS (
    FROM core.sentence WHERE $partition_day IS NULL OR partition_day = $partition_day
),
entity_mention AS (
    FROM core.entity_mention WHERE $partition_day IS NULL OR partition_day = $partition_day
),
article_entity AS (
    FROM core.article_entity WHERE $partition_day IS NULL OR partition_day = $partition_day
),
meeting_mention AS (
    FROM core.meeting_mention WHERE $partition_day IS NULL OR partition_day = $partition_day
),
meeting_mention_participant AS (
    FROM core.meeting_mention_participant WHERE $partition_day IS NULL OR partition_day = $partition_day
),
meeting_context AS (
    FROM core.meeting_context WHERE $partition_day IS NULL OR partition_day = $partition_day
)
SELECT 'core.article.source_id' AS column_name, source_id AS value, article_id
FROM article ANTI JOIN core.source USING (source_id)
UNION ALL
SELECT 'core.sentence.article_id', article_id, article_id
FROM sentence ANTI JOIN article USING (partition_day, article_id)
UNION ALL
SELECT 'core.entity_mention.sentence_number', sentence_number::VARCHAR, article_id
FROM entity_mention ANTI JOIN sentence USING (partition_day, article_id, sentence_number)
UNION ALL
SELECT 'core.entity_mention.entity_id', entity_id, article_id
FROM entity_mention ANTI JOIN article_entity USING (partition_day, article_id, entity_id)
UNION ALL
SELECT 'core.article_entity.entity_id', entity_id, article_id
FROM article_entity ANTI JOIN core.entity USING (entity_id)
UNION ALL
SELECT 'core.meeting_mention.sentence_number', sentence_number::VARCHAR, article_id
FROM meeting_mention ANTI JOIN sentence USING (partition_day, article_id, sentence_number)
UNION ALL
SELECT 'core.meeting_mention.meeting_id', meeting_id, article_id
FROM meeting_mention ANTI JOIN checked_meeting_row USING (meeting_id)
UNION ALL
SELECT 'core.meeting_mention.place_entity_id', place_entity_id, article_id
FROM (SELECT *, place_entity_id AS entity_id FROM meeting_mention WHERE place_entity_id IS NOT NULL)
ANTI JOIN article_entity USING (partition_day, article_id, entity_id)
UNION ALL
SELECT 'core.meeting_mention.place_entity_id (core.place)', place_entity_id, article_id
FROM meeting_mention ANTI JOIN core.place ON place_id = place_entity_id
WHERE place_entity_id IS NOT NULL
UNION ALL
SELECT 'core.meeting_mention_participant.report_id', report_id, NULL
FROM meeting_mention_participant ANTI JOIN meeting_mention USING (partition_day, report_id)
UNION ALL
SELECT 'core.meeting_mention_participant.entity_id', entity_id, article_id
FROM (
    SELECT partition_day, article_id, entity_id
    FROM meeting_mention_participant JOIN meeting_mention USING (partition_day, report_id)
)
ANTI JOIN article_entity USING (partition_day, article_id, entity_id)
UNION ALL
SELECT 'core.meeting_context.report_id', report_id, NULL
FROM meeting_context ANTI JOIN meeting_mention USING (partition_day, report_id)
UNION ALL
SELECT 'core.meeting.meeting_id (no report)', meeting_id, NULL
FROM checked_meeting_row
WHERE meeting_id NOT IN (
    SELECT meeting_id FROM core.meeting_mention
    WHERE meeting_id IS NOT NULL AND meeting_id IN (FROM checked_meeting)
)
UNION ALL
SELECT 'core.meeting.planned_meeting_id', planned_meeting_id, NULL
FROM core.meeting
WHERE planned_meeting_id IS NOT NULL
    AND ($partition_day IS NULL OR meeting_id IN (FROM checked_meeting) OR planned_meeting_id IN (FROM checked_meeting))
    AND planned_meeting_id NOT IN (
        SELECT meeting_id FROM core.meeting WHERE meeting_id IN (SELECT planned_meeting_id FROM core.meeting)
    )
UNION ALL
SELECT 'core.meeting_participant.meeting_id', meeting_id, NULL
FROM checked_participant_row ANTI JOIN checked_meeting_row USING (meeting_id)
UNION ALL
SELECT 'core.meeting_participant.entity_id', entity_id, NULL
FROM core.meeting_participant WHERE entity_id NOT IN (SELECT entity_id FROM core.entity)
UNION ALL
SELECT 'core.article_copy.article_id', article_id, article_id
FROM core.article_copy
WHERE article_id NOT IN (
    SELECT article_id FROM core.article WHERE article_id IN (SELECT article_id FROM core.article_copy)
)
UNION ALL
SELECT 'core.article_copy.canonical_article_id', canonical_article_id, article_id
FROM core.article_copy
WHERE canonical_article_id NOT IN (
    SELECT article_id FROM core.article WHERE article_id IN (SELECT canonical_article_id FROM core.article_copy)
)
UNION ALL
SELECT 'core.meeting_alias.meeting_id', meeting_id, NULL
FROM core.meeting_alias
WHERE meeting_id IS NOT NULL AND meeting_id NOT IN (
    SELECT meeting_id FROM core.meeting WHERE meeting_id IN (SELECT meeting_id FROM core.meeting_alias)
);
