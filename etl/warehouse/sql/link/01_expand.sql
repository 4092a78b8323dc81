-- Grow touched_report to every report whose meeting may change with them.
--
-- link.py takes reports in the order they were told and never looks ahead, so a report depends only on earlier
-- ones: those near it (they may share its meeting), and those near these (they may stand in a meeting that it
-- could join). Hence a report is touched when it was told after a touched one and is near it, or near a third
-- report that is near it. Loading the newest day touches that day alone, however long the history.
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

INSERT INTO touched_report
WITH RECURSIVE reached AS (
    SELECT report_id FROM touched_report
    UNION
    SELECT later.report_id
    FROM (
        SELECT third.report_id, min(here.told_rank) AS told_rank
        FROM reached
        JOIN report_pair AS here USING (report_id)
        JOIN report_pair AS third USING (one_id, other_id, week)
        WHERE is_near(here.dating, third.dating)
        GROUP BY third.report_id
    ) AS via
    JOIN report_pair AS via_pair ON via_pair.report_id = via.report_id
    JOIN report_pair AS later USING (one_id, other_id, week)
    WHERE later.told_rank > via.told_rank AND is_near(via_pair.dating, later.dating)
)
SELECT report_id FROM reached
WHERE report_id NOT IN (SELECT report_id FROM touched_report);

-- Which meeting each of them told of before the load. Runs before and after the load replaces its reports:
-- before, for the reports that go; after, for those that only the new reports touch.
CREATE TEMP TABLE IF NOT EXISTS former_meeting (report_id VARCHAR, meeting_id VARCHAR);
INSERT INTO former_meeting
SELECT report_id, meeting_id FROM core.meeting_mention
WHERE meeting_id IS NOT NULL
    AND report_id IN (SELECT report_id FROM touched_report)
    AND report_id NOT IN (SELECT report_id FROM former_meeting);
