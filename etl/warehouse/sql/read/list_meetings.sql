-- Rows of `mulaqat meetings`; one row becomes one etl.warehouse.read.MeetingRow.
SELECT
    meeting_id,
    list_transform(participants, lambda p: [p.name_hi, p.name_latin]) AS participants,
    status,
    format,
    mode,
    start_date,
    end_date,
    date_precision,
    place_hi,
    evidence_text,
    article_url,
    published_date
FROM out.meeting
ORDER BY coalesce(start_date, published_date) NULLS LAST, published_date NULLS LAST, meeting_id;
