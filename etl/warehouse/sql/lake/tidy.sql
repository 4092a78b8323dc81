-- Keep the files that a reader of an unexpired snapshot or an active writer can still open.
CALL ducklake_expire_snapshots('lake', older_than => now() - to_days($kept_days));
CALL ducklake_merge_adjacent_files('lake');
CALL ducklake_rewrite_data_files('lake');
CALL ducklake_cleanup_old_files('lake', older_than => now() - to_days($kept_days));
