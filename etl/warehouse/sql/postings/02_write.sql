-- reads: token_count
-- leaves: {target}
COPY (
    SELECT token, list({{article_number: article_number, token_count: token_count}} ORDER BY article_number) AS postings
    FROM token_count
    GROUP BY token
    ORDER BY token
) TO {target} (FORMAT parquet, COMPRESSION zstd);
