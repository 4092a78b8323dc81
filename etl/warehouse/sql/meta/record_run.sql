INSERT INTO meta.pipeline_run (run_key, stage, partition_day, outcome, detail, recorded_at)
VALUES ($run_key, $stage, $partition_day, $outcome, $detail, $now);
