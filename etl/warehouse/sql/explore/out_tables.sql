-- Views of schema out with their meanings.
SELECT view_name, comment
FROM duckdb_views()
WHERE schema_name = 'out' AND database_name = current_database()
ORDER BY view_name
