-- What linking goes by: when each report was told, what dates it, and the pairs of participants it names.
--
-- Near: two participants in common, and dates that overlap (none of them a whole year) or articles at most
-- 7 days apart. Whatever link.py joins is near; its DAYS_APART is this 7. Near reports share a pair of
-- participants in some week, so the joins never go through the history of a pair that meets often.
CREATE OR REPLACE TEMP MACRO is_near(one, other) AS (
    (one.start_date <= other.end_date AND other.start_date <= one.end_date AND NOT one.is_vague AND NOT other.is_vague)
    OR abs(one.anchor_date - other.anchor_date) <= 7
);

CREATE OR REPLACE TEMP MACRO week_of(day) AS (day::DATE - DATE '1900-01-01') // 7;

CREATE OR REPLACE TEMP TABLE linkable_report AS
SELECT
    mention.report_id,
    mention.meeting_id,
    row_number() OVER (ORDER BY article.published_at NULLS LAST, mention.article_id, mention.ordinal) AS told_rank,
    {
        start_date: mention.start_date, end_date: mention.end_date, is_vague: mention.date_precision = 'year',
        anchor_date: article.anchor_date
    } AS dating,
    list_distinct(list_concat(
        [week_of(article.anchor_date + days) FOR days IN [-7, 0, 7]],
        CASE WHEN mention.date_precision <> 'year' THEN
            range(week_of(mention.start_date), week_of(mention.end_date) + 1)
        END
    )) AS weeks
FROM core.meeting_mention AS mention
JOIN core.article AS article USING (partition_day, article_id);

CREATE OR REPLACE TEMP TABLE report_pair AS
SELECT
    report_id, report.told_rank, report.dating,
    one.entity_id AS one_id, other.entity_id AS other_id, unnest(report.weeks) AS week
FROM core.meeting_mention_participant AS one
JOIN core.meeting_mention_participant AS other USING (partition_day, report_id)
JOIN linkable_report AS report USING (report_id)
WHERE one.entity_id < other.entity_id;

-- Every touched report is a start for link/02_touch.sql.
UPDATE touched_report SET step = 0;
