"""The warehouse: the only package that runs SQL. Statements are in sql/**/*.sql; values are bound as parameters."""
