"""The warehouse: the only stage that runs SQL. SQL lies in sql/**/*.sql, its parameters are always bound."""
