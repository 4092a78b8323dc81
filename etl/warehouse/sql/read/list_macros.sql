-- The macros that analysts call, with their comments.
SELECT schema_name, function_name AS macro_name, comment AS macro_comment
FROM duckdb_functions()
WHERE database_name = current_database() AND schema_name = 'out' AND function_type = 'table_macro'
ORDER BY function_name;
