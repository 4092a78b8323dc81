-- Entities that an entity or a country met, and how often. Participants on the same side are skipped.
WITH own AS (
    SELECT DISTINCT meeting_id, side
    FROM out.meeting_participant
    WHERE entity_id = $entity --? entity
    WHERE country_code = $country --? country
)
SELECT
    other.entity_id,
    other.name_hi AS name_hi,
    coalesce(other.name_en, other.name_latin) AS name_latin,
    other.kind,
    other.country_code,
    count(DISTINCT other.meeting_id) AS meeting_count,
    count(DISTINCT other.meeting_id) FILTER (meeting.status IN ('held', 'ongoing')) AS held_count,
    count(DISTINCT other.meeting_id) FILTER (meeting.status IN ('planned', 'requested', 'postponed')) AS planned_count,
    count(DISTINCT other.meeting_id) FILTER (meeting.status IN ('refused', 'cancelled')) AS cancelled_count,
    min(meeting.start_date) FILTER (meeting.status IN ('held', 'ongoing')) AS first_date,
    max(meeting.end_date) FILTER (meeting.status IN ('held', 'ongoing')) AS last_date
FROM own
JOIN out.meeting_participant AS other
    ON other.meeting_id = own.meeting_id AND (other.side IS DISTINCT FROM own.side OR own.side IS NULL)
JOIN out.meeting_index AS meeting ON meeting.meeting_id = own.meeting_id
WHERE other.entity_id <> $entity --? entity
WHERE other.country_code IS DISTINCT FROM $country --? country
GROUP BY ALL
ORDER BY held_count DESC, meeting_count DESC, name_hi, other.entity_id
LIMIT $limit --? limit
