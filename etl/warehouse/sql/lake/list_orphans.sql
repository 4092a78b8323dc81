-- What delete_orphans.sql would delete.
SELECT path FROM ducklake_delete_orphaned_files(
    'lake', older_than => now() - to_days(greatest($kept_days, 1)), dry_run => true
);
