COPY (SELECT * EXCLUDE exported_month FROM exported WHERE exported_month IS NOT DISTINCT FROM {month})
TO {target} ({options});
