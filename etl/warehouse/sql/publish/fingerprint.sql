-- What the copy must have in common with the original: every table, view and column with its comment, and row counts.
-- The counts also check that the copy and its views can be queried.
SELECT 'table' AS kind, schema_name || '.' || table_name AS name, coalesce(comment, '') AS value
FROM duckdb_tables() WHERE database_name = current_database() AND NOT temporary
UNION ALL
SELECT 'view', schema_name || '.' || view_name, coalesce(comment, '')
FROM duckdb_views() WHERE database_name = current_database() AND NOT internal
UNION ALL
SELECT 'column', schema_name || '.' || table_name || '.' || column_name, coalesce(comment, '')
FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal
UNION ALL SELECT 'rows', 'core.article', count(*)::VARCHAR FROM core.article
UNION ALL SELECT 'rows', 'core.sentence', count(*)::VARCHAR FROM core.sentence
UNION ALL SELECT 'rows', 'core.entity_mention', count(*)::VARCHAR FROM core.entity_mention
UNION ALL SELECT 'rows', 'meta.audit_result', count(*)::VARCHAR FROM meta.audit_result
UNION ALL SELECT 'rows', 'out.reported_meeting', count(*)::VARCHAR FROM out.reported_meeting
UNION ALL SELECT 'rows', 'out.meeting', count(*)::VARCHAR FROM out.meeting
UNION ALL SELECT 'rows', 'out.meeting_evidence', count(*)::VARCHAR FROM out.meeting_evidence
ORDER BY ALL;
