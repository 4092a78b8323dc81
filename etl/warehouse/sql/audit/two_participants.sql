-- severity: block
-- says: a report or meeting has fewer than two participants
SELECT 'report' AS what, report_id AS id, article_id
FROM core.meeting_mention AS mention
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND (
        SELECT count(DISTINCT entity_id) FROM core.meeting_mention_participant AS participant
        WHERE participant.partition_day = mention.partition_day AND participant.report_id = mention.report_id
    ) < 2
UNION ALL
SELECT 'meeting', meeting.meeting_id, NULL
FROM checked_meeting_row AS meeting LEFT JOIN checked_participant_row AS participant USING (meeting_id)
GROUP BY meeting.meeting_id
HAVING count(DISTINCT entity_id) < 2;
