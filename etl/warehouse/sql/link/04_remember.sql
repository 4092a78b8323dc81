-- reads: core.meeting_mention, touched_report
-- leaves: former_meeting
-- Remember the meeting of each touched report before the load. Runs before and after the load replaces its reports:
-- before, for the reports that are deleted; after, for those that only the new reports touch.
CREATE TEMP TABLE IF NOT EXISTS former_meeting (report_id VARCHAR, meeting_id VARCHAR);
INSERT INTO former_meeting
SELECT report_id, meeting_id FROM core.meeting_mention
WHERE meeting_id IS NOT NULL
    AND (partition_day, report_id) IN (SELECT partition_day, report_id FROM touched_report)
    AND report_id NOT IN (SELECT report_id FROM former_meeting);
