-- also recorded as: 6bf761e120dee2a94077b7f58ceeec07272963f8880e90f71212c1ff436cb214
-- Meetings: the reports of each article (meeting_mention…), and the events derived from the reports (meeting…).
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

CREATE TABLE core.meeting_mention_participant (
    partition_day VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    participant_number INTEGER NOT NULL,
    entity_id VARCHAR NOT NULL,
    mention_text VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    side INTEGER
);

CREATE TABLE core.meeting_context (
    partition_day VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    context_code VARCHAR NOT NULL,
    level VARCHAR NOT NULL
);

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

CREATE TABLE core.meeting_participant (
    meeting_id VARCHAR NOT NULL,
    participant_number INTEGER NOT NULL,
    entity_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    side INTEGER,
    report_count BIGINT NOT NULL
);

CREATE TABLE core.meeting_alias (
    former_meeting_id VARCHAR NOT NULL,
    meeting_id VARCHAR,
    run_key VARCHAR NOT NULL
);
