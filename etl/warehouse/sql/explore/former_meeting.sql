-- Current id of a meeting, by its former id.
SELECT meeting_id FROM out.meeting_alias WHERE former_meeting_id = $meeting
