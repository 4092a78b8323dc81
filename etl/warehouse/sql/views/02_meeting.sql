-- read by: analysts
CREATE VIEW out.meeting AS
SELECT
    meeting.meeting_id,
    named.participants,
    meeting.status,
    meeting.format,
    meeting.mode,
    meeting.start_date,
    meeting.end_date,
    meeting.date_precision,
    meeting.date_text,
    meeting.place_hi,
    place.name_latin AS place_latin,
    meeting.occasion_hi,
    meeting.is_historical,
    meeting.planned_meeting_id,
    substr(article.text, lead.evidence_start_char + 1, lead.evidence_end_char - lead.evidence_start_char)
        AS evidence_text,
    article.url AS article_url,
    article.title AS article_title,
    source.source_name,
    (article.published_at AT TIME ZONE 'Asia/Kolkata')::DATE AS published_date,
    meeting.report_count,
    meeting.confidence,
    meeting.event_type,
    meeting.cameo_code,
    cameo.goldstein,
    coalesce(plover_mode.plover_score, plover.plover_score) AS plover_score,
    plover.quad_code,
    meeting.place_en,
    meeting.place_geonames_id,
    meeting.place_latitude,
    meeting.place_longitude
FROM core.meeting AS meeting
JOIN core.meeting_mention AS lead ON lead.report_id = meeting.lead_report_id
JOIN core.article AS article USING (partition_day, article_id)
JOIN core.source AS source USING (source_id)
JOIN (
    SELECT
        meeting_id,
        list(
            {
                entity_id: entity_id, name_hi: entity.name_hi, name_latin: entity.name_latin,
                name_en: entity.name_en, kind: entity.kind, role: participant.role
            }
            ORDER BY participant.participant_number
        ) AS participants
    FROM core.meeting_participant AS participant
    JOIN core.entity AS entity USING (entity_id)
    GROUP BY meeting_id
) AS named ON named.meeting_id = meeting.meeting_id
LEFT JOIN core.entity AS place ON place.entity_id = meeting.place_entity_id
LEFT JOIN core.event_type AS cameo ON cameo.code_system = 'CAMEO' AND cameo.code = meeting.cameo_code
LEFT JOIN core.event_type AS plover
    ON plover.code_system = 'PLOVER' AND plover.code = meeting.event_type AND plover.mode IS NULL
LEFT JOIN core.event_type AS plover_mode
    ON plover_mode.code_system = 'PLOVER' AND plover_mode.code = meeting.event_type
    AND plover_mode.mode = meeting.plover_mode;

COMMENT ON VIEW out.meeting IS 'Who met whom: one row per event, merged from all its reports, with the sentence and article of the most confident one.';
COMMENT ON COLUMN out.meeting.meeting_id IS 'Key. out.meeting_alias resolves a former id.';
COMMENT ON COLUMN out.meeting.participants IS 'Who took part, two or more: entity_id, name_hi (नरेंद्र मोदी), name_latin (narendra modi), name_en (Narendra Modi, null where not known), kind PER, ORG or LOC, role actor, recipient, host, mediator or attendee.';
COMMENT ON COLUMN out.meeting.status IS 'held, ongoing, planned, requested, refused, postponed or cancelled.';
COMMENT ON COLUMN out.meeting.format IS 'bilateral, multilateral or unknown.';
COMMENT ON COLUMN out.meeting.mode IS 'visit, phone (any remote medium), third-party or multilateral; null when not reported.';
COMMENT ON COLUMN out.meeting.start_date IS 'First day, inclusive; null when no report gives a time expression.';
COMMENT ON COLUMN out.meeting.end_date IS 'Last day, inclusive; equal to start_date for one day.';
COMMENT ON COLUMN out.meeting.date_precision IS 'day, week (Monday to Sunday), month, year or none.';
COMMENT ON COLUMN out.meeting.date_text IS 'The time expression, verbatim; null when there is none.';
COMMENT ON COLUMN out.meeting.place_hi IS 'Place, verbatim, such as गोवा; null when not reported.';
COMMENT ON COLUMN out.meeting.place_latin IS 'ASCII reading of the place''s canonical name; null when the place is not resolved.';
COMMENT ON COLUMN out.meeting.occasion_hi IS 'The event that the meeting is part of, such as एससीओ शिखर सम्मेलन; null when not reported.';
COMMENT ON COLUMN out.meeting.is_historical IS 'Whether every report gives it as background.';
COMMENT ON COLUMN out.meeting.planned_meeting_id IS 'The planned meeting that this held meeting fulfilled; null when none was announced.';
COMMENT ON COLUMN out.meeting.evidence_text IS 'The Hindi sentence that reports it, verbatim.';
COMMENT ON COLUMN out.meeting.article_url IS 'URL of the article with that sentence, as the source gave it.';
COMMENT ON COLUMN out.meeting.article_title IS 'Its title; null where there is none.';
COMMENT ON COLUMN out.meeting.source_name IS 'Its publisher.';
COMMENT ON COLUMN out.meeting.published_date IS 'Day in India on which that article was published; null when not known.';
COMMENT ON COLUMN out.meeting.report_count IS 'Number of articles that report the meeting; out.meeting_evidence lists their reports.';
COMMENT ON COLUMN out.meeting.confidence IS 'The highest confidence among its reports, 0 to 1.';
COMMENT ON COLUMN out.meeting.event_type IS 'PLOVER event type: CONSULT, AGREE, REQUEST, REJECT or SANCTION.';
COMMENT ON COLUMN out.meeting.cameo_code IS 'CAMEO 1.1b3 code as text, such as 042.';
COMMENT ON COLUMN out.meeting.goldstein IS 'Goldstein scale of the CAMEO code, -10 (conflict) to 10 (cooperation).';
COMMENT ON COLUMN out.meeting.plover_score IS 'PLOVER intensity of type and mode, else of the type, -10 to 10; null where PLOVER gives none.';
COMMENT ON COLUMN out.meeting.quad_code IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.';
COMMENT ON COLUMN out.meeting.place_en IS 'English name of the city, state or country that the place means or is in, such as New Delhi for हैदराबाद हाउस; null where it is not settled.';
COMMENT ON COLUMN out.meeting.place_geonames_id IS 'GeoNames id of that city; null for states, countries and where it is not settled.';
COMMENT ON COLUMN out.meeting.place_latitude IS 'Degrees north of that city, WGS 84; null for states, countries and where it is not settled.';
COMMENT ON COLUMN out.meeting.place_longitude IS 'Degrees east of that city, WGS 84; null for states, countries and where it is not settled.';
