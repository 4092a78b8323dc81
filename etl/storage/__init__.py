"""Storage in a local folder or an object store: paths, records as Parquet, stage folders, caches."""
