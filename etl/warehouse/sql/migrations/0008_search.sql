-- What analysts ask by: countries and offices of entities, and the words of articles.
ALTER TABLE core.article_entity ADD COLUMN country_code VARCHAR;
COMMENT ON COLUMN core.article_entity.country_code IS 'ISO 3166-1 alpha-3 of the country it is or belongs to, as the gazetteer or this article says (RUS); null where neither does.';
ALTER TABLE core.entity ADD COLUMN country_code VARCHAR;
COMMENT ON COLUMN core.entity.country_code IS 'ISO 3166-1 alpha-3 of the country it is or belongs to, as most of its articles say (RUS); null where none does.';

ALTER TABLE core.entity_attribute ADD COLUMN territory_id VARCHAR;
COMMENT ON TABLE core.entity_attribute IS 'Dated facts of the gazetteer about an entity: the offices it held. One row per fact.';
COMMENT ON COLUMN core.entity_attribute.attribute IS 'office.';
COMMENT ON COLUMN core.entity_attribute.value_code IS 'As a code, such as foreign_minister.';
COMMENT ON COLUMN core.entity_attribute.territory_id IS 'The country or state it is an office of, as the gazetteer names it (country/RU, state/goa).';
COMMENT ON TABLE core.place IS 'Entities that are the place of some report. Coordinates stay null until the gazetteer carries them.';

-- The form under which spellings of a word are equal, as etl.domain.hindi.fold_name has it, without case and punctuation.
CREATE MACRO core.fold_words(words) AS
    trim(regexp_replace(
        regexp_replace(
            translate(lower(nfc_normalize(words)), chr(2345) || chr(2353) || chr(2356) || chr(2305), 'नरळं'),
            '[\x{093C}\x{200B}-\x{200D}\x{FEFF}]', '', 'g'
        ),
        '[^\p{L}\p{M}\p{N}]+', ' ', 'g'
    ));

-- A word without the vowels that number and case change, longest ending first: the nominal part of the Hindi stemmer
-- of Ramanathan and Rao (2003). Endings of verbs stay, since names end like them (शंकर, पुराना).
CREATE MACRO core.stem_word(word) AS
    regexp_replace(
        word, '^(.{2,}?)(?:ियाओं|ियां|ियों|ियो|ाओं|ाएं|ुओं|ुएं|ूओं|ओं|एं|ओ|ए|ां|ों|ें|ीं|ा|ि|ी|ु|ू|े|ो|ै|ौ)$', '\1'
    );

CREATE TABLE core.article_token (
    partition_day VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    token VARCHAR NOT NULL,
    token_count USMALLINT NOT NULL
);
COMMENT ON TABLE core.article_token IS 'The words of articles, for out.search_articles: one row per article and stem.';
COMMENT ON COLUMN core.article_token.partition_day IS 'Day of publication in India, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN core.article_token.article_id IS 'core.article.article_id.';
COMMENT ON COLUMN core.article_token.token IS 'A word of title or body, folded and without its ending (core.fold_words, core.stem_word).';
COMMENT ON COLUMN core.article_token.token_count IS 'How often it stands in the article, at most 65535.';

INSERT INTO core.article_token (partition_day, article_id, token, token_count)
SELECT partition_day, article_id, core.stem_word(word), least(count(*), 65535)
FROM (
    SELECT partition_day, article_id, unnest(string_split(core.fold_words(text), ' ')) AS word FROM core.article
)
WHERE word <> ''
GROUP BY ALL
ORDER BY partition_day, article_id;
