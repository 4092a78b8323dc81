-- reads: core.meeting_mention
-- leaves: touched_report
-- Relinking touches every report.
CREATE OR REPLACE TEMP TABLE touched_report AS
SELECT partition_day, report_id, 0 AS step FROM core.meeting_mention;
