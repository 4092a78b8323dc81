-- Filled in, not bound: ATTACH takes no parameters (connection.py quotes).
ATTACH {path} AS warehouse (READ_ONLY);
