-- Files in the lake's folder that no snapshot uses: killed writers left them.
CALL ducklake_delete_orphaned_files('lake', older_than => now() - to_days(greatest($kept_days, 1)));
