CREATE VIEW out.audit_result AS
SELECT run_key, audited_at, partition_day, check_name, severity, says, bad_row_count, examples
FROM meta.audit_result;

COMMENT ON VIEW out.audit_result IS 'Every result of every audit check, also of loads that were rolled back for it.';
COMMENT ON COLUMN out.audit_result.run_key IS 'The run that checked.';
COMMENT ON COLUMN out.audit_result.audited_at IS 'When the load or audit began.';
COMMENT ON COLUMN out.audit_result.partition_day IS 'The day being loaded; null where the whole warehouse was checked.';
COMMENT ON COLUMN out.audit_result.check_name IS 'The check: its file under sql/audit without .sql.';
COMMENT ON COLUMN out.audit_result.severity IS 'block (a load with bad rows is rolled back) or warn.';
COMMENT ON COLUMN out.audit_result.says IS 'What a bad row means.';
COMMENT ON COLUMN out.audit_result.bad_row_count IS 'How many rows broke the check; 0 is a pass.';
COMMENT ON COLUMN out.audit_result.examples IS 'The first few bad rows, as text; empty for a pass.';

CREATE VIEW out.pipeline_run AS
SELECT run_key, stage, partition_day, outcome, detail, counts, recorded_at
FROM meta.pipeline_run;

COMMENT ON VIEW out.pipeline_run IS 'Journal of what runs did to the warehouse: one row per load of a day and per audit, also of loads rolled back.';
COMMENT ON COLUMN out.pipeline_run.run_key IS 'Name of the run, the same in all its stages.';
COMMENT ON COLUMN out.pipeline_run.stage IS 'load or audit.';
COMMENT ON COLUMN out.pipeline_run.partition_day IS 'The day loaded; null for an audit of the whole warehouse.';
COMMENT ON COLUMN out.pipeline_run.outcome IS 'done, or blocked by an audit check (a blocked load was rolled back).';
COMMENT ON COLUMN out.pipeline_run.detail IS 'What was done, or which checks blocked it.';
COMMENT ON COLUMN out.pipeline_run.counts IS 'How many, by name. Of a load, stage by stage: collected, rejected, stored, sentence, mention, report, meeting. Of linking anew: report, meeting, changed. Empty for audits.';
COMMENT ON COLUMN out.pipeline_run.recorded_at IS 'When the stage began.';
