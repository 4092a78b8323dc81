-- What linking goes by: when each report was told, what dates it, and the pairs of participants it names.
--
-- Near: two participants in common, and dates that overlap (none of them a whole year) or articles at most
-- 7 days apart. Whatever link.py joins is near; its DAYS_APART is this 7. Near reports share a pair of
-- participants in some week, so the joins never go through the history of a pair that meets often.
CREATE OR REPLACE TEMP MACRO is_near(one, other) AS (
    (one.start_date <= other.end_date AND other.start_date <= one.end_date AND NOT one.is_vague AND NOT other.is_vague)
    OR abs(one.anchor_date - other.anchor_date) <= 7
);

CREATE OR REPLACE TEMP VIEW dated_pair AS
SELECT
    partition_day, report_id, one_id, other_id, week,
    {start_date: start_date, end_date: end_date, is_vague: is_vague, anchor_date: anchor_date} AS dating,
    {published_at: coalesce(published_at, 'infinity'), article_id: article_id, ordinal: ordinal} AS told
FROM core.report_pair;
