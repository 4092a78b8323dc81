-- Meetings: what each article reports (meeting_mention…), and the events derived from the reports (meeting…).
CREATE TABLE core.meeting_mention (
    partition_day VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    meeting_id VARCHAR,
    event_type VARCHAR NOT NULL,
    cameo_code VARCHAR NOT NULL,
    mode VARCHAR,
    plover_mode VARCHAR,
    format VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    is_historical BOOLEAN NOT NULL,
    start_date DATE,
    end_date DATE,
    date_precision VARCHAR NOT NULL,
    date_text VARCHAR,
    date_method VARCHAR NOT NULL,
    anchor_date DATE,
    place_hi VARCHAR,
    place_entity_id VARCHAR,
    place_method VARCHAR NOT NULL,
    occasion_hi VARCHAR,
    sentence_number INTEGER NOT NULL,
    evidence_start_char INTEGER NOT NULL,
    evidence_end_char INTEGER NOT NULL,
    trigger_text VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    rules VARCHAR NOT NULL,
    coder VARCHAR NOT NULL,
    coder_version VARCHAR NOT NULL,
    codebook VARCHAR NOT NULL
);
COMMENT ON TABLE core.meeting_mention IS 'Reports: one article''s account of one meeting, in full and in its own values. Key: report_id.';
COMMENT ON COLUMN core.meeting_mention.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.meeting_mention.report_id IS 'Key: hash of article_id and ordinal.';
COMMENT ON COLUMN core.meeting_mention.article_id IS 'core.article.article_id.';
COMMENT ON COLUMN core.meeting_mention.ordinal IS '0, 1, … among the article''s reports, by first evidence.';
COMMENT ON COLUMN core.meeting_mention.meeting_id IS 'core.meeting.meeting_id: the event this report was linked to; null never passes the audit.';
COMMENT ON COLUMN core.meeting_mention.event_type IS 'PLOVER event type: CONSULT (held, ongoing), AGREE (planned, postponed), REQUEST, REJECT or SANCTION (cancelled, broken off).';
COMMENT ON COLUMN core.meeting_mention.cameo_code IS 'CAMEO 1.1b3 code as text, such as 042; core.event_type names it.';
COMMENT ON COLUMN core.meeting_mention.mode IS 'PLOVER CONSULT mode: visit, phone (any remote medium), third-party or multilateral; null when not told.';
COMMENT ON COLUMN core.meeting_mention.plover_mode IS 'PLOVER''s own mode where its type has one (meet, withdraw), else mode; null when not told.';
COMMENT ON COLUMN core.meeting_mention.format IS 'bilateral (two sides), multilateral (three or more, or an IGO frame) or unknown. Our extension.';
COMMENT ON COLUMN core.meeting_mention.status IS 'held, ongoing, planned, requested, refused, postponed or cancelled.';
COMMENT ON COLUMN core.meeting_mention.is_historical IS 'Whether this article tells it as background, such as मार्च में हुई आखिरी मुलाकात.';
COMMENT ON COLUMN core.meeting_mention.start_date IS 'First day, inclusive; null when no time expression is given (the publication date is not an event date).';
COMMENT ON COLUMN core.meeting_mention.end_date IS 'Last day, inclusive; equal to start_date for one day; null with start_date.';
COMMENT ON COLUMN core.meeting_mention.date_precision IS 'day, week (Monday to Sunday), month, year or none.';
COMMENT ON COLUMN core.meeting_mention.date_text IS 'The time expression, verbatim, such as गुरुवार को; null when there is none.';
COMMENT ON COLUMN core.meeting_mention.date_method IS 'The rule that read the expression; none without one.';
COMMENT ON COLUMN core.meeting_mention.anchor_date IS 'What a relative expression was counted from; null when it is not known.';
COMMENT ON COLUMN core.meeting_mention.place_hi IS 'Place, verbatim, such as गोवा; null when not told.';
COMMENT ON COLUMN core.meeting_mention.place_entity_id IS 'core.place.place_id; null when the place is not resolved.';
COMMENT ON COLUMN core.meeting_mention.place_method IS 'The rule that found the place; none without one.';
COMMENT ON COLUMN core.meeting_mention.occasion_hi IS 'The frame it took place in, such as एससीओ शिखर सम्मेलन; null when not told.';
COMMENT ON COLUMN core.meeting_mention.sentence_number IS 'core.sentence.sentence_number of the reporting sentence.';
COMMENT ON COLUMN core.meeting_mention.evidence_start_char IS 'First code point of the evidence in core.article.text, counted from 0.';
COMMENT ON COLUMN core.meeting_mention.evidence_end_char IS 'One past its last code point.';
COMMENT ON COLUMN core.meeting_mention.trigger_text IS 'The word that gave the meeting away, verbatim, such as मुलाकात.';
COMMENT ON COLUMN core.meeting_mention.confidence IS '0 to 1: how sure the coder is.';
COMMENT ON COLUMN core.meeting_mention.rules IS 'Rules that decided: trigger=…;status=…;participants=….';
COMMENT ON COLUMN core.meeting_mention.coder IS 'Program that coded it.';
COMMENT ON COLUMN core.meeting_mention.coder_version IS 'Versions of its code, lexicon and models.';
COMMENT ON COLUMN core.meeting_mention.codebook IS 'Codebook it follows.';

CREATE TABLE core.meeting_mention_participant (
    partition_day VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    participant_number INTEGER NOT NULL,
    entity_id VARCHAR NOT NULL,
    mention_text VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    side INTEGER
);
COMMENT ON TABLE core.meeting_mention_participant IS 'Who took part, according to one report. Key: report_id, entity_id.';
COMMENT ON COLUMN core.meeting_mention_participant.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.meeting_mention_participant.report_id IS 'core.meeting_mention.report_id.';
COMMENT ON COLUMN core.meeting_mention_participant.participant_number IS 'Counted from 0 in the report, in the order of the text.';
COMMENT ON COLUMN core.meeting_mention_participant.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.meeting_mention_participant.mention_text IS 'The fullest form in this article, verbatim, without titles.';
COMMENT ON COLUMN core.meeting_mention_participant.role IS 'actor, recipient (host of a visit), host, mediator or attendee.';
COMMENT ON COLUMN core.meeting_mention_participant.side IS '1 or 2 where the report tells two sides apart; null otherwise.';

CREATE TABLE core.meeting_context (
    partition_day VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    context_code VARCHAR NOT NULL,
    level VARCHAR NOT NULL
);
COMMENT ON TABLE core.meeting_context IS 'What a report''s meeting was about, in PLOVER''s contexts. Key: report_id, context_code, level.';
COMMENT ON COLUMN core.meeting_context.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.meeting_context.report_id IS 'core.meeting_mention.report_id.';
COMMENT ON COLUMN core.meeting_context.context_code IS 'PLOVER context, such as diplomatic or military.';
COMMENT ON COLUMN core.meeting_context.level IS 'sentence where the reporting sentence tells it, article where only the article does.';

CREATE TABLE core.meeting (
    meeting_id VARCHAR NOT NULL,
    lead_report_id VARCHAR NOT NULL,
    report_count BIGINT NOT NULL,
    planned_meeting_id VARCHAR,
    event_type VARCHAR NOT NULL,
    cameo_code VARCHAR NOT NULL,
    mode VARCHAR,
    plover_mode VARCHAR,
    format VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    is_historical BOOLEAN NOT NULL,
    start_date DATE,
    end_date DATE,
    date_precision VARCHAR NOT NULL,
    date_text VARCHAR,
    place_hi VARCHAR,
    place_entity_id VARCHAR,
    occasion_hi VARCHAR,
    confidence DOUBLE NOT NULL,
    coder VARCHAR NOT NULL,
    coder_version VARCHAR NOT NULL,
    codebook VARCHAR NOT NULL
);
COMMENT ON TABLE core.meeting IS 'Events: each meeting once, derived from its reports; two reports of one article are never one meeting. Lead order = most confident report first, then the earlier.';
COMMENT ON COLUMN core.meeting.meeting_id IS 'Key: hash of its earliest report by (published_at, article_id, ordinal). An id that changes stays resolvable in core.meeting_alias.';
COMMENT ON COLUMN core.meeting.lead_report_id IS 'core.meeting_mention.report_id of its most confident report (ties: the earlier); the source of every value not said otherwise.';
COMMENT ON COLUMN core.meeting.report_count IS 'How many reports, each of another article.';
COMMENT ON COLUMN core.meeting.planned_meeting_id IS 'core.meeting.meeting_id of the planned meeting that this held one fulfilled; null when none was announced.';
COMMENT ON COLUMN core.meeting.event_type IS 'PLOVER event type: CONSULT (held, ongoing), AGREE (planned, postponed), REQUEST, REJECT or SANCTION (cancelled, broken off).';
COMMENT ON COLUMN core.meeting.cameo_code IS 'CAMEO 1.1b3 code as text, such as 042; core.event_type names it. From the first report in lead order that tells a mode, else the lead report.';
COMMENT ON COLUMN core.meeting.mode IS 'PLOVER CONSULT mode: visit, phone (any remote medium), third-party or multilateral; null when no report tells it. From the same report as cameo_code.';
COMMENT ON COLUMN core.meeting.plover_mode IS 'PLOVER''s own mode where its type has one (meet, withdraw), else mode; null when not told. From the same report as cameo_code.';
COMMENT ON COLUMN core.meeting.format IS 'bilateral (two sides), multilateral (three or more, or an IGO frame) or unknown. Our extension. First report in lead order that does not say unknown.';
COMMENT ON COLUMN core.meeting.status IS 'held, ongoing, planned, requested, refused, postponed or cancelled. held where any report says so, else ongoing; other statuses are never mixed in one meeting.';
COMMENT ON COLUMN core.meeting.is_historical IS 'Whether every report tells it as background.';
COMMENT ON COLUMN core.meeting.start_date IS 'First day, inclusive; null when no time expression is given (the publication date is not an event date). Dates come together from the most precise report.';
COMMENT ON COLUMN core.meeting.end_date IS 'Last day, inclusive; equal to start_date for one day; null with start_date.';
COMMENT ON COLUMN core.meeting.date_precision IS 'day, week (Monday to Sunday), month, year or none.';
COMMENT ON COLUMN core.meeting.date_text IS 'The time expression, verbatim, such as गुरुवार को; null when there is none.';
COMMENT ON COLUMN core.meeting.place_hi IS 'Place, verbatim, such as गोवा; null when not told. Place comes from the first report in lead order that tells one.';
COMMENT ON COLUMN core.meeting.place_entity_id IS 'core.place.place_id; null when the place is not resolved.';
COMMENT ON COLUMN core.meeting.occasion_hi IS 'The frame it took place in, such as एससीओ शिखर सम्मेलन; null when not told. First report in lead order that tells it.';
COMMENT ON COLUMN core.meeting.confidence IS '0 to 1: the highest confidence among its reports.';
COMMENT ON COLUMN core.meeting.coder IS 'Program that coded it.';
COMMENT ON COLUMN core.meeting.coder_version IS 'Versions of its code, lexicon and models.';
COMMENT ON COLUMN core.meeting.codebook IS 'Codebook it follows.';

CREATE TABLE core.meeting_participant (
    meeting_id VARCHAR NOT NULL,
    participant_number INTEGER NOT NULL,
    entity_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    side INTEGER,
    report_count BIGINT NOT NULL
);
COMMENT ON TABLE core.meeting_participant IS 'Who took part in a meeting, according to all its reports together. Key: meeting_id, entity_id.';
COMMENT ON COLUMN core.meeting_participant.meeting_id IS 'core.meeting.meeting_id.';
COMMENT ON COLUMN core.meeting_participant.participant_number IS 'Counted from 0, in the order of the first report that names it, in lead order.';
COMMENT ON COLUMN core.meeting_participant.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.meeting_participant.role IS 'Role in the first report that names it, in lead order: actor, recipient, host, mediator or attendee.';
COMMENT ON COLUMN core.meeting_participant.side IS '1 or 2 where the lead report tells two sides apart; null otherwise.';
COMMENT ON COLUMN core.meeting_participant.report_count IS 'How many reports name it.';

CREATE TABLE core.meeting_alias (
    former_meeting_id VARCHAR NOT NULL,
    meeting_id VARCHAR,
    run_key VARCHAR NOT NULL
);
COMMENT ON TABLE core.meeting_alias IS 'Ids of meetings that are no more, so that a noted id stays resolvable. This table is history: it depends on the order of loading.';
COMMENT ON COLUMN core.meeting_alias.former_meeting_id IS 'Key: an id that core.meeting once had.';
COMMENT ON COLUMN core.meeting_alias.meeting_id IS 'core.meeting.meeting_id that holds most of its reports now; null when no report is left.';
COMMENT ON COLUMN core.meeting_alias.run_key IS 'The run that changed it last.';
