-- read by: the Explorer
CREATE VIEW out.meeting_participant AS
SELECT
    participant.meeting_id,
    participant.participant_number,
    participant.role,
    participant.side,
    participant.report_count,
    participant.entity_id,
    entity.kind,
    entity.name_hi,
    entity.name_latin,
    entity.name_en,
    entity.country_code
FROM core.meeting_participant AS participant
JOIN core.entity AS entity USING (entity_id);

COMMENT ON VIEW out.meeting_participant IS 'Who took part: one row per meeting and participant.';
COMMENT ON COLUMN out.meeting_participant.meeting_id IS 'out.meeting.meeting_id.';
COMMENT ON COLUMN out.meeting_participant.participant_number IS 'Number of the participant, counted from 0: those of the most confident report come first.';
COMMENT ON COLUMN out.meeting_participant.role IS 'actor, recipient (host of a visit), host, mediator or attendee.';
COMMENT ON COLUMN out.meeting_participant.side IS '1 or 2 where the lead report distinguishes two sides; null otherwise.';
COMMENT ON COLUMN out.meeting_participant.report_count IS 'Number of reports that name it.';
COMMENT ON COLUMN out.meeting_participant.entity_id IS 'out.entity.entity_id.';
COMMENT ON COLUMN out.meeting_participant.kind IS 'PER, ORG or LOC.';
COMMENT ON COLUMN out.meeting_participant.name_hi IS 'Canonical Hindi name.';
COMMENT ON COLUMN out.meeting_participant.name_latin IS 'ASCII reading of the name.';
COMMENT ON COLUMN out.meeting_participant.name_en IS 'Usual English name; null where not known.';
COMMENT ON COLUMN out.meeting_participant.country_code IS 'ISO 3166-1 alpha-3; null where not known.';
