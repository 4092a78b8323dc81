-- Meetings that match the filters, with their participants and the sentence of the most confident report.
WITH found AS (
    SELECT meeting_id, coalesce(listed_date, DATE '0001-01-01') AS listed_date, report_count
    FROM out.meeting_index
    WHERE true
        AND status = $status --? status
        AND format = $format --? format
        AND coalesce(end_date, listed_date) >= $since --? since
        AND listed_date <= $until --? until
        AND ( --? place
            contains(place_hi, $place) OR contains(lower(place_en), lower($place)) --? place
            OR place_entity_id IN (SELECT entity_id FROM out.search_entities($place)) --? place
        ) --? place
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_participant WHERE entity_id = $entity) --? entity
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_participant WHERE entity_id = $other) --? other
        AND meeting_id IN ( --? who
            SELECT meeting_id FROM out.meeting_participant --? who
            WHERE entity_id IN (SELECT entity_id FROM out.search_entities($who)) --? who
        ) --? who
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_participant WHERE country_code = $country) --? country
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_participant WHERE country_code = $other_country) --? other_country
        AND meeting_id IN ( --? text
            SELECT meeting_id FROM out.meeting_report --? text
            WHERE article_id IN (SELECT article_id FROM out.articles_with_words($text)) --? text
        ) --? text
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_report WHERE partition_day = $day) --? day
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_report WHERE article_id = $article) --? article
),
page AS (
    SELECT meeting_id, listed_date, report_count
    FROM found
    WHERE true
        AND listed_date <= $after_date AND (listed_date < $after_date OR meeting_id < $after_id) --? newest after_id
        AND listed_date >= $after_date AND (listed_date > $after_date OR meeting_id > $after_id) --? oldest after_id
        AND report_count <= $after_count AND (report_count < $after_count OR listed_date < $after_date --? reports after_id
            OR listed_date = $after_date AND meeting_id < $after_id) --? reports after_id
    ORDER BY listed_date DESC, meeting_id DESC --? newest
    ORDER BY listed_date, meeting_id --? oldest
    ORDER BY report_count DESC, listed_date DESC, meeting_id DESC --? reports
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
    place.name_latin AS place_latin,
    meeting.occasion_hi,
    meeting.report_count,
    substr(article.text, lead.evidence_start_char + 1, lead.evidence_end_char - lead.evidence_start_char)
        AS evidence_text,
    lead.trigger_text,
    article.article_id,
    article.title AS article_title,
    article.source_name,
    article.published_date,
    page.listed_date,
    (SELECT count(*) FROM found) AS found_count
FROM page
JOIN out.meeting_index AS meeting USING (meeting_id)
JOIN participant USING (meeting_id)
JOIN out.meeting_report AS lead ON lead.report_id = meeting.lead_report_id
JOIN out.article AS article ON article.article_id = lead.article_id AND article.partition_day = lead.partition_day
LEFT JOIN out.entity AS place ON place.entity_id = meeting.place_entity_id
ORDER BY page.listed_date DESC, page.meeting_id DESC --? newest
ORDER BY page.listed_date, page.meeting_id --? oldest
ORDER BY page.report_count DESC, page.listed_date DESC, page.meeting_id DESC --? reports
