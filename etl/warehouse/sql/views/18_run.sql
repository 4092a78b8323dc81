-- read by: the Explorer
CREATE VIEW out.audit_result AS
SELECT run_key, audited_at, partition_day, check_name, severity, says, bad_row_count, examples
FROM meta.audit_result;

COMMENT ON VIEW out.audit_result IS 'The results of all audit checks, including those of loads that were rolled back.';
COMMENT ON COLUMN out.audit_result.run_key IS 'The run that ran the check.';
COMMENT ON COLUMN out.audit_result.audited_at IS 'When the load or audit began.';
COMMENT ON COLUMN out.audit_result.partition_day IS 'The partition being loaded; null where the whole warehouse was checked.';
COMMENT ON COLUMN out.audit_result.check_name IS 'Name of the check: its file under sql/audit without .sql.';
COMMENT ON COLUMN out.audit_result.severity IS 'block (bad rows roll the load back) or warn.';
COMMENT ON COLUMN out.audit_result.says IS 'Meaning of a bad row.';
COMMENT ON COLUMN out.audit_result.bad_row_count IS 'Number of rows that violate the check; 0 is a pass.';
COMMENT ON COLUMN out.audit_result.examples IS 'The first few bad rows, as text; empty for a pass.';

CREATE VIEW out.pipeline_run AS
SELECT run_key, stage, partition_day, outcome, detail, counts, recorded_at
FROM meta.pipeline_run;

COMMENT ON VIEW out.pipeline_run IS 'Journal of the changes that runs made to the warehouse: one row per load of a partition, per audit and per relinking, including those rolled back.';
COMMENT ON COLUMN out.pipeline_run.run_key IS 'Name of the run, the same in all its stages.';
COMMENT ON COLUMN out.pipeline_run.stage IS 'load, audit or relink.';
COMMENT ON COLUMN out.pipeline_run.partition_day IS 'The partition loaded; null for work on the whole warehouse.';
COMMENT ON COLUMN out.pipeline_run.outcome IS 'done, or blocked by an audit check (a blocked change was rolled back).';
COMMENT ON COLUMN out.pipeline_run.detail IS 'Number of checks, and the checks that blocked or warned.';
COMMENT ON COLUMN out.pipeline_run.counts IS 'How many, by name. Of a load, stage by stage: collected, rejected, stored, sentence, mention, report, meeting. Of relinking: report, meeting, changed. Empty for audits.';
COMMENT ON COLUMN out.pipeline_run.recorded_at IS 'When the stage began.';
