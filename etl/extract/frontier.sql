-- The crawl frontier. `address` holds article URLs, `document` holds feeds, sitemaps and listings.
-- `url` is the canonical form; days are IST days, YYYY-MM-DD; times are ISO 8601; `tried_in` is the run key of the
-- last run that tried the URL.
CREATE TABLE IF NOT EXISTS address (
    url TEXT PRIMARY KEY,
    source_id TEXT NOT NULL,
    fetch_url TEXT NOT NULL,
    found_day TEXT NOT NULL,
    published_at TEXT,
    modified_at TEXT,
    partition_day TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'archived', 'failed')),
    attempt_count INTEGER NOT NULL DEFAULT 0,
    tried_in TEXT,
    etag TEXT,
    last_modified TEXT,
    not_modified_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS address_waiting ON address (source_id, state, url);
CREATE TABLE IF NOT EXISTS document (
    url TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT
) STRICT;
