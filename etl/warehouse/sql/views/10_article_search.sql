-- read by: analysts
-- The sound of a name in Latin letters, the same for both scripts: short and long vowels, e and i, o and u, aspirated and
-- plain, dental and retroflex consonants are one letter, and an a is kept only at the start of a word. Jaro-Winkler
-- compares bytes, of which a Devanagari letter has three, two of them the same for the whole alphabet: it needs such keys.
CREATE MACRO out.sound_key(name) AS
    regexp_replace(
        regexp_replace(
            regexp_replace(
                translate(
                    regexp_replace(
                        replace(replace(replace(core.fold_words(name), 'x', 'ks'), 'ch', '6'), 'ph', 'p'),
                        '([bdgjkpst])h', '\1', 'g'
                    ),
                    'cqzfwyeo' || 'कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह' || 'अआाइईिीएऐऍेैॅउऊुूओऔऑोौॉऋृंँ' || '्ः',
                    'kkjpviiu' || 'kkggn66jjnttddnttddnppbbmirlvsssh' || 'aaaiiiiiiiiiiuuuuuuuuuurrnn'
                ),
                '([^ ])a+', '\1', 'g'
            ),
            'i+', 'i', 'g'
        ),
        'u+', 'u', 'g'
    );

-- Entities whose name in either script contains every word of a query, best match first: the words as given or as the
-- start of a word; only where no name has them, words that sound alike.
CREATE MACRO out.search_entities(query) AS TABLE
WITH term AS (
    SELECT DISTINCT word
    FROM (SELECT unnest(string_split(core.fold_words(query), ' ')) AS word)
    WHERE word <> ''
),
form AS (
    SELECT entity_id, unnest([name_hi, name_latin, name_en]) AS name FROM core.entity
    UNION
    SELECT entity_id, alias_hi FROM core.entity_alias
    UNION
    SELECT place_id, name_en FROM core.place
),
name AS (
    SELECT DISTINCT entity_id, unnest(string_split(core.fold_words(name), ' ')) AS word
    FROM form
    WHERE name IS NOT NULL
),
spelt AS (
    SELECT entity_id, term.word, max(CASE WHEN name.word = term.word THEN 1 ELSE 0.95 END) AS similarity
    FROM term JOIN name ON starts_with(name.word, term.word)
    GROUP BY ALL
),
spelt_fully AS (
    SELECT entity_id, min(similarity)::DOUBLE AS similarity
    FROM spelt
    GROUP BY entity_id
    HAVING count(*) = (SELECT count(*) FROM term)
),
sound AS (
    SELECT entity_id, out.sound_key(word) AS key
    FROM (SELECT * FROM name WHERE NOT EXISTS (FROM spelt_fully))
),
alike AS (
    SELECT sound.entity_id, term.word, max(jaro_winkler_similarity(term.key, sound.key)) * 0.9 AS similarity
    FROM (SELECT word, out.sound_key(word) AS key FROM term) AS term
    JOIN (SELECT DISTINCT * FROM sound) AS sound
        ON left(sound.key, 1) = left(term.key, 1)
        AND (sound.key = term.key OR least(len(term.key), len(sound.key)) > 3
            AND jaro_winkler_similarity(term.key, sound.key) >= 0.92)
    GROUP BY ALL
),
found AS (
    SELECT entity_id, similarity FROM spelt_fully
    UNION ALL
    SELECT entity_id, avg(similarity)
    FROM alike
    GROUP BY entity_id
    HAVING count(*) = (SELECT count(*) FROM term)
)
SELECT
    entity.entity_id,
    entity.kind,
    entity.name_hi,
    entity.name_latin,
    entity.name_en,
    entity.country_code,
    found.similarity,
    (SELECT count(*) FROM core.meeting_participant AS seat WHERE seat.entity_id = entity.entity_id) AS meeting_count
FROM found
JOIN core.entity AS entity USING (entity_id)
ORDER BY similarity DESC, meeting_count DESC, entity.entity_id;

-- Persons by name in either script, misspelt or partial: search_people('narendra modi').
CREATE MACRO out.search_people(query) AS TABLE
SELECT entity_id, name_hi, name_latin, name_en, country_code, similarity, meeting_count
FROM out.search_entities(query)
WHERE kind = 'PER'
ORDER BY similarity DESC, meeting_count DESC, entity_id;

-- The entities that a word in Latin letters stands for in an article search: those with such a word in their name.
CREATE MACRO out.entities_meant(query) AS TABLE
SELECT DISTINCT term.word, name.entity_id
FROM (SELECT unnest(string_split(core.fold_words(query), ' ')) AS word) AS term
JOIN (
    SELECT
        entity_id,
        unnest(string_split(core.fold_words(form), ' ')) AS word
    FROM (
        SELECT entity_id, unnest([name_latin, name_en]) AS form FROM core.entity
        UNION
        SELECT place_id, name_en FROM core.place
    )
    WHERE form IS NOT NULL
) AS name ON left(name.word, 1) = left(term.word, 1) AND jaro_winkler_similarity(term.word, name.word) >= 0.93
WHERE regexp_matches(term.word, '^[a-z0-9]+$');

-- Articles that contain all words of a query, ranked by BM25 (length relative to the average of the articles that
-- contain any of them). A word in Latin letters stands for the entities of that name. For a NULL query: all articles,
-- without a score.
CREATE MACRO out.search_articles(query) AS TABLE
WITH term AS (
    SELECT DISTINCT word
    FROM (SELECT unnest(string_split(core.fold_words(query), ' ')) AS word)
    WHERE word <> ''
),
hit AS (
    SELECT posting.word, article.article_id, posting.token_count::DOUBLE AS found_count
    FROM (
        SELECT term.word, partition_day, unnest(postings, max_depth := 2)
        FROM term JOIN core.posting_list ON token = core.stem_word(term.word)
        WHERE NOT regexp_matches(term.word, '^[a-z0-9]+$')
    ) AS posting
    JOIN core.article AS article USING (partition_day, article_number)
    UNION ALL
    SELECT named.word, mention.article_id, count(*)::DOUBLE
    FROM out.entities_meant(query) AS named
    JOIN core.entity_mention AS mention USING (entity_id)
    GROUP BY named.word, mention.article_id
),
rarity AS (
    SELECT
        word,
        ln(1 + ((SELECT count(*) FROM core.article) - count(DISTINCT article_id) + 0.5) / (count(DISTINCT article_id) + 0.5))
            AS idf
    FROM hit
    GROUP BY word
),
found AS MATERIALIZED (
    SELECT article_id, length(text) AS char_count FROM core.article WHERE article_id IN (SELECT article_id FROM hit)
),
ranked AS (
    SELECT
        article_id,
        sum(
            rarity.idf * hit.found_count * 2.2
            / (hit.found_count + 1.2 * (0.25 + 0.75 * found.char_count / (SELECT avg(char_count) FROM found)))
        ) AS score
    FROM hit
    JOIN rarity USING (word)
    JOIN found USING (article_id)
    GROUP BY article_id
    HAVING count(DISTINCT hit.word) = (SELECT count(*) FROM term)
    UNION ALL
    SELECT article_id, NULL FROM core.article WHERE query IS NULL
),
named AS (
    SELECT
        article_id,
        coalesce(list(name_hi ORDER BY name_hi) FILTER (kind = 'PER'), []) AS people,
        coalesce(list(name_hi ORDER BY name_hi) FILTER (kind = 'ORG'), []) AS organisations,
        coalesce(list(name_hi ORDER BY name_hi) FILTER (kind = 'LOC'), []) AS locations
    FROM core.article_entity
    WHERE article_id IN (SELECT article_id FROM ranked)
    GROUP BY article_id
),
reported AS (
    SELECT article_id, count(DISTINCT meeting_id) AS meeting_count
    FROM core.meeting_mention
    WHERE article_id IN (SELECT article_id FROM ranked)
    GROUP BY article_id
)
SELECT
    ranked.score,
    article.article_id,
    article.url AS article_url,
    article.title,
    source.source_name,
    (article.published_at AT TIME ZONE 'Asia/Kolkata')::DATE AS published_date,
    named.people,
    named.organisations,
    named.locations,
    coalesce(reported.meeting_count, 0) AS meeting_count,
    coalesce(copy.canonical_article_id, article.article_id) AS canonical_article_id,
    article.text
FROM ranked
JOIN core.article AS article USING (article_id)
JOIN core.source AS source USING (source_id)
LEFT JOIN named USING (article_id)
LEFT JOIN reported USING (article_id)
LEFT JOIN core.article_copy AS copy USING (article_id)
ORDER BY ranked.score DESC, article.article_id;

CREATE VIEW out.article_search AS SELECT * EXCLUDE score FROM out.search_articles(NULL);

COMMENT ON VIEW out.article_search IS 'Articles for reading: one row each. Search them with SELECT * FROM out.search_articles(''मोदी पुतिन'').';
COMMENT ON COLUMN out.article_search.article_id IS 'Key: core.article.article_id.';
COMMENT ON COLUMN out.article_search.article_url IS 'The URL exactly as the source gave it.';
COMMENT ON COLUMN out.article_search.title IS 'The headline; null where there is none.';
COMMENT ON COLUMN out.article_search.source_name IS 'The publisher.';
COMMENT ON COLUMN out.article_search.published_date IS 'Day in India on which it was published; null when not known.';
COMMENT ON COLUMN out.article_search.people IS 'Canonical Hindi names of the persons in it; null where the article names no entity at all.';
COMMENT ON COLUMN out.article_search.organisations IS 'Canonical Hindi names of the organisations in it.';
COMMENT ON COLUMN out.article_search.locations IS 'Canonical Hindi names of the places in it.';
COMMENT ON COLUMN out.article_search.meeting_count IS 'Number of meetings that it reports.';
COMMENT ON COLUMN out.article_search.canonical_article_id IS 'The earliest article with nearly the same text; its own id where there is no earlier one.';
COMMENT ON COLUMN out.article_search.text IS 'Title and body, cleaned.';

COMMENT ON MACRO out.sound_key IS 'sound_key(''मोदी''): the sound of a name in Latin letters (mudi), equal for spellings that sound alike in either script.';

COMMENT ON MACRO TABLE out.search_entities IS 'search_entities(''lavrov''): persons, organisations and places by name in either script, best match first: whole words, then the start of words; misspelt names only where nothing else fits.';
COMMENT ON MACRO TABLE out.search_people IS 'search_people(''narendra modi''): persons by name in either script, misspelt or partial, best match first.';
COMMENT ON MACRO TABLE out.entities_meant IS 'entities_meant(''modi''): each word in Latin letters with the ids of the entities that have it, or a similar word, in their name.';
COMMENT ON MACRO TABLE out.search_articles IS 'search_articles(''मोदी पुतिन''): rows of out.article_search that contain all words in any inflection, ranked by BM25; a word in Latin letters stands for the entities of that name.';
