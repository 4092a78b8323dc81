-- Linking everything anew is a stage of its own.
COMMENT ON TABLE meta.pipeline_run IS 'Journal of what runs did to the warehouse. One row per load of a partition, per audit and per linking anew, also of those rolled back.';
COMMENT ON COLUMN meta.pipeline_run.stage IS 'load, audit or relink.';
COMMENT ON COLUMN meta.pipeline_run.partition_day IS 'The partition loaded; null for what concerns the whole warehouse.';
COMMENT ON COLUMN meta.pipeline_run.outcome IS 'done, or blocked by an audit check (what was blocked was rolled back).';
