-- Latest result of each check over the whole warehouse.
SELECT check_name, severity, says, bad_row_count, examples, audited_at
FROM out.audit_result
WHERE partition_day IS NULL
QUALIFY row_number() OVER (PARTITION BY check_name ORDER BY audited_at DESC, run_key DESC) = 1
ORDER BY bad_row_count = 0, severity, check_name
LIMIT $limit --? limit
