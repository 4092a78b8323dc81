-- read by: analysts
CREATE VIEW out.planned_versus_held AS
SELECT
    planned.meeting_id AS planned_meeting_id,
    planned.participants,
    planned.status AS planned_status,
    planned.start_date AS planned_start_date,
    planned.end_date AS planned_end_date,
    planned.place_hi AS planned_place_hi,
    planned.evidence_text AS planned_evidence_text,
    planned.published_date AS announced_date,
    held.meeting_id AS held_meeting_id,
    held.start_date AS held_start_date,
    held.end_date AS held_end_date,
    held.place_hi AS held_place_hi,
    held.evidence_text AS held_evidence_text,
    held.start_date - planned.start_date AS days_late,
    CASE
        WHEN held.meeting_id IS NOT NULL THEN 'held'
        WHEN planned.status IN ('refused', 'cancelled', 'postponed') THEN planned.status
        WHEN planned.end_date < (SELECT max(anchor_date) FROM core.article) THEN 'not reported'
        ELSE 'open'
    END AS outcome
FROM out.meeting AS planned
LEFT JOIN out.meeting AS held ON held.planned_meeting_id = planned.meeting_id
WHERE planned.status IN ('planned', 'requested', 'refused', 'postponed', 'cancelled') AND NOT planned.is_historical;

COMMENT ON VIEW out.planned_versus_held IS 'Outcomes of announced meetings: one row per announced meeting and held meeting that fulfilled it.';
COMMENT ON COLUMN out.planned_versus_held.planned_meeting_id IS 'The announced meeting: out.meeting.meeting_id.';
COMMENT ON COLUMN out.planned_versus_held.participants IS 'Who was to take part, as in out.meeting.';
COMMENT ON COLUMN out.planned_versus_held.planned_status IS 'planned, requested, refused, postponed or cancelled.';
COMMENT ON COLUMN out.planned_versus_held.planned_start_date IS 'First day it was announced for; null when not reported.';
COMMENT ON COLUMN out.planned_versus_held.planned_end_date IS 'Last day it was announced for; null when not reported.';
COMMENT ON COLUMN out.planned_versus_held.planned_place_hi IS 'Announced place, verbatim; null when not reported.';
COMMENT ON COLUMN out.planned_versus_held.planned_evidence_text IS 'The Hindi sentence that announces it.';
COMMENT ON COLUMN out.planned_versus_held.announced_date IS 'Day in India on which the article with that sentence was published; null when not known.';
COMMENT ON COLUMN out.planned_versus_held.held_meeting_id IS 'The held meeting that fulfilled it; null where none is reported.';
COMMENT ON COLUMN out.planned_versus_held.held_start_date IS 'Its first day; null when not reported.';
COMMENT ON COLUMN out.planned_versus_held.held_end_date IS 'Its last day; null when not reported.';
COMMENT ON COLUMN out.planned_versus_held.held_place_hi IS 'Where it was held, verbatim; null when not reported.';
COMMENT ON COLUMN out.planned_versus_held.held_evidence_text IS 'The Hindi sentence that reports it as held.';
COMMENT ON COLUMN out.planned_versus_held.days_late IS 'Days from the announced first day to the actual one, negative where the meeting was earlier; null where either is not reported.';
COMMENT ON COLUMN out.planned_versus_held.outcome IS 'held; refused, postponed or cancelled as reported last; not reported (its last day is before the newest article, and no article reports it as held); open.';
