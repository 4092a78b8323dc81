-- reads: dated_pair, is_near(), touched_report
-- leaves: touched_report
-- Add to touched_report, in one step, the reports whose meeting can change with those that are in it.
--
-- link.py processes reports in order of publication, so a report depends only on earlier ones: those near it (they can
-- share its meeting), and those near these (they can belong to a meeting that it could join). So a report is touched
-- when it was published after a touched one and is near it, or near a third report that is near it. A load of the
-- newest day touches only that day, whatever the number of stored days.
INSERT INTO touched_report
WITH start_pair AS MATERIALIZED (
    SELECT one_id, other_id, week, dating, min(published) AS published
    FROM dated_pair
    WHERE (partition_day, report_id) IN (
        SELECT partition_day, report_id FROM touched_report WHERE step = $step - 1
    )
    GROUP BY one_id, other_id, week, dating
),
third AS MATERIALIZED (
    SELECT third.partition_day, third.report_id, min(start.published) AS published
    FROM start_pair AS start JOIN dated_pair AS third USING (one_id, other_id, week)
    WHERE is_near(start.dating, third.dating)
    GROUP BY third.partition_day, third.report_id
),
third_pair AS MATERIALIZED (
    SELECT one_id, other_id, week, dating, min(third.published) AS published
    FROM third JOIN dated_pair USING (partition_day, report_id)
    GROUP BY one_id, other_id, week, dating
)
SELECT DISTINCT later.partition_day, later.report_id, $step
FROM third_pair AS third JOIN dated_pair AS later USING (one_id, other_id, week)
WHERE later.published > third.published
    AND is_near(third.dating, later.dating)
    AND later.report_id NOT IN (SELECT report_id FROM touched_report)
RETURNING report_id;
