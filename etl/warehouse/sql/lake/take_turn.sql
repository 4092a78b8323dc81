-- The number is ours among the database's advisory locks. It is let go when this transaction ends.
FROM postgres_query('lake_catalog', 'SELECT set_config(''lock_timeout'', ''{milliseconds}'', true)');
FROM postgres_query('lake_catalog', 'SELECT 1 AS is_mine FROM (SELECT pg_advisory_xact_lock(6853)) AS turn');
