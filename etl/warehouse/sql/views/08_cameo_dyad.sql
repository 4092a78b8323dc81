-- read by: analysts
CREATE VIEW out.cameo_dyad AS
WITH party AS (
    SELECT
        participant.meeting_id, participant.participant_number, participant.role, participant.side,
        entity.entity_id, coalesce(entity.name_en, entity.name_latin) AS name, entity.name_hi, entity.kind,
        entity.country_code,
        bool_or(participant.role IN ('recipient', 'host')) OVER (PARTITION BY participant.meeting_id) AS has_target
    FROM core.meeting_participant AS participant
    JOIN core.entity AS entity USING (entity_id)
),
dyad AS (
    SELECT
        meeting.*, source, target,
        CASE
            WHEN meeting.cameo_code NOT IN ('042', '043') THEN meeting.cameo_code
            WHEN target.role IN ('recipient', 'host') THEN '042'
            WHEN source.role IN ('recipient', 'host') THEN '043'
            ELSE '040'
        END AS code
    FROM core.meeting AS meeting
    JOIN party AS source USING (meeting_id)
    JOIN party AS target USING (meeting_id)
    WHERE source.entity_id <> target.entity_id
        AND (source.side IS DISTINCT FROM target.side OR source.side IS NULL)
        -- Visitors do not visit each other, and hosts do not host each other.
        AND (NOT source.has_target OR (source.role IN ('recipient', 'host')) <> (target.role IN ('recipient', 'host')))
        -- A request, refusal or cancellation has one direction; a meeting has both.
        AND (
            meeting.cameo_code NOT IN ('106', '125', '164')
            OR NOT source.has_target OR target.role IN ('recipient', 'host')
        )
        AND (meeting.cameo_code <> '045' OR source.role = 'mediator' OR NOT EXISTS (
            FROM party AS mediator WHERE mediator.meeting_id = meeting.meeting_id AND mediator.role = 'mediator'
        ))
)
SELECT
    dyad.meeting_id || '-' || source.participant_number || '-' || target.participant_number AS event_id,
    dyad.meeting_id,
    dyad.start_date AS event_date,
    dyad.end_date,
    source.name AS source_name,
    source.name_hi AS source_name_hi,
    source.kind AS source_kind,
    source.country_code AS source_country_code,
    cameo.name AS event_text,
    dyad.code AS cameo_code,
    cameo.goldstein AS intensity,
    cameo.quad_code,
    target.name AS target_name,
    target.name_hi AS target_name_hi,
    target.kind AS target_kind,
    target.country_code AS target_country_code,
    dyad.status,
    lead.article_id AS story_id,
    lead.sentence_number,
    publisher.source_name AS publisher,
    article.url AS article_url,
    dyad.place_hi AS location_hi,
    coalesce(dyad.place_country_code, place.country_code) AS location_country_code,
    dyad.place_en AS location_en,
    dyad.place_geonames_id AS location_geonames_id,
    dyad.place_latitude AS latitude,
    dyad.place_longitude AS longitude
FROM dyad
JOIN core.meeting_mention AS lead ON lead.report_id = dyad.lead_report_id
JOIN core.article AS article USING (partition_day, article_id)
JOIN core.source AS publisher USING (source_id)
JOIN core.event_type AS cameo ON cameo.code_system = 'CAMEO' AND cameo.code = dyad.code
LEFT JOIN core.entity AS place ON place.entity_id = dyad.place_entity_id;

COMMENT ON VIEW out.cameo_dyad IS 'Meetings as source and target, for users of ICEWS or GDELT: one row per meeting and ordered pair of participants on different sides. A meeting has a row in each direction, a visit 042 from visitor to host and 043 back; a request, refusal or cancellation has a row only in the reported direction.';
COMMENT ON COLUMN out.cameo_dyad.event_id IS 'Key: the meeting and the numbers of the two participants.';
COMMENT ON COLUMN out.cameo_dyad.meeting_id IS 'out.meeting.meeting_id.';
COMMENT ON COLUMN out.cameo_dyad.event_date IS 'First day; null when no report gives a time expression.';
COMMENT ON COLUMN out.cameo_dyad.end_date IS 'Last day; null when no report gives a time expression.';
COMMENT ON COLUMN out.cameo_dyad.source_name IS 'Name of the source: English, else the ASCII reading.';
COMMENT ON COLUMN out.cameo_dyad.source_name_hi IS 'Name of the source, in Hindi.';
COMMENT ON COLUMN out.cameo_dyad.source_kind IS 'PER, ORG or LOC.';
COMMENT ON COLUMN out.cameo_dyad.source_country_code IS 'ISO 3166-1 alpha-3; null where not known.';
COMMENT ON COLUMN out.cameo_dyad.event_text IS 'Name of the code.';
COMMENT ON COLUMN out.cameo_dyad.cameo_code IS 'CAMEO 1.1b3 code of this direction, as text.';
COMMENT ON COLUMN out.cameo_dyad.intensity IS 'Goldstein scale of the code, -10 to 10.';
COMMENT ON COLUMN out.cameo_dyad.quad_code IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.';
COMMENT ON COLUMN out.cameo_dyad.target_name IS 'Name of the target: English, else the ASCII reading.';
COMMENT ON COLUMN out.cameo_dyad.target_name_hi IS 'Name of the target, in Hindi.';
COMMENT ON COLUMN out.cameo_dyad.target_kind IS 'PER, ORG or LOC.';
COMMENT ON COLUMN out.cameo_dyad.target_country_code IS 'ISO 3166-1 alpha-3; null where not known.';
COMMENT ON COLUMN out.cameo_dyad.status IS 'held, ongoing, planned, requested, refused, postponed or cancelled.';
COMMENT ON COLUMN out.cameo_dyad.story_id IS 'The article of the most confident report: core.article.article_id.';
COMMENT ON COLUMN out.cameo_dyad.sentence_number IS 'Number of its sentence, counted from 0.';
COMMENT ON COLUMN out.cameo_dyad.publisher IS 'Publisher of that article.';
COMMENT ON COLUMN out.cameo_dyad.article_url IS 'URL of that article.';
COMMENT ON COLUMN out.cameo_dyad.location_hi IS 'Place, verbatim; null when not reported.';
COMMENT ON COLUMN out.cameo_dyad.location_country_code IS 'Country of the place, ISO 3166-1 alpha-3; null where not known.';
COMMENT ON COLUMN out.cameo_dyad.location_en IS 'English name of the city, state or country that the place means or is in, such as New Delhi for हैदराबाद हाउस; null where it is not settled.';
COMMENT ON COLUMN out.cameo_dyad.location_geonames_id IS 'GeoNames id of that city; null for states, countries and where it is not settled.';
COMMENT ON COLUMN out.cameo_dyad.latitude IS 'Degrees north of that city, WGS 84; null for states, countries and where it is not settled.';
COMMENT ON COLUMN out.cameo_dyad.longitude IS 'Degrees east of that city, WGS 84; null for states, countries and where it is not settled.';
