-- Number of meetings per month: all, held, planned and cancelled.
SELECT
    date_trunc('month', start_date)::DATE AS month,
    count(*) AS meeting_count,
    count(*) FILTER (status IN ('held', 'ongoing')) AS held_count,
    count(*) FILTER (status IN ('planned', 'requested', 'postponed')) AS planned_count,
    count(*) FILTER (status IN ('refused', 'cancelled')) AS cancelled_count
FROM out.meeting_index
WHERE start_date IS NOT NULL
    AND meeting_id IN (SELECT meeting_id FROM out.meeting_participant WHERE entity_id = $entity) --? entity
    AND meeting_id IN (SELECT meeting_id FROM out.meeting_participant WHERE country_code = $country) --? country
GROUP BY month
ORDER BY month DESC
LIMIT $limit --? limit
