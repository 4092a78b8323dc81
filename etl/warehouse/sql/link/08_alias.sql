-- reads: assigned_report, core.meeting, former_meeting
-- leaves: core.meeting_alias, successor
-- Map each former meeting id to the meeting that has most of its reports now (ties: the lower id).
CREATE OR REPLACE TEMP TABLE successor AS
SELECT former.meeting_id AS former_meeting_id, min_by(heir.meeting_id, (-heir.shared_count, heir.meeting_id)) AS meeting_id
FROM (SELECT DISTINCT meeting_id FROM former_meeting) AS former
LEFT JOIN (
    SELECT former_meeting.meeting_id AS former_meeting_id, assigned_report.meeting_id, count(*) AS shared_count
    FROM former_meeting JOIN assigned_report USING (report_id)
    GROUP BY ALL
) AS heir ON heir.former_meeting_id = former.meeting_id
WHERE former.meeting_id NOT IN (
    SELECT meeting_id FROM core.meeting WHERE meeting_id IN (SELECT meeting_id FROM former_meeting)
)
GROUP BY former.meeting_id;

UPDATE core.meeting_alias AS alias
SET meeting_id = successor.meeting_id, run_key = $run_key
FROM successor
WHERE alias.meeting_id = successor.former_meeting_id;

INSERT INTO core.meeting_alias (former_meeting_id, meeting_id, run_key)
SELECT former_meeting_id, meeting_id, $run_key FROM successor;

DELETE FROM core.meeting_alias WHERE former_meeting_id IN (SELECT meeting_id FROM assigned_report);
