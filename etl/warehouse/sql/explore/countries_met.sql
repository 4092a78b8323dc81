-- Countries that one country met, and how often.
WITH own AS (SELECT DISTINCT meeting_id FROM out.meeting_participant WHERE country_code = $country)
SELECT
    other.country_code,
    count(DISTINCT other.meeting_id) AS meeting_count,
    count(DISTINCT other.meeting_id) FILTER (meeting.status IN ('held', 'ongoing')) AS held_count,
    count(DISTINCT other.meeting_id) FILTER (meeting.status IN ('planned', 'requested', 'postponed')) AS planned_count,
    count(DISTINCT other.meeting_id) FILTER (meeting.status IN ('refused', 'cancelled')) AS cancelled_count,
    min(meeting.start_date) FILTER (meeting.status IN ('held', 'ongoing')) AS first_date,
    max(meeting.end_date) FILTER (meeting.status IN ('held', 'ongoing')) AS last_date
FROM own
JOIN out.meeting_participant AS other USING (meeting_id)
JOIN out.meeting_index AS meeting USING (meeting_id)
WHERE other.country_code <> $country
GROUP BY other.country_code
ORDER BY held_count DESC, meeting_count DESC, other.country_code
LIMIT $limit --? limit
