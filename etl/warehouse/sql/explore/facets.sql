-- Number of meetings that match the filters by status, format, country, participant and place: the most frequent values.
WITH
--< found_meetings
, counted AS (
    SELECT 'status' AS facet, status AS value, NULL AS name_hi, NULL AS name_latin, count(*) AS meeting_count
    FROM out.meeting_index WHERE meeting_id IN (SELECT meeting_id FROM found)
    GROUP BY status
    UNION ALL
    SELECT 'format', format, NULL, NULL, count(*)
    FROM out.meeting_index WHERE meeting_id IN (SELECT meeting_id FROM found)
    GROUP BY format
    UNION ALL
    SELECT 'country', country_code, NULL, NULL, count(DISTINCT meeting_id)
    FROM out.meeting_participant
    WHERE country_code IS NOT NULL AND meeting_id IN (SELECT meeting_id FROM found)
    GROUP BY country_code
    UNION ALL
    SELECT 'entity', entity_id, any_value(name_hi), any_value(coalesce(name_en, name_latin)), count(*)
    FROM out.meeting_participant
    WHERE meeting_id IN (SELECT meeting_id FROM found)
    GROUP BY entity_id
    UNION ALL
    SELECT 'place', place_hi, place_hi, any_value(coalesce(name_en, name_latin)), count(*)
    FROM out.meeting_index LEFT JOIN out.entity ON entity_id = place_entity_id
    WHERE place_hi IS NOT NULL AND meeting_id IN (SELECT meeting_id FROM found)
    GROUP BY place_hi
)
SELECT facet, value, name_hi, name_latin, meeting_count
FROM counted
QUALIFY row_number() OVER (PARTITION BY facet ORDER BY meeting_count DESC, value) <= 8
ORDER BY facet, meeting_count DESC, value
LIMIT $limit --? limit
