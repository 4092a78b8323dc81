-- read by: analysts
-- A contract with outside tools: the names, types and meanings of these columns never change; new columns are added at the end.
CREATE VIEW out.reported_meeting AS
SELECT
    article.url AS article_url,
    mention.meeting_id,
    mention.status,
    mention.format,
    mention.mode,
    mention.start_date,
    mention.end_date,
    mention.place_hi,
    named.participants,
    mention.place_en,
    mention.place_geonames_id,
    mention.place_latitude,
    mention.place_longitude
FROM core.meeting_mention AS mention
JOIN core.article AS article USING (partition_day, article_id)
JOIN (
    SELECT
        report_id,
        list(
            {name_hi: entity.name_hi, mention_text: participant.mention_text, kind: entity.kind}
            ORDER BY participant.participant_number
        ) AS participants
    FROM core.meeting_mention_participant AS participant
    JOIN core.entity AS entity USING (entity_id)
    GROUP BY report_id
) AS named USING (report_id);

COMMENT ON VIEW out.reported_meeting IS 'CONTRACT with outside tools: one row per article and meeting that it reports, with the values of that article''s own report.';
COMMENT ON COLUMN out.reported_meeting.article_url IS 'The article''s URL exactly as the source gave it.';
COMMENT ON COLUMN out.reported_meeting.meeting_id IS 'The meeting; equal in all reports of one meeting.';
COMMENT ON COLUMN out.reported_meeting.status IS 'held, ongoing, planned, requested, refused, postponed or cancelled.';
COMMENT ON COLUMN out.reported_meeting.format IS 'bilateral, multilateral or unknown.';
COMMENT ON COLUMN out.reported_meeting.mode IS 'visit, phone, third-party or multilateral; null when not reported.';
COMMENT ON COLUMN out.reported_meeting.start_date IS 'First day, inclusive; null when the article gives no time expression.';
COMMENT ON COLUMN out.reported_meeting.end_date IS 'Last day, inclusive; equal to start_date for one day.';
COMMENT ON COLUMN out.reported_meeting.place_hi IS 'Place, verbatim; null when not reported.';
COMMENT ON COLUMN out.reported_meeting.participants IS 'Who took part: name_hi canonical Hindi name, mention_text the fullest form in this article (verbatim, no titles), kind PER, ORG or LOC.';
COMMENT ON COLUMN out.reported_meeting.place_en IS 'English name of the city, state or country that the place means or is in, such as New Delhi for हैदराबाद हाउस; null where it is not settled.';
COMMENT ON COLUMN out.reported_meeting.place_geonames_id IS 'GeoNames id of that city; null for states, countries and where it is not settled.';
COMMENT ON COLUMN out.reported_meeting.place_latitude IS 'Degrees north of that city, WGS 84; null for states, countries and where it is not settled.';
COMMENT ON COLUMN out.reported_meeting.place_longitude IS 'Degrees east of that city, WGS 84; null for states, countries and where it is not settled.';
