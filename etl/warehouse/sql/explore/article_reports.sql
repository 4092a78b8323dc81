-- Meetings that an article reports, with the offsets of the evidence.
SELECT
    meeting_id, status, evidence_start_char, evidence_end_char, trigger_text, start_date, end_date,
    date_precision, date_text, place_hi
FROM out.meeting_report
WHERE article_id = $article
ORDER BY evidence_start_char, ordinal
