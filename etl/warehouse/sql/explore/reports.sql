-- Reports of a meeting: the sentence, how its date and place were read, and the article.
SELECT
    report.report_id,
    report.article_id,
    article.title AS article_title,
    article.source_name,
    article.published_at,
    article.canonical_article_id,
    report.sentence_number,
    substr(article.text, report.evidence_start_char + 1, report.evidence_end_char - report.evidence_start_char)
        AS evidence_text,
    report.trigger_text,
    mention.mentions,
    report.status,
    report.is_historical,
    report.date_text,
    report.date_method,
    report.date_precision,
    report.anchor_date,
    report.start_date,
    report.end_date,
    report.place_hi,
    report.place_method,
    report.rules,
    report.confidence,
    report.coder_version
FROM out.meeting_report AS report
JOIN out.article AS article USING (partition_day, article_id)
LEFT JOIN (
    SELECT
        own.report_id,
        list(
            {
                start_char: mention.start_char - own.evidence_start_char,
                end_char: mention.end_char - own.evidence_start_char,
                entity_id: mention.entity_id, kind: mention.kind,
                name_latin: coalesce(mention.name_en, mention.name_latin)
            }
            ORDER BY mention.start_char
        ) AS mentions
    FROM out.article_mention AS mention
    JOIN (SELECT * FROM out.meeting_report WHERE meeting_id = $meeting) AS own
        ON own.partition_day = mention.partition_day AND own.article_id = mention.article_id
        AND mention.start_char >= own.evidence_start_char AND mention.end_char <= own.evidence_end_char
    WHERE mention.article_id IN (SELECT article_id FROM out.meeting_report WHERE meeting_id = $meeting)
    GROUP BY own.report_id
) AS mention ON mention.report_id = report.report_id
WHERE report.meeting_id = $meeting
ORDER BY article.published_at NULLS LAST, report.report_id
LIMIT $limit --? limit
