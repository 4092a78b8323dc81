SELECT current_database() AS database_name;
