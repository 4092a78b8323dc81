"""Where data lies, in a local folder or a store: paths, records as Parquet, stage folders, caches."""
