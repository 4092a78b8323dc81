-- When the last load began that is published.
SELECT max(recorded_at) AS recorded_at FROM out.pipeline_run WHERE stage = 'load' AND outcome = 'done';
