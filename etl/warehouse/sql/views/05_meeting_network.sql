-- read by: analysts
CREATE VIEW out.meeting_network AS
WITH party AS (
    SELECT participant.meeting_id, participant.side, entity.*
    FROM core.meeting_participant AS participant
    JOIN core.entity AS entity USING (entity_id)
)
SELECT
    one.entity_id AS source_entity_id,
    one.name_hi AS source_name_hi,
    coalesce(one.name_en, one.name_latin) AS source_name,
    one.kind AS source_kind,
    one.country_code AS source_country_code,
    other.entity_id AS target_entity_id,
    other.name_hi AS target_name_hi,
    coalesce(other.name_en, other.name_latin) AS target_name,
    other.kind AS target_kind,
    other.country_code AS target_country_code,
    count(*) AS meeting_count,
    count(*) FILTER (meeting.status IN ('held', 'ongoing')) AS held_count,
    count(*) FILTER (meeting.format = 'bilateral') AS bilateral_count,
    sum(meeting.report_count)::BIGINT AS report_count,
    min(meeting.start_date) AS first_date,
    max(meeting.end_date) AS last_date
FROM party AS one
JOIN party AS other ON one.meeting_id = other.meeting_id AND one.entity_id < other.entity_id
JOIN core.meeting AS meeting ON meeting.meeting_id = one.meeting_id
WHERE one.side IS DISTINCT FROM other.side OR one.side IS NULL
GROUP BY ALL;

COMMENT ON VIEW out.meeting_network IS 'Who met whom, as the edges of an undirected graph: one row per pair that took part in a meeting together, without pairs on one side. The lower id comes first, so each pair has one row.';
COMMENT ON COLUMN out.meeting_network.source_entity_id IS 'One of the two: core.entity.entity_id, the lower id.';
COMMENT ON COLUMN out.meeting_network.source_name_hi IS 'Its canonical Hindi name.';
COMMENT ON COLUMN out.meeting_network.source_name IS 'Its English name, else the ASCII reading.';
COMMENT ON COLUMN out.meeting_network.source_kind IS 'PER, ORG or LOC.';
COMMENT ON COLUMN out.meeting_network.source_country_code IS 'Its country, ISO 3166-1 alpha-3; null where not known.';
COMMENT ON COLUMN out.meeting_network.target_entity_id IS 'The other of the two, the higher id.';
COMMENT ON COLUMN out.meeting_network.target_name_hi IS 'Its canonical Hindi name.';
COMMENT ON COLUMN out.meeting_network.target_name IS 'Its English name, else the ASCII reading.';
COMMENT ON COLUMN out.meeting_network.target_kind IS 'PER, ORG or LOC.';
COMMENT ON COLUMN out.meeting_network.target_country_code IS 'Its country, ISO 3166-1 alpha-3; null where not known.';
COMMENT ON COLUMN out.meeting_network.meeting_count IS 'Meetings of any status that both took part in: the weight of the edge.';
COMMENT ON COLUMN out.meeting_network.held_count IS 'Of these held or ongoing.';
COMMENT ON COLUMN out.meeting_network.bilateral_count IS 'Of these bilateral.';
COMMENT ON COLUMN out.meeting_network.report_count IS 'Reports of these meetings.';
COMMENT ON COLUMN out.meeting_network.first_date IS 'First day of the earliest dated meeting; null where none is dated.';
COMMENT ON COLUMN out.meeting_network.last_date IS 'Last day of the latest dated meeting; null where none is dated.';
