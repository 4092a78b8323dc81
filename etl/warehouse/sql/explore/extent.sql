-- First and last start date of all meetings, and the day of the newest article.
SELECT
    min(start_date) AS first_date,
    max(start_date) AS last_date,
    (SELECT max(anchor_date) FROM out.meeting_report) AS newest
FROM out.meeting_index
