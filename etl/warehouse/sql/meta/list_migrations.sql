SELECT migration_number, file_name, file_sha256 FROM meta.migration ORDER BY migration_number;
