-- Meetings that match the filters, with their participants and the sentence of the most confident report.
-- They are sorted by the day of the news for meetings that are still ahead, and by their own day for the others.
WITH
--< found_meetings
, page AS (
    SELECT meeting_id, news_date, report_count
    FROM found
    WHERE true
        AND news_date <= $after_date AND (news_date < $after_date OR meeting_id < $after_id) --? newest after_id
        AND news_date >= $after_date AND (news_date > $after_date OR meeting_id > $after_id) --? oldest after_id
        AND report_count <= $after_count AND (report_count < $after_count OR news_date < $after_date --? reports after_id
            OR news_date = $after_date AND meeting_id < $after_id) --? reports after_id
    ORDER BY news_date DESC, meeting_id DESC --? newest
    ORDER BY news_date, meeting_id --? oldest
    ORDER BY report_count DESC, news_date DESC, meeting_id DESC --? reports
    LIMIT $limit --? limit
),
participant AS (
    SELECT
        meeting_id,
        list(
            {
                entity_id: entity_id, name_hi: name_hi, name_latin: coalesce(name_en, name_latin),
                country_code: country_code, role: role, side: side
            }
            ORDER BY participant_number
        ) AS participants
    FROM out.meeting_participant
    WHERE meeting_id IN (SELECT meeting_id FROM page)
    GROUP BY meeting_id
),
lead AS (
    SELECT DISTINCT
        report.report_id, report.article_id, report.partition_day, report.evidence_start_char,
        report.evidence_end_char, report.trigger_text
    FROM page
    JOIN out.meeting_index AS meeting USING (meeting_id)
    JOIN out.meeting_report AS report ON report.report_id = meeting.lead_report_id
),
mention AS (
    SELECT
        lead.report_id,
        list(
            {
                start_char: mention.start_char - lead.evidence_start_char,
                end_char: mention.end_char - lead.evidence_start_char,
                entity_id: mention.entity_id, kind: mention.kind,
                name_latin: coalesce(mention.name_en, mention.name_latin)
            }
            ORDER BY mention.start_char
        ) AS mentions
    FROM out.article_mention AS mention
    JOIN lead
        ON lead.partition_day = mention.partition_day AND lead.article_id = mention.article_id
        AND mention.start_char >= lead.evidence_start_char AND mention.end_char <= lead.evidence_end_char
    WHERE mention.partition_day IN (SELECT partition_day FROM lead)
        AND mention.article_id IN (SELECT article_id FROM lead)
    GROUP BY lead.report_id
)
SELECT
    page.meeting_id,
    participant.participants,
    meeting.status,
    meeting.format,
    meeting.mode,
    meeting.start_date,
    meeting.end_date,
    meeting.date_precision,
    meeting.place_hi,
    coalesce(place.name_en, place.name_latin) AS place_latin,
    meeting.occasion_hi,
    meeting.report_count,
    substr(article.text, lead.evidence_start_char + 1, lead.evidence_end_char - lead.evidence_start_char)
        AS evidence_text,
    lead.trigger_text,
    mention.mentions,
    article.article_id,
    article.title AS article_title,
    article.source_name,
    article.published_date,
    page.news_date,
    (SELECT count(*) FROM found) AS found_count
FROM page
JOIN out.meeting_index AS meeting USING (meeting_id)
JOIN participant USING (meeting_id)
JOIN lead ON lead.report_id = meeting.lead_report_id
JOIN out.article AS article ON article.article_id = lead.article_id AND article.partition_day = lead.partition_day
LEFT JOIN mention ON mention.report_id = lead.report_id
LEFT JOIN out.entity AS place ON place.entity_id = meeting.place_entity_id
ORDER BY page.news_date DESC, page.meeting_id DESC --? newest
ORDER BY page.news_date, page.meeting_id --? oldest
ORDER BY page.report_count DESC, page.news_date DESC, page.meeting_id DESC --? reports
