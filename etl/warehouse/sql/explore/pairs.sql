-- Who met whom: pairs that met most often. Participants on the same side do not form a pair.
WITH
--< found_meetings
, seat AS (
    SELECT meeting_id, entity_id, side
    FROM out.meeting_participant
    WHERE true
        AND kind = $kind --? kind
        AND meeting_id IN (SELECT meeting_id FROM found) --? has_meeting_filter
),
pair AS (
    SELECT one.entity_id AS source_id, other.entity_id AS target_id, count(*) AS meeting_count
    FROM seat AS one
    JOIN seat AS other ON one.meeting_id = other.meeting_id AND one.entity_id < other.entity_id
    WHERE one.side IS DISTINCT FROM other.side OR one.side IS NULL
    GROUP BY source_id, target_id
    HAVING count(*) >= $least --? least
    ORDER BY meeting_count DESC, source_id, target_id
    LIMIT $limit --? limit
)
SELECT
    pair.meeting_count,
    pair.source_id,
    one.name_hi AS source_hi,
    coalesce(one.name_en, one.name_latin) AS source_latin,
    one.kind AS source_kind,
    one.country_code AS source_country,
    pair.target_id,
    other.name_hi AS target_hi,
    coalesce(other.name_en, other.name_latin) AS target_latin,
    other.kind AS target_kind,
    other.country_code AS target_country
FROM pair
JOIN out.entity AS one ON one.entity_id = pair.source_id
JOIN out.entity AS other ON other.entity_id = pair.target_id
ORDER BY pair.meeting_count DESC, pair.source_id, pair.target_id
