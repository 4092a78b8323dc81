-- The announcement that led to a meeting, and the meetings that an announcement led to.
SELECT
    other.meeting_id, other.status, other.start_date, other.end_date, other.date_precision,
    other.meeting_id = this.planned_meeting_id AS is_announcement
FROM out.meeting_index AS this
JOIN out.meeting_index AS other
    ON other.meeting_id = this.planned_meeting_id OR other.planned_meeting_id = this.meeting_id
WHERE this.meeting_id = $meeting
ORDER BY other.start_date NULLS LAST, other.meeting_id
