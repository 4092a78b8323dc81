-- Participants of a meeting with their roles, and the offices they hold on that day according to the gazetteer.
SELECT
    participant.participant_number,
    participant.entity_id,
    participant.name_hi,
    coalesce(participant.name_en, participant.name_latin) AS name_latin,
    participant.kind,
    participant.country_code,
    participant.role,
    participant.side,
    participant.report_count,
    list(office.office_hi ORDER BY office.office_hi) FILTER (office.office_hi IS NOT NULL) AS offices
FROM out.meeting_participant AS participant
JOIN out.meeting_index AS meeting USING (meeting_id)
LEFT JOIN out.entity_office AS office
    ON office.entity_id = participant.entity_id
    AND meeting.listed_date BETWEEN coalesce(office.valid_from, DATE '0001-01-01')
        AND coalesce(office.valid_to, DATE '9999-12-31')
WHERE participant.meeting_id = $meeting
GROUP BY ALL
ORDER BY participant.participant_number
