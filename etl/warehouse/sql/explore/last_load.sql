-- Start time of the last published load.
SELECT max(recorded_at) AS recorded_at FROM out.pipeline_run WHERE stage = 'load' AND outcome = 'done';
