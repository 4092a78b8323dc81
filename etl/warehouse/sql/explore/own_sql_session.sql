-- Before a statement that a user wrote runs: the published catalog, tight limits, and no way to lift them.
SET TimeZone = 'Asia/Kolkata';
USE warehouse;
SET threads = 2;
SET memory_limit = '512MB';
SET max_temp_directory_size = '0B';
SET enable_external_access = false;
SET lock_configuration = true;
