-- Rejected articles, newest day first.
SELECT partition_day, source_name, uri, reason, detail
FROM out.rejected_article
WHERE true
    AND reason = $reason --? reason
    AND partition_day = $day --? day
    AND source_name = $source --? source
    AND run_key = $run_key --? run_key
    AND (partition_day, source_name, uri) < ($after_day, $after_source, $after_uri) --? after_day
ORDER BY partition_day DESC, source_name DESC, uri DESC
LIMIT $limit --? limit
