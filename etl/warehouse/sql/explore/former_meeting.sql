-- The meeting that has the reports of a former meeting id now.
SELECT meeting_id FROM out.meeting_alias WHERE former_meeting_id = $meeting
