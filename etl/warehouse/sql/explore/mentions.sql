-- Entities that an article mentions, with offsets.
SELECT
    start_char, end_char, text, entity_id, kind, name_hi, coalesce(name_en, name_latin) AS name_latin, country_code
FROM out.article_mention
WHERE article_id = $article
ORDER BY start_char
