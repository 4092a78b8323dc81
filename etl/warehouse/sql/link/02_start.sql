-- Every touched report is a start for link/03_touch.sql.
UPDATE touched_report SET step = 0 RETURNING report_id;
