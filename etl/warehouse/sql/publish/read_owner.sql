-- Whose database this is: what it holds beside the tables and views of Mulaqat, and the format of its file.
SELECT
    (SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = current_database())
        AS storage_version,
    coalesce(list(schema_name || '.' || name ORDER BY ALL) FILTER (schema_name NOT IN ('core', 'meta', 'out')), [])
        AS foreign_names,
    count(*) = 0 AS is_empty
FROM (
    SELECT schema_name, table_name AS name FROM duckdb_tables()
    WHERE database_name = current_database() AND NOT temporary
    UNION ALL
    SELECT schema_name, view_name FROM duckdb_views()
    WHERE database_name = current_database() AND NOT temporary AND NOT internal
);
