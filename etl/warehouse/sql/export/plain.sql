SELECT {columns} FROM (
{query}
)
