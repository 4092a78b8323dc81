-- reads: nothing
-- leaves: touched_report
-- link/03_touch.sql starts from every touched report.
UPDATE touched_report SET step = 0 RETURNING report_id;
