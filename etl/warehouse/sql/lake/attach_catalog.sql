-- The catalog's PostgreSQL database, whose advisory lock writers wait for.
ATTACH {catalog} AS lake_catalog (TYPE postgres, READ_ONLY);
