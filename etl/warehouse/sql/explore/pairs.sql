-- Who met whom: pairs that met most often. Participants on the same side do not form a pair.
WITH seat AS (
    SELECT meeting_id, entity_id, side
    FROM out.meeting_participant
    WHERE true
        AND kind = $kind --? kind
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_participant WHERE country_code = $country) --? country
        AND meeting_id IN ( --? who
            SELECT meeting_id FROM out.meeting_participant --? who
            WHERE entity_id IN (SELECT entity_id FROM out.search_entities($who)) --? who
        ) --? who
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_participant WHERE entity_id = $entity) --? entity
        AND meeting_id IN ( --? has_meeting_filter
            SELECT meeting_id FROM out.meeting_index --? has_meeting_filter
            WHERE true --? has_meeting_filter
                AND status = $status --? status
                AND format = $format --? format
                AND coalesce(end_date, listed_date) >= $since --? since
                AND listed_date <= $until --? until
        ) --? has_meeting_filter
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
