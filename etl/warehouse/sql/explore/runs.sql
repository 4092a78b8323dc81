-- Stages of runs, latest first.
SELECT recorded_at, stage, partition_day, outcome, detail, counts, run_key
FROM out.pipeline_run
WHERE true
    AND run_key = $run_key --? run_key
ORDER BY recorded_at DESC, stage, partition_day
LIMIT $limit --? limit
