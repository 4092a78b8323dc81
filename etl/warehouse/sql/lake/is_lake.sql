SELECT type = 'ducklake' AS is_lake FROM duckdb_databases() WHERE database_name = current_database();
