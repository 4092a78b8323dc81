-- read by: the Explorer
CREATE VIEW out.meeting_report AS
SELECT
    report.meeting_id,
    report.report_id,
    report.article_id,
    report.partition_day,
    report.ordinal,
    report.event_type,
    report.cameo_code,
    report.mode,
    report.format,
    report.status,
    report.is_historical,
    report.start_date,
    report.end_date,
    report.date_precision,
    report.date_text,
    report.date_method,
    report.anchor_date,
    report.place_hi,
    report.place_method,
    report.occasion_hi,
    report.sentence_number,
    report.evidence_start_char,
    report.evidence_end_char,
    report.trigger_text,
    report.rules,
    report.confidence,
    report.coder_version,
    report.codebook,
    report.place_en,
    report.place_kind,
    report.place_country_code,
    report.place_admin1,
    report.place_geonames_id,
    report.place_latitude,
    report.place_longitude,
    report.location_method
FROM core.meeting_mention AS report;

COMMENT ON VIEW out.meeting_report IS 'Reports: how each article reports a meeting, with the rules that read its date and place. One row per report; the sentence is in out.article.text.';
COMMENT ON COLUMN out.meeting_report.meeting_id IS 'out.meeting.meeting_id.';
COMMENT ON COLUMN out.meeting_report.report_id IS 'Key: the report.';
COMMENT ON COLUMN out.meeting_report.article_id IS 'out.article.article_id.';
COMMENT ON COLUMN out.meeting_report.partition_day IS 'Partition of the article, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN out.meeting_report.ordinal IS 'Number of the report in the article, counted from 0.';
COMMENT ON COLUMN out.meeting_report.event_type IS 'PLOVER event type: CONSULT, AGREE, REQUEST, REJECT or SANCTION.';
COMMENT ON COLUMN out.meeting_report.cameo_code IS 'CAMEO 1.1b3 code as text.';
COMMENT ON COLUMN out.meeting_report.mode IS 'visit, phone, third-party or multilateral; null when not reported.';
COMMENT ON COLUMN out.meeting_report.format IS 'bilateral, multilateral or unknown.';
COMMENT ON COLUMN out.meeting_report.status IS 'Status in this report.';
COMMENT ON COLUMN out.meeting_report.is_historical IS 'Whether this article gives it as background.';
COMMENT ON COLUMN out.meeting_report.start_date IS 'First day in this report, inclusive; null when it gives no time expression.';
COMMENT ON COLUMN out.meeting_report.end_date IS 'Last day in this report, inclusive.';
COMMENT ON COLUMN out.meeting_report.date_precision IS 'day, week, month, year or none.';
COMMENT ON COLUMN out.meeting_report.date_text IS 'The time expression, verbatim; null when there is none.';
COMMENT ON COLUMN out.meeting_report.date_method IS 'The rule that read the expression; none without one.';
COMMENT ON COLUMN out.meeting_report.anchor_date IS 'The day from which a relative expression is counted; null when it is not known.';
COMMENT ON COLUMN out.meeting_report.place_hi IS 'Place in this report, verbatim; null when not reported.';
COMMENT ON COLUMN out.meeting_report.place_method IS 'The rule that found the place; none without one.';
COMMENT ON COLUMN out.meeting_report.occasion_hi IS 'The event that the meeting is part of, verbatim; null when not reported.';
COMMENT ON COLUMN out.meeting_report.sentence_number IS 'Number of the reporting sentence in the article, counted from 0.';
COMMENT ON COLUMN out.meeting_report.evidence_start_char IS 'First code point of the sentence in out.article.text, counted from 0.';
COMMENT ON COLUMN out.meeting_report.evidence_end_char IS 'One past its last code point.';
COMMENT ON COLUMN out.meeting_report.trigger_text IS 'The word that signals the meeting, verbatim.';
COMMENT ON COLUMN out.meeting_report.rules IS 'The rules that produced the report: trigger=…;status=…;participants=….';
COMMENT ON COLUMN out.meeting_report.confidence IS 'Confidence of the coder, 0 to 1.';
COMMENT ON COLUMN out.meeting_report.coder_version IS 'Versions of its code, lexicon and models.';
COMMENT ON COLUMN out.meeting_report.codebook IS 'Codebook that the coder follows.';
COMMENT ON COLUMN out.meeting_report.place_en IS 'English name of the city, state or country that the place means or is in, such as New Delhi for हैदराबाद हाउस; null where it is not settled.';
COMMENT ON COLUMN out.meeting_report.place_kind IS 'city, state or country; null where it is not settled.';
COMMENT ON COLUMN out.meeting_report.place_country_code IS 'ISO 3166-1 alpha-3 of the country of the place; null where it is not settled.';
COMMENT ON COLUMN out.meeting_report.place_admin1 IS 'English name of its state or province; null for countries and where it is not known.';
COMMENT ON COLUMN out.meeting_report.place_geonames_id IS 'GeoNames id of that city; null for states, countries and where it is not settled.';
COMMENT ON COLUMN out.meeting_report.place_latitude IS 'Degrees north of that city, WGS 84; null for states, countries and where it is not settled.';
COMMENT ON COLUMN out.meeting_report.place_longitude IS 'Degrees east of that city, WGS 84; null for states, countries and where it is not settled.';
COMMENT ON COLUMN out.meeting_report.location_method IS 'The rule that located it: country, state, shared_name, city_name, building, home_building, building_in_city, capital, only_city, article_country, article_state, population or transliteration (etl/domain/place.py); null where it is not settled.';
