-- Meetings announced for a day after the newest article.
WITH page AS (
    SELECT meeting_id, status, format, start_date, end_date, date_precision, place_hi,
        coalesce(place.name_en, place.name_latin) AS place_latin
    FROM out.meeting_index LEFT JOIN out.entity AS place ON place.entity_id = place_entity_id
    WHERE status IN ('planned', 'requested', 'postponed') AND start_date > $newest
    ORDER BY start_date, meeting_id
    LIMIT $limit --? limit
)
SELECT page.*, participant.participants
FROM page
JOIN (
    SELECT
        meeting_id,
        list(
            {
                entity_id: entity_id, name_hi: name_hi, name_latin: coalesce(name_en, name_latin),
                country_code: country_code, role: role, side: side
            }
            ORDER BY participant_number
        ) AS participants
    FROM out.meeting_participant
    WHERE meeting_id IN (SELECT meeting_id FROM page)
    GROUP BY meeting_id
) AS participant USING (meeting_id)
ORDER BY page.start_date, page.meeting_id
