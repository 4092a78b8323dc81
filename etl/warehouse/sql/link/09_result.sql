-- reads: assigned_report, former_meeting
-- leaves: nothing
-- The counts of relinking.
SELECT
    (SELECT count(*) FROM assigned_report) AS report,
    (SELECT count(DISTINCT meeting_id) FROM assigned_report) AS meeting,
    (
        SELECT count(*) FROM assigned_report LEFT JOIN former_meeting USING (report_id)
        WHERE assigned_report.meeting_id IS DISTINCT FROM former_meeting.meeting_id
    ) AS changed;
