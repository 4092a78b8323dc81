INSERT INTO meta.audit_result
    (run_key, audited_at, partition_day, check_name, severity, says, bad_row_count, examples)
VALUES ($run_key, $now, $partition_day, $check_name, $severity, $says, $bad_row_count, $examples::VARCHAR[]);
