-- reads: core.report_pair
-- leaves: dated_pair, is_near()
-- The join keys of linking: each report's place in the order of publication, its dates, and its pairs of participants.
--
-- Two reports are near when they share two participants and their dates overlap (neither is a whole year) or their
-- articles are at most 7 days apart (DAYS_APART in link.py). link.py joins near reports only. Near reports share a pair
-- of participants in at least one week, so that joins do not read all reports of a pair that meets often.
CREATE OR REPLACE TEMP MACRO is_near(one, other) AS (
    (one.start_date <= other.end_date AND other.start_date <= one.end_date AND NOT one.is_vague AND NOT other.is_vague)
    OR abs(one.anchor_date - other.anchor_date) <= 7
);

CREATE OR REPLACE TEMP VIEW dated_pair AS
SELECT
    partition_day, report_id, one_id, other_id, week,
    {start_date: start_date, end_date: end_date, is_vague: is_vague, anchor_date: anchor_date} AS dating,
    {published_at: coalesce(published_at, 'infinity'), article_id: article_id, ordinal: ordinal} AS published
FROM core.report_pair;
