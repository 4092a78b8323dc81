-- Entities by name in either script, best match first; misspelt names only where nothing else fits.
SELECT entity_id, kind, name_hi, coalesce(name_en, name_latin) AS name_latin, country_code, meeting_count
FROM out.search_entities($who)
ORDER BY similarity DESC, meeting_count DESC, entity_id
LIMIT $limit --? limit
