-- reads: core.article, core.meeting_mention, core.meeting_mention_participant, planned_link, touched_meeting
-- leaves: core.meeting, core.meeting_participant, ranked_report
-- Derive a meeting's values from its reports. Each value comes from the first report by one of these ranks:
--   lead_rank    the most confident report first, ties by (published_at, article_id, ordinal)
--   date_rank    the most precise date first, then lead_rank; all date columns come from one report
--   coding_rank  reports with a mode first, then lead_rank; mode and codes come from one report
CREATE OR REPLACE TEMP TABLE ranked_report AS
WITH touched AS MATERIALIZED (
    SELECT partition_day, report_id FROM core.meeting_mention
    WHERE meeting_id IN (SELECT meeting_id FROM touched_meeting)
),
mention AS MATERIALIZED (
    FROM core.meeting_mention WHERE (partition_day, report_id) IN (FROM touched)
),
led AS (
    SELECT
        mention.*,
        row_number() OVER (
            PARTITION BY mention.meeting_id
            ORDER BY mention.confidence DESC, article.published_at NULLS LAST, mention.article_id, mention.ordinal
        ) AS lead_rank
    FROM mention JOIN core.article AS article USING (partition_day, article_id)
)
SELECT
    *,
    row_number() OVER (
        PARTITION BY meeting_id
        ORDER BY list_position(['day', 'week', 'month', 'year', 'none'], date_precision), lead_rank
    ) AS date_rank,
    row_number() OVER (PARTITION BY meeting_id ORDER BY mode IS NULL, lead_rank) AS coding_rank
FROM led;

INSERT INTO core.meeting BY NAME
WITH derived AS (
    SELECT
        meeting_id,
        min_by(report_id, lead_rank) AS lead_report_id,
        count(*) AS report_count,
        min_by(
            {event_type: event_type, cameo_code: cameo_code, mode: mode, plover_mode: plover_mode}, coding_rank
        ) AS coding,
        coalesce(min_by(format, lead_rank) FILTER (format <> 'unknown'), 'unknown') AS format,
        CASE WHEN bool_or(status = 'held') THEN 'held' ELSE min_by(status, lead_rank) END AS status,
        bool_and(is_historical) AS is_historical,
        min_by(
            {
                start_date: start_date, end_date: end_date, date_precision: date_precision, date_text: date_text
            },
            date_rank
        ) AS dating,
        min_by(
            {
                place_hi: place_hi, place_entity_id: place_entity_id, place_en: place_en, place_kind: place_kind,
                place_country_code: place_country_code, place_admin1: place_admin1,
                place_geonames_id: place_geonames_id, place_latitude: place_latitude,
                place_longitude: place_longitude, location_method: location_method
            },
            lead_rank
        ) FILTER (place_hi IS NOT NULL) AS place,
        min_by(occasion_hi, lead_rank) FILTER (occasion_hi IS NOT NULL) AS occasion_hi,
        max(confidence) AS confidence,
        min_by({coder: coder, coder_version: coder_version, codebook: codebook}, lead_rank) AS coded_by
    FROM ranked_report
    GROUP BY meeting_id
)
SELECT derived.* EXCLUDE (coding, dating, place, coded_by), coding.*, dating.*, place.*, coded_by.*, planned_meeting_id
FROM derived LEFT JOIN planned_link USING (meeting_id)
ORDER BY meeting_id;

INSERT INTO core.meeting_participant (
    meeting_id, participant_number, entity_id, role, side, report_count
)
WITH united AS (
    SELECT
        report.meeting_id,
        participant.entity_id,
        min_by(participant.role, report.lead_rank) AS role,
        max(participant.side) FILTER (report.lead_rank = 1) AS side,
        count(*) AS report_count,
        min((report.lead_rank, participant.participant_number)) AS first_seen
    FROM ranked_report AS report
    JOIN core.meeting_mention_participant AS participant USING (partition_day, report_id)
    GROUP BY report.meeting_id, participant.entity_id
)
SELECT
    meeting_id,
    row_number() OVER (PARTITION BY meeting_id ORDER BY first_seen) - 1,
    entity_id, role, side, report_count
FROM united
ORDER BY meeting_id, first_seen;
