-- The path is formatted in, not bound: ATTACH accepts no parameters (connection.py quotes it).
ATTACH {path} AS warehouse (READ_ONLY);
