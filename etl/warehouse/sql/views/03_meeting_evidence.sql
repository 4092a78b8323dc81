-- read by: analysts
CREATE VIEW out.meeting_evidence AS
SELECT
    mention.meeting_id,
    mention.report_id,
    article.url AS article_url,
    article.title AS article_title,
    source.source_name,
    article.published_at,
    mention.sentence_number,
    mention.evidence_start_char,
    mention.evidence_end_char,
    substr(article.text, mention.evidence_start_char + 1, mention.evidence_end_char - mention.evidence_start_char)
        AS evidence_text,
    mention.trigger_text,
    mention.status,
    mention.date_text,
    mention.start_date,
    mention.end_date,
    mention.place_hi,
    mention.rules,
    mention.confidence,
    mention.coder,
    mention.coder_version,
    mention.codebook
FROM core.meeting_mention AS mention
JOIN core.article AS article USING (partition_day, article_id)
JOIN core.source AS source USING (source_id);

COMMENT ON VIEW out.meeting_evidence IS 'Evidence: one row per report of a meeting, with the Hindi sentence and the rules that read it.';
COMMENT ON COLUMN out.meeting_evidence.meeting_id IS 'out.meeting.meeting_id.';
COMMENT ON COLUMN out.meeting_evidence.report_id IS 'Key: the report.';
COMMENT ON COLUMN out.meeting_evidence.article_url IS 'The article''s URL exactly as the source gave it.';
COMMENT ON COLUMN out.meeting_evidence.article_title IS 'Its title; null where there is none.';
COMMENT ON COLUMN out.meeting_evidence.source_name IS 'Its publisher.';
COMMENT ON COLUMN out.meeting_evidence.published_at IS 'When it was published; null when not known.';
COMMENT ON COLUMN out.meeting_evidence.sentence_number IS 'Number of the sentence in the article, counted from 0.';
COMMENT ON COLUMN out.meeting_evidence.evidence_start_char IS 'First code point of the sentence in core.article.text, counted from 0.';
COMMENT ON COLUMN out.meeting_evidence.evidence_end_char IS 'One past its last code point.';
COMMENT ON COLUMN out.meeting_evidence.evidence_text IS 'The sentence, verbatim.';
COMMENT ON COLUMN out.meeting_evidence.trigger_text IS 'The word that signals the meeting, verbatim, such as मुलाकात.';
COMMENT ON COLUMN out.meeting_evidence.status IS 'Status in this report: held, ongoing, planned, requested, refused, postponed or cancelled.';
COMMENT ON COLUMN out.meeting_evidence.date_text IS 'The time expression, verbatim, such as गुरुवार को; null when there is none.';
COMMENT ON COLUMN out.meeting_evidence.start_date IS 'First day in this report, inclusive; null when it gives no time expression.';
COMMENT ON COLUMN out.meeting_evidence.end_date IS 'Last day in this report, inclusive.';
COMMENT ON COLUMN out.meeting_evidence.place_hi IS 'Place in this report, verbatim; null when not reported.';
COMMENT ON COLUMN out.meeting_evidence.rules IS 'The rules that produced the report: trigger=…;status=…;participants=….';
COMMENT ON COLUMN out.meeting_evidence.confidence IS 'Confidence of the coder, 0 to 1.';
COMMENT ON COLUMN out.meeting_evidence.coder IS 'Program that produced the report.';
COMMENT ON COLUMN out.meeting_evidence.coder_version IS 'Versions of its code, lexicon and models.';
COMMENT ON COLUMN out.meeting_evidence.codebook IS 'Codebook that the coder follows.';
