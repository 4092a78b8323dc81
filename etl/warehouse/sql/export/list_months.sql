-- Which files to write; one without a month where the view holds sums over all time.
SELECT DISTINCT exported_month FROM exported ORDER BY exported_month;
