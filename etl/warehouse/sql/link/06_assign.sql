-- reads: former_meeting, touched_report
-- leaves: assigned_report, core.meeting, core.meeting_mention, core.meeting_participant, planned_link,
--   touched_meeting
-- Store the decisions of link.py, and delete the touched meetings; link/07_derive.sql writes them again.
CREATE OR REPLACE TEMP TABLE assigned_report AS
SELECT unnest($report_ids::VARCHAR[]) AS report_id, unnest($meeting_ids::VARCHAR[]) AS meeting_id;

CREATE OR REPLACE TEMP TABLE planned_link AS
SELECT unnest($held_ids::VARCHAR[]) AS meeting_id, unnest($planned_ids::VARCHAR[]) AS planned_meeting_id;

UPDATE core.meeting_mention AS mention
SET meeting_id = assigned.meeting_id
FROM (FROM assigned_report JOIN touched_report USING (report_id)) AS assigned
WHERE mention.partition_day = assigned.partition_day AND mention.report_id = assigned.report_id
    AND mention.meeting_id IS DISTINCT FROM assigned.meeting_id;

-- Meetings that gain or lose a report, including new ones and those without a report now.
CREATE OR REPLACE TEMP TABLE touched_meeting AS
SELECT meeting_id FROM former_meeting UNION SELECT meeting_id FROM assigned_report;

DELETE FROM core.meeting WHERE meeting_id IN (SELECT meeting_id FROM touched_meeting);
DELETE FROM core.meeting_participant WHERE meeting_id IN (SELECT meeting_id FROM touched_meeting);
