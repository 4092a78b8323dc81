-- severity: block
-- says: a row points to one that is not there
SELECT 'core.article.source_id' AS column_name, source_id AS value, article_id
FROM core.article
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND source_id NOT IN (SELECT source_id FROM core.source)
UNION ALL
SELECT 'core.sentence.article_id', article_id, article_id
FROM core.sentence AS child
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND NOT EXISTS (FROM core.article AS parent
        WHERE parent.partition_day = child.partition_day AND parent.article_id = child.article_id)
UNION ALL
SELECT 'core.entity_mention.sentence_number', sentence_number::VARCHAR, article_id
FROM core.entity_mention AS child
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND NOT EXISTS (FROM core.sentence AS parent
        WHERE parent.partition_day = child.partition_day AND parent.article_id = child.article_id
            AND parent.sentence_number = child.sentence_number)
UNION ALL
SELECT 'core.entity_mention.entity_id', entity_id, article_id
FROM core.entity_mention AS child
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND NOT EXISTS (FROM core.article_entity AS parent
        WHERE parent.partition_day = child.partition_day AND parent.article_id = child.article_id
            AND parent.entity_id = child.entity_id)
UNION ALL
SELECT 'core.article_entity.entity_id', entity_id, article_id
FROM core.article_entity
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND entity_id NOT IN (SELECT entity_id FROM core.entity)
UNION ALL
SELECT 'core.meeting_mention.sentence_number', sentence_number::VARCHAR, article_id
FROM core.meeting_mention AS child
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND NOT EXISTS (FROM core.sentence AS parent
        WHERE parent.partition_day = child.partition_day AND parent.article_id = child.article_id
            AND parent.sentence_number = child.sentence_number)
UNION ALL
SELECT 'core.meeting_mention.meeting_id', meeting_id, article_id
FROM core.meeting_mention
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND (
        meeting_id IS NULL
        OR meeting_id NOT IN (SELECT meeting_id FROM core.meeting WHERE meeting_id IN (FROM checked_meeting))
    )
UNION ALL
SELECT 'core.meeting_mention.place_entity_id', place_entity_id, article_id
FROM core.meeting_mention AS child
WHERE ($partition_day IS NULL OR partition_day = $partition_day) AND place_entity_id IS NOT NULL
    AND NOT EXISTS (FROM core.article_entity AS parent
        WHERE parent.partition_day = child.partition_day AND parent.article_id = child.article_id
            AND parent.entity_id = child.place_entity_id)
UNION ALL
SELECT 'core.meeting_mention.place_entity_id (core.place)', place_entity_id, article_id
FROM core.meeting_mention
WHERE ($partition_day IS NULL OR partition_day = $partition_day) AND place_entity_id IS NOT NULL
    AND place_entity_id NOT IN (SELECT place_id FROM core.place)
UNION ALL
SELECT 'core.meeting_mention_participant.report_id', participant.report_id, NULL
FROM core.meeting_mention_participant AS participant
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND NOT EXISTS (FROM core.meeting_mention AS parent
        WHERE parent.partition_day = participant.partition_day AND parent.report_id = participant.report_id)
UNION ALL
SELECT 'core.meeting_mention_participant.entity_id', participant.entity_id, mention.article_id
FROM core.meeting_mention_participant AS participant
JOIN core.meeting_mention AS mention USING (partition_day, report_id)
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND NOT EXISTS (FROM core.article_entity AS parent
        WHERE parent.partition_day = participant.partition_day AND parent.article_id = mention.article_id
            AND parent.entity_id = participant.entity_id)
UNION ALL
SELECT 'core.meeting_context.report_id', context.report_id, NULL
FROM core.meeting_context AS context
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND NOT EXISTS (FROM core.meeting_mention AS parent
        WHERE parent.partition_day = context.partition_day AND parent.report_id = context.report_id)
UNION ALL
SELECT 'core.meeting.meeting_id (no report)', meeting_id, NULL
FROM core.meeting
WHERE meeting_id IN (FROM checked_meeting)
    AND meeting_id NOT IN (
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
FROM core.meeting_participant
WHERE meeting_id IN (FROM checked_meeting)
    AND meeting_id NOT IN (SELECT meeting_id FROM core.meeting WHERE meeting_id IN (FROM checked_meeting))
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
