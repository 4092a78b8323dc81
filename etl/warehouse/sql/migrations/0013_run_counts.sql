-- What each stage of a run counted, beside the outcome of its load.
ALTER TABLE meta.pipeline_run ADD COLUMN counts MAP(VARCHAR, BIGINT);
UPDATE meta.pipeline_run SET counts = MAP {};
COMMENT ON COLUMN meta.pipeline_run.counts IS 'How many, by name. Of a load, stage by stage: collected, rejected, stored, sentence, mention, report, meeting. Of linking anew: report, meeting, changed. Empty for audits.';
