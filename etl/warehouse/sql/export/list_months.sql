-- The months to write a file for; null alone where the view has no date column.
SELECT DISTINCT exported_month FROM exported ORDER BY exported_month;
