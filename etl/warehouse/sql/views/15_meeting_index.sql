-- read by: the Explorer
-- The columns that lists of meetings are filtered and sorted by. Texts and names are left out to keep scans fast.
CREATE VIEW out.meeting_index AS
SELECT
    meeting.meeting_id,
    meeting.status,
    meeting.format,
    meeting.mode,
    meeting.start_date,
    meeting.end_date,
    meeting.date_precision,
    meeting.date_text,
    coalesce(meeting.start_date, lead.anchor_date) AS listed_date,
    meeting.place_hi,
    meeting.place_entity_id,
    meeting.occasion_hi,
    meeting.report_count,
    meeting.confidence,
    meeting.lead_report_id,
    lead.article_id AS lead_article_id,
    lead.partition_day AS lead_partition_day,
    meeting.planned_meeting_id,
    meeting.place_en,
    meeting.place_country_code,
    meeting.place_geonames_id,
    meeting.place_latitude,
    meeting.place_longitude
FROM core.meeting AS meeting
JOIN core.meeting_mention AS lead ON lead.report_id = meeting.lead_report_id;

COMMENT ON VIEW out.meeting_index IS 'Meetings without texts and names, fast to filter and sort: one row per event, as in out.meeting.';
COMMENT ON COLUMN out.meeting_index.meeting_id IS 'Key: out.meeting.meeting_id.';
COMMENT ON COLUMN out.meeting_index.status IS 'held, ongoing, planned, requested, refused, postponed or cancelled.';
COMMENT ON COLUMN out.meeting_index.format IS 'bilateral, multilateral or unknown.';
COMMENT ON COLUMN out.meeting_index.mode IS 'visit, phone (any remote medium), third-party or multilateral; null when not reported.';
COMMENT ON COLUMN out.meeting_index.start_date IS 'First day, inclusive; null when no report gives a time expression.';
COMMENT ON COLUMN out.meeting_index.end_date IS 'Last day, inclusive; equal to start_date for one day.';
COMMENT ON COLUMN out.meeting_index.date_precision IS 'day, week (Monday to Sunday), month, year or none.';
COMMENT ON COLUMN out.meeting_index.date_text IS 'The time expression, verbatim; null when there is none.';
COMMENT ON COLUMN out.meeting_index.listed_date IS 'Sort key for lists by time: its first day, or the day of its article where no day is reported. Not an event date; null where neither is known.';
COMMENT ON COLUMN out.meeting_index.place_hi IS 'Place, verbatim; null when not reported.';
COMMENT ON COLUMN out.meeting_index.place_entity_id IS 'The place: out.entity.entity_id; null when not resolved.';
COMMENT ON COLUMN out.meeting_index.occasion_hi IS 'The event that the meeting is part of; null when not reported.';
COMMENT ON COLUMN out.meeting_index.report_count IS 'Number of articles that report it.';
COMMENT ON COLUMN out.meeting_index.confidence IS 'The highest confidence among its reports, 0 to 1.';
COMMENT ON COLUMN out.meeting_index.lead_report_id IS 'Its most confident report: out.meeting_report.report_id.';
COMMENT ON COLUMN out.meeting_index.lead_article_id IS 'The article of that report: out.article.article_id.';
COMMENT ON COLUMN out.meeting_index.lead_partition_day IS 'Partition of that article, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN out.meeting_index.planned_meeting_id IS 'The planned meeting that this held meeting fulfilled; null when none was announced.';
COMMENT ON COLUMN out.meeting_index.place_en IS 'English name of the city, state or country that the place means or is in, such as New Delhi for हैदराबाद हाउस; null where it is not settled.';
COMMENT ON COLUMN out.meeting_index.place_country_code IS 'ISO 3166-1 alpha-3 of the country of the place; null where it is not settled.';
COMMENT ON COLUMN out.meeting_index.place_geonames_id IS 'GeoNames id of that city; null for states, countries and where it is not settled.';
COMMENT ON COLUMN out.meeting_index.place_latitude IS 'Degrees north of that city, WGS 84; null for states, countries and where it is not settled.';
COMMENT ON COLUMN out.meeting_index.place_longitude IS 'Degrees east of that city, WGS 84; null for states, countries and where it is not settled.';

CREATE VIEW out.meeting_alias AS
SELECT former_meeting_id, meeting_id
FROM core.meeting_alias;

COMMENT ON VIEW out.meeting_alias IS 'Former ids of meetings: one row per former id.';
COMMENT ON COLUMN out.meeting_alias.former_meeting_id IS 'A former id of out.meeting.';
COMMENT ON COLUMN out.meeting_alias.meeting_id IS 'The meeting with most of its reports now; null when no report is left.';

CREATE VIEW out.event_code AS
SELECT code_system, code, mode, name, goldstein, plover_score, quad_code
FROM core.event_type;

COMMENT ON VIEW out.event_code IS 'The event codes of meetings, with their names: one row per code, and per mode of a PLOVER type.';
COMMENT ON COLUMN out.event_code.code_system IS 'PLOVER or CAMEO.';
COMMENT ON COLUMN out.event_code.code IS 'PLOVER event type, or CAMEO 1.1b3 code as text.';
COMMENT ON COLUMN out.event_code.mode IS 'PLOVER mode; null for the type as such and for CAMEO.';
COMMENT ON COLUMN out.event_code.name IS 'Name in English.';
COMMENT ON COLUMN out.event_code.goldstein IS 'Goldstein scale, -10 (conflict) to 10 (cooperation); null for PLOVER.';
COMMENT ON COLUMN out.event_code.plover_score IS 'PLOVER intensity, -10 to 10; null for CAMEO and where PLOVER gives none.';
COMMENT ON COLUMN out.event_code.quad_code IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.';
