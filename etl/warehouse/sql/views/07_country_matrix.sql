-- read by: analysts
CREATE VIEW out.country_matrix AS
WITH present AS (
    SELECT DISTINCT participant.meeting_id, entity.country_code
    FROM core.meeting_participant AS participant
    JOIN core.entity AS entity USING (entity_id)
    WHERE entity.country_code IS NOT NULL
)
SELECT
    one.country_code AS country_code_1,
    other.country_code AS country_code_2,
    count(*) AS meeting_count,
    count(*) FILTER (meeting.status IN ('held', 'ongoing')) AS held_count,
    count(*) FILTER (meeting.status = 'planned') AS planned_count,
    count(*) FILTER (meeting.format = 'bilateral') AS bilateral_count,
    count(*) FILTER (meeting.mode = 'visit') AS visit_count,
    count(*) FILTER (meeting.mode = 'phone') AS phone_count,
    avg(cameo.goldstein) AS goldstein_mean,
    min(meeting.start_date) AS first_date,
    max(meeting.end_date) AS last_date
FROM present AS one
JOIN present AS other ON one.meeting_id = other.meeting_id AND one.country_code < other.country_code
JOIN core.meeting AS meeting ON meeting.meeting_id = one.meeting_id
LEFT JOIN core.event_type AS cameo ON cameo.code_system = 'CAMEO' AND cameo.code = meeting.cameo_code
GROUP BY one.country_code, other.country_code;

COMMENT ON VIEW out.country_matrix IS 'Which countries met: one row per pair of countries whose people, organisations or governments took part in a meeting together. The lower code comes first, so each pair has one row.';
COMMENT ON COLUMN out.country_matrix.country_code_1 IS 'ISO 3166-1 alpha-3, the lower of the two.';
COMMENT ON COLUMN out.country_matrix.country_code_2 IS 'ISO 3166-1 alpha-3, the higher of the two.';
COMMENT ON COLUMN out.country_matrix.meeting_count IS 'Meetings of any status with both.';
COMMENT ON COLUMN out.country_matrix.held_count IS 'Of these held or ongoing.';
COMMENT ON COLUMN out.country_matrix.planned_count IS 'Of these planned.';
COMMENT ON COLUMN out.country_matrix.bilateral_count IS 'Of these bilateral.';
COMMENT ON COLUMN out.country_matrix.visit_count IS 'Of these visits.';
COMMENT ON COLUMN out.country_matrix.phone_count IS 'Of these by phone or another remote medium.';
COMMENT ON COLUMN out.country_matrix.goldstein_mean IS 'Mean of the Goldstein scale over these meetings, -10 to 10.';
COMMENT ON COLUMN out.country_matrix.first_date IS 'First day of the earliest dated meeting; null where none is dated.';
COMMENT ON COLUMN out.country_matrix.last_date IS 'Last day of the latest dated meeting; null where none is dated.';
