-- Grow touched_report by one step towards every report whose meeting may change with them.
--
-- link.py takes reports in the order they were told and never looks ahead, so a report depends only on earlier
-- ones: those near it (they may share its meeting), and those near these (they may stand in a meeting that it
-- could join). Hence a report is touched when it was told after a touched one and is near it, or near a third
-- report that is near it. Loading the newest day touches that day alone, however long the history.
INSERT INTO touched_report
WITH start_pair AS MATERIALIZED (
    SELECT one_id, other_id, week, dating, min(told) AS told
    FROM dated_pair
    WHERE (partition_day, report_id) IN (
        SELECT partition_day, report_id FROM touched_report WHERE step = $step - 1
    )
    GROUP BY one_id, other_id, week, dating
),
third AS MATERIALIZED (
    SELECT third.partition_day, third.report_id, min(start.told) AS told
    FROM start_pair AS start JOIN dated_pair AS third USING (one_id, other_id, week)
    WHERE is_near(start.dating, third.dating)
    GROUP BY third.partition_day, third.report_id
),
third_pair AS MATERIALIZED (
    SELECT one_id, other_id, week, dating, min(third.told) AS told
    FROM third JOIN dated_pair USING (partition_day, report_id)
    GROUP BY one_id, other_id, week, dating
)
SELECT DISTINCT later.partition_day, later.report_id, $step
FROM third_pair AS third JOIN dated_pair AS later USING (one_id, other_id, week)
WHERE later.told > third.told
    AND is_near(third.dating, later.dating)
    AND later.report_id NOT IN (SELECT report_id FROM touched_report)
RETURNING report_id;
