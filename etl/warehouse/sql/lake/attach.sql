-- Rows always go to Parquet files: rows inlined in the catalog, with views beside them, crash DuckDB 1.5.5.
ATTACH {catalog} AS lake ({how}, DATA_INLINING_ROW_LIMIT 0);
USE lake;
