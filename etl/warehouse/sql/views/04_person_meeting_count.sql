-- read by: analysts
CREATE VIEW out.person_meeting_count AS
WITH seat AS (
    SELECT
        participant.entity_id, meeting.meeting_id, meeting.status, meeting.start_date, meeting.end_date,
        meeting.report_count
    FROM core.meeting_participant AS participant
    JOIN core.meeting AS meeting USING (meeting_id)
)
SELECT
    person.entity_id,
    person.name_hi,
    person.name_latin,
    person.name_en,
    person.country_code,
    count(*) AS meeting_count,
    count(*) FILTER (seat.status IN ('held', 'ongoing')) AS held_count,
    count(*) FILTER (seat.status IN ('planned', 'requested', 'postponed')) AS planned_count,
    count(*) FILTER (seat.status IN ('refused', 'cancelled')) AS failed_count,
    sum(seat.report_count)::BIGINT AS report_count,
    min(seat.start_date) AS first_date,
    max(seat.end_date) AS last_date
FROM core.entity AS person
JOIN seat USING (entity_id)
WHERE person.kind = 'PER'
GROUP BY ALL;

COMMENT ON VIEW out.person_meeting_count IS 'Numbers of meetings per person, by status. One row per person who took part in a meeting.';
COMMENT ON COLUMN out.person_meeting_count.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN out.person_meeting_count.name_hi IS 'Canonical Hindi name, such as नरेंद्र मोदी.';
COMMENT ON COLUMN out.person_meeting_count.name_latin IS 'ASCII reading of the name.';
COMMENT ON COLUMN out.person_meeting_count.name_en IS 'Usual English name; null where not known.';
COMMENT ON COLUMN out.person_meeting_count.country_code IS 'ISO 3166-1 alpha-3 of the person''s country; null where not known.';
COMMENT ON COLUMN out.person_meeting_count.meeting_count IS 'Meetings of any status.';
COMMENT ON COLUMN out.person_meeting_count.held_count IS 'Of these held or ongoing.';
COMMENT ON COLUMN out.person_meeting_count.planned_count IS 'Of these planned, requested or postponed.';
COMMENT ON COLUMN out.person_meeting_count.failed_count IS 'Of these refused or cancelled.';
COMMENT ON COLUMN out.person_meeting_count.report_count IS 'Reports of these meetings, counted over all articles.';
COMMENT ON COLUMN out.person_meeting_count.first_date IS 'First day of the earliest dated meeting; null where none is dated.';
COMMENT ON COLUMN out.person_meeting_count.last_date IS 'Last day of the latest dated meeting; null where none is dated.';
