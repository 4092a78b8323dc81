CREATE OR REPLACE TEMP TABLE exported AS SELECT {columns}, {month} AS exported_month FROM out.{view} ORDER BY ALL;
