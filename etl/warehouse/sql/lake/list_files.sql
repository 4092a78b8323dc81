SELECT file FROM glob($pattern) LIMIT 1;
