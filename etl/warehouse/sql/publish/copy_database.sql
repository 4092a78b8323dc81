-- The one text that is filled in, not bound: ATTACH and COPY FROM DATABASE take no parameters (publish.py quotes).
ATTACH {target_path} AS published_copy (STORAGE_VERSION {storage_version});
COPY FROM DATABASE {source_name} TO published_copy;
DETACH published_copy;
