-- Entities by name in either script, misspelt or incomplete; best match first.
SELECT entity_id, kind, name_hi, coalesce(name_en, name_latin) AS name_latin, country_code, meeting_count
FROM out.search_entities($who)
ORDER BY similarity DESC, meeting_count DESC, entity_id
LIMIT $limit --? limit
