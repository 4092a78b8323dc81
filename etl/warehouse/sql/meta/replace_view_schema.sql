-- Schema out contains only views and macros, so it can be dropped and created again.
DROP SCHEMA out CASCADE;
CREATE SCHEMA out;
DELETE FROM meta.view_definition;
INSERT INTO meta.view_definition (text_sha256, created_at) VALUES ($text_sha256, $now);
