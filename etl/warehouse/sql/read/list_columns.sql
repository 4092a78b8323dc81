-- Every column of tables and views with its comment and the table's.
SELECT
    columns.schema_name,
    columns.table_name,
    relation.comment AS table_comment,
    columns.column_name,
    columns.data_type,
    columns.comment AS column_comment
FROM duckdb_columns() AS columns
JOIN (
    SELECT schema_name, table_name AS name, comment FROM duckdb_tables() WHERE database_name = current_database()
    UNION ALL
    SELECT schema_name, view_name, comment FROM duckdb_views() WHERE database_name = current_database() AND NOT internal
) AS relation ON relation.schema_name = columns.schema_name AND relation.name = columns.table_name
WHERE NOT columns.internal AND columns.database_name = current_database()
ORDER BY columns.schema_name, columns.table_name, columns.column_index;
