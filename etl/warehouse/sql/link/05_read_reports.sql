-- reads: core.article, core.meeting_mention, core.meeting_mention_participant, dated_pair, is_near(), touched_report
-- leaves: nothing
-- The touched reports, without a meeting, and the linked reports that they depend on, with their meeting: all reports
-- of meetings near the touched reports, and of meetings (plans) near those. One row becomes one link.Report.
WITH touched_pair AS MATERIALIZED (
    SELECT DISTINCT one_id, other_id, week, dating
    FROM dated_pair
    WHERE (partition_day, report_id) IN (SELECT partition_day, report_id FROM touched_report)
),
near_touched AS MATERIALIZED (
    SELECT DISTINCT near.partition_day, near.report_id
    FROM touched_pair AS here JOIN dated_pair AS near USING (one_id, other_id, week)
    WHERE is_near(here.dating, near.dating)
),
around AS MATERIALIZED (
    SELECT partition_day, report_id FROM touched_report
    UNION
    SELECT mate.partition_day, mate.report_id
    FROM near_touched
    JOIN core.meeting_mention USING (partition_day, report_id)
    JOIN core.meeting_mention AS mate USING (meeting_id)
),
around_pair AS MATERIALIZED (
    SELECT DISTINCT one_id, other_id, week, dating
    FROM dated_pair WHERE (partition_day, report_id) IN (SELECT partition_day, report_id FROM around)
),
near_around AS MATERIALIZED (
    SELECT DISTINCT near.partition_day, near.report_id
    FROM around_pair AS here JOIN dated_pair AS near USING (one_id, other_id, week)
    WHERE is_near(here.dating, near.dating)
),
context AS MATERIALIZED (
    SELECT partition_day, report_id FROM around
    UNION
    SELECT mate.partition_day, mate.report_id
    FROM near_around
    JOIN core.meeting_mention USING (partition_day, report_id)
    JOIN core.meeting_mention AS mate USING (meeting_id)
),
mention AS MATERIALIZED (
    FROM core.meeting_mention WHERE (partition_day, report_id) IN (SELECT partition_day, report_id FROM context)
),
named AS (
    SELECT report_id, list(entity_id ORDER BY entity_id) AS entity_ids
    FROM core.meeting_mention_participant
    WHERE (partition_day, report_id) IN (SELECT partition_day, report_id FROM mention)
    GROUP BY report_id
)
SELECT
    mention.report_id,
    mention.article_id,
    mention.ordinal,
    CASE WHEN mention.report_id NOT IN (SELECT report_id FROM touched_report) THEN mention.meeting_id END AS meeting_id,
    epoch_us(article.published_at) AS published_us,
    article.anchor_date,
    mention.status,
    mention.format,
    mention.mode,
    mention.is_historical,
    mention.start_date,
    mention.end_date,
    mention.date_precision,
    mention.place_hi,
    mention.place_entity_id,
    mention.occasion_hi,
    named.entity_ids
FROM mention
JOIN core.article AS article USING (partition_day, article_id)
LEFT JOIN named USING (report_id);
