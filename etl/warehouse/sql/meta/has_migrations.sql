SELECT count(*) > 0 AS has_migrations FROM duckdb_tables()
WHERE database_name = current_database() AND schema_name = 'meta' AND table_name = 'migration';
