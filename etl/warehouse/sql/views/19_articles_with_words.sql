-- read by: the Explorer
-- Like out.search_articles, without ranking and texts: fast enough for a filter.
CREATE MACRO out.articles_with_words(query) AS TABLE
WITH term AS (
    SELECT DISTINCT word
    FROM (SELECT unnest(string_split(core.fold_words(query), ' ')) AS word)
    WHERE word <> ''
),
hit AS (
    SELECT posting.word, article.article_id
    FROM (
        SELECT term.word, partition_day, unnest(postings, max_depth := 2)
        FROM term JOIN core.posting_list ON token = core.stem_word(term.word)
        WHERE NOT regexp_matches(term.word, '^[a-z0-9]+$')
    ) AS posting
    JOIN core.article AS article USING (partition_day, article_number)
    UNION
    SELECT named.word, mention.article_id
    FROM out.entities_meant(query) AS named
    JOIN core.article_entity AS mention USING (entity_id)
)
SELECT article_id
FROM hit
GROUP BY article_id
HAVING count(*) = (SELECT count(*) FROM term);

COMMENT ON MACRO TABLE out.articles_with_words IS 'articles_with_words(''मोदी पुतिन''): ids of the articles that contain all words in any inflection, unordered; a word in Latin letters stands for the entities of that name.';
