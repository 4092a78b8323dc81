-- The catalog's PostgreSQL itself, where writers take turns.
ATTACH {catalog} AS lake_catalog (TYPE postgres, READ_ONLY);
