-- Number of meetings that start on each day of a range.
SELECT
    start_date AS day,
    count(*) AS meeting_count,
    count(*) FILTER (status IN ('held', 'ongoing')) AS held_count,
    count(*) FILTER (status IN ('planned', 'requested', 'postponed')) AS planned_count,
    count(*) FILTER (status IN ('refused', 'cancelled')) AS cancelled_count
FROM out.meeting_index
WHERE start_date >= $since AND start_date <= $until AND date_precision = 'day'
GROUP BY start_date
ORDER BY start_date
