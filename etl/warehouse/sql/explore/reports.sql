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
WHERE report.meeting_id = $meeting
ORDER BY article.published_at NULLS LAST, report.report_id
LIMIT $limit --? limit
