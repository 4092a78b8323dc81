-- The names are formatted in, not bound: ATTACH and COPY FROM DATABASE accept no parameters (publish.py quotes them).
ATTACH {target_path} AS published_copy (STORAGE_VERSION {storage_version});
COPY FROM DATABASE {source_name} TO published_copy;
DETACH published_copy;
