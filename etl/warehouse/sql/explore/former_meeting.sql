-- Where the reports of a meeting went that has this id no more.
SELECT meeting_id FROM out.meeting_alias WHERE former_meeting_id = $meeting
