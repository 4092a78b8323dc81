-- Places of the meetings that match the filters, with coordinates and the number of meetings.
WITH
--< found_meetings
SELECT
    any_value(place_hi) AS place_hi,
    any_value(coalesce(place_en, place_latin, place_hi)) AS place_en,
    place_geonames_id,
    place_latitude AS latitude,
    place_longitude AS longitude,
    count(*) AS meeting_count,
    count(*) FILTER (status IN ('held', 'ongoing')) AS held_count,
    count(*) FILTER (status IN ('planned', 'requested', 'postponed')) AS planned_count,
    count(*) FILTER (status IN ('refused', 'cancelled')) AS cancelled_count,
    max(start_date) AS last_date
FROM out.meeting
WHERE place_latitude IS NOT NULL AND place_longitude IS NOT NULL
    AND meeting_id IN (SELECT meeting_id FROM found)
GROUP BY place_geonames_id, place_latitude, place_longitude
ORDER BY meeting_count DESC, place_en
LIMIT $limit --? limit
