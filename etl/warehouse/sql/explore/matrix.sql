-- Number of meetings by pair of countries, among the countries that meet most often.
WITH
--< found_meetings
, present AS (
    SELECT DISTINCT meeting_id, country_code
    FROM out.meeting_participant
    WHERE country_code IS NOT NULL
        AND meeting_id IN (SELECT meeting_id FROM found) --? has_meeting_filter
),
pair AS (
    SELECT one.country_code AS country_1, other.country_code AS country_2, count(*) AS meeting_count
    FROM present AS one
    JOIN present AS other ON one.meeting_id = other.meeting_id AND one.country_code < other.country_code
    GROUP BY ALL
),
busiest AS (
    SELECT country_code, sum(meeting_count)::BIGINT AS meeting_count
    FROM (SELECT country_1 AS country_code, meeting_count FROM pair UNION ALL SELECT country_2, meeting_count FROM pair)
    GROUP BY country_code
    ORDER BY meeting_count DESC, country_code
    LIMIT $country_limit --? country_limit
)
SELECT pair.country_1, pair.country_2, pair.meeting_count
FROM pair
WHERE pair.country_1 IN (SELECT country_code FROM busiest) AND pair.country_2 IN (SELECT country_code FROM busiest)
ORDER BY pair.meeting_count DESC, pair.country_1, pair.country_2
LIMIT $limit --? limit
