INSERT INTO meta.pipeline_run (run_key, stage, partition_day, outcome, detail, counts, recorded_at)
VALUES ($run_key, $stage, $partition_day, $outcome, $detail, map($counted, $counts), $now);
