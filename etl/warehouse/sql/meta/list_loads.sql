SELECT partition_day, raw_fingerprint FROM meta.partition_load ORDER BY partition_day;
