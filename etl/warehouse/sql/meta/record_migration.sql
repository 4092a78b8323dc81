INSERT INTO meta.migration (migration_number, file_name, file_sha256, applied_at)
VALUES ($migration_number, $file_name, $file_sha256, $now);
