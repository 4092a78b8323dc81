-- Meetings that an article reports, with the offsets of the evidence and who met.
SELECT
    report.meeting_id, report.status, meeting.mode, report.evidence_start_char, report.evidence_end_char,
    report.trigger_text, report.start_date, report.end_date, report.date_precision, report.date_text,
    report.place_hi, coalesce(place.name_en, place.name_latin) AS place_latin, participant.participants
FROM out.meeting_report AS report
JOIN out.meeting_index AS meeting USING (meeting_id)
JOIN (
    SELECT
        meeting_id,
        list(
            {
                entity_id: entity_id, name_hi: name_hi, name_latin: coalesce(name_en, name_latin),
                country_code: country_code, role: role, side: side
            }
            ORDER BY participant_number
        ) AS participants
    FROM out.meeting_participant
    WHERE meeting_id IN (SELECT meeting_id FROM out.meeting_report WHERE article_id = $article)
    GROUP BY meeting_id
) AS participant USING (meeting_id)
LEFT JOIN out.entity AS place ON place.entity_id = meeting.place_entity_id
WHERE report.article_id = $article
ORDER BY report.evidence_start_char, report.ordinal
