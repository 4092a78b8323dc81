-- severity: warn
-- says: a source has no articles on a day that this run loaded, and had some on most of the seven days before
SELECT loaded.partition_day, usual.source_name, count(*) AS day_count
FROM meta.partition_load AS loaded
JOIN meta.source_completeness AS usual
    ON loaded.partition_day <> 'undated' AND usual.partition_day <> 'undated'
    AND try_cast(usual.partition_day AS DATE)
        BETWEEN try_cast(loaded.partition_day AS DATE) - 7 AND try_cast(loaded.partition_day AS DATE) - 1
WHERE loaded.run_key = $run_key AND usual.stored_count + usual.rejected_count > 0
    AND NOT EXISTS (FROM meta.source_completeness AS given
        WHERE given.partition_day = loaded.partition_day AND given.source_name = usual.source_name
            AND given.stored_count + given.rejected_count > 0)
GROUP BY loaded.partition_day, usual.source_name
HAVING count(*) >= 4
ORDER BY ALL;
