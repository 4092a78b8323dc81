COPY (
{query}
) TO {target} ({options});
