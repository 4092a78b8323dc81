-- severity: block
-- says: a value outside its closed list
WITH report AS (
    FROM core.meeting_mention WHERE $partition_day IS NULL OR partition_day = $partition_day
)
SELECT 'status' AS column_name, status AS value, article_id FROM report
WHERE status NOT IN ('held', 'ongoing', 'planned', 'requested', 'refused', 'postponed', 'cancelled')
UNION ALL
SELECT 'format', format, article_id FROM report
WHERE format NOT IN ('bilateral', 'multilateral', 'unknown')
UNION ALL
SELECT 'mode', mode, article_id FROM report
WHERE mode NOT IN ('visit', 'phone', 'third-party', 'multilateral')
UNION ALL
SELECT 'plover_mode', plover_mode, article_id FROM report
WHERE plover_mode NOT IN ('visit', 'phone', 'third-party', 'multilateral', 'meet', 'withdraw')
UNION ALL
SELECT 'event_type', event_type, article_id FROM report
WHERE event_type NOT IN (SELECT code FROM core.event_type WHERE code_system = 'PLOVER')
UNION ALL
SELECT 'cameo_code', cameo_code, article_id FROM report
WHERE cameo_code NOT IN (SELECT code FROM core.event_type WHERE code_system = 'CAMEO')
UNION ALL
SELECT 'date_precision', date_precision, article_id FROM report
WHERE date_precision NOT IN ('day', 'week', 'month', 'year', 'none')
UNION ALL
SELECT 'confidence', confidence::VARCHAR, article_id FROM report
WHERE confidence NOT BETWEEN 0 AND 1
UNION ALL
SELECT 'kind', kind, article_id FROM core.article_entity
WHERE ($partition_day IS NULL OR partition_day = $partition_day) AND kind NOT IN ('PER', 'ORG', 'LOC')
UNION ALL
SELECT 'role', role, NULL FROM core.meeting_mention_participant
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND role NOT IN ('actor', 'recipient', 'host', 'mediator', 'attendee')
UNION ALL
SELECT 'side', side::VARCHAR, NULL FROM core.meeting_mention_participant
WHERE ($partition_day IS NULL OR partition_day = $partition_day) AND side NOT IN (1, 2)
UNION ALL
SELECT 'context_code', context_code, NULL FROM core.meeting_context
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND context_code NOT IN (
        'military', 'intelligence', 'executive', 'legislative', 'election', 'political_institutions',
        'pro_democracy', 'pro_autocracy', 'economic', 'legal', 'reparations', 'human_rights', 'rights_freedoms',
        'repression', 'human_security', 'gender', 'lgbt', 'religion_ethnicity', 'inequality', 'diplomatic',
        'territory', 'peacekeeping', 'health', 'asylum', 'migration', 'disasters', 'natural_resource',
        'environment', 'technology', 'terrorism', 'cbrn', 'cyber', 'misinformation', 'crime', 'corruption',
        'illegal_drugs', 'trafficking'
    )
UNION ALL
SELECT 'level', level, NULL FROM core.meeting_context
WHERE ($partition_day IS NULL OR partition_day = $partition_day) AND level NOT IN ('sentence', 'article')
UNION ALL
SELECT 'reason', reason, NULL FROM meta.rejected_article
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND reason NOT IN (
        'bad_json', 'bad_record', 'bad_published_at', 'no_text', 'too_short', 'not_hindi', 'legacy_font',
        'duplicate_url', 'bad_file', 'unreadable', 'too_costly', 'too_long', 'not_html', 'paywalled', 'video_page', 'bad_url', 'address_refused',
        'robots_denied', 'bad_redirect', 'not_found', 'http_error', 'too_large', 'unreachable'
    );
