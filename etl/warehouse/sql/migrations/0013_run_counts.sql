-- also recorded as: 65bb6b5b34d1c9c06a2965b08f6215ea7a1e5da59a8aadc7159f063b66b15f04
-- The counts of each stage of a run, beside the outcome of its load.
ALTER TABLE meta.pipeline_run ADD COLUMN counts MAP(VARCHAR, BIGINT);
UPDATE meta.pipeline_run SET counts = MAP {};
