-- Rows are always written to Parquet files: DuckDB 1.5.5 crashes on rows inlined in a catalog that has views.
ATTACH {catalog} AS lake ({how}, DATA_INLINING_ROW_LIMIT 0);
USE lake;
