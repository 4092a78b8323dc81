-- 6853 is the number of our lock among the database's advisory locks. The end of this transaction releases it.
FROM postgres_query('lake_catalog', 'SELECT set_config(''lock_timeout'', ''{milliseconds}'', true)');
FROM postgres_query('lake_catalog', 'SELECT 1 AS is_mine FROM (SELECT pg_advisory_xact_lock(6853)) AS turn');
