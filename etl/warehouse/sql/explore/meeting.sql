-- One meeting: its merged reports, with the names of its codes.
SELECT
    meeting.*,
    lead.event_type,
    lead.cameo_code,
    CASE WHEN lead.date_text = meeting.date_text THEN lead.anchor_date END AS anchor_date,
    coalesce(place.name_en, place.name_latin) AS place_latin,
    cameo.name AS cameo_name,
    cameo.goldstein,
    plover.name AS plover_name,
    plover.plover_score
FROM out.meeting_index AS meeting
JOIN out.meeting_report AS lead ON lead.report_id = meeting.lead_report_id
LEFT JOIN out.entity AS place ON place.entity_id = meeting.place_entity_id
LEFT JOIN out.event_code AS cameo ON cameo.code_system = 'CAMEO' AND cameo.code = lead.cameo_code
LEFT JOIN out.event_code AS plover
    ON plover.code_system = 'PLOVER' AND plover.code = lead.event_type AND plover.mode IS NULL
WHERE meeting.meeting_id = $meeting
