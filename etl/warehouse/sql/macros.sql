-- The macros of schema core. They are replaced whenever the text of this file changes (etl/warehouse/migrate.py).
-- Tables store what they return: a change of fold_words or stem_word needs a migration that rebuilds core.posting_list,
-- one of week_of or weeks_of a migration for core.report_pair, one of band_keys_of a migration for core.article.
CREATE SCHEMA IF NOT EXISTS core;

-- Folds text as etl.domain.hindi.fold_name does, then lowers case and replaces punctuation with spaces, so that
-- spellings of one word become equal.
CREATE OR REPLACE MACRO core.fold_words(words) AS
    trim(regexp_replace(
        regexp_replace(
            translate(lower(nfc_normalize(words)), chr(2345) || chr(2353) || chr(2356) || chr(2305), 'नरळं'),
            '[\x{093C}\x{200B}-\x{200D}\x{FEFF}]', '', 'g'
        ),
        '[^\p{L}\p{M}\p{N}]+', ' ', 'g'
    ));

-- Removes the ending that number and case change, longest ending first: the nominal part of the Hindi stemmer of
-- Ramanathan and Rao (2003). Verb endings are kept, because names end in the same letters (शंकर, पुराना).
CREATE OR REPLACE MACRO core.stem_word(word) AS
    regexp_replace(
        word, '^(.{2,}?)(?:ियाओं|ियां|ियों|ियो|ाओं|ाएं|ुओं|ुएं|ूओं|ओं|एं|ओ|ए|ां|ों|ें|ीं|ा|ि|ी|ु|ू|े|ो|ै|ौ)$', '\1'
    );

-- Number of a day's week, counted from Monday 1 January 1900.
CREATE OR REPLACE MACRO core.week_of(day) AS ((day::DATE - DATE '1900-01-01') // 7)::INTEGER;

-- The weeks in which linking looks for other reports of a meeting: the article's week with the weeks before and after
-- it, and the weeks of the report's dates unless they are a whole year. Rows of core.report_pair hold one week each.
CREATE OR REPLACE MACRO core.weeks_of(anchor_date, start_date, end_date, date_precision) AS
    list_distinct(list_concat(
        [core.week_of(anchor_date + days) FOR days IN [-7, 0, 7] IF anchor_date IS NOT NULL],
        CASE WHEN date_precision <> 'year' AND start_date IS NOT NULL THEN
            range(core.week_of(start_date), core.week_of(end_date) + 1)
        END
    ));

-- Cuts a signature of 64 values into 16 bands of 4 and folds each band into one 64-bit key. Articles that share a key
-- are compared (LSH); two bands that share a key by chance cost one comparison and change no result.
CREATE OR REPLACE MACRO core.band_keys_of(signature) AS
    CASE WHEN len(signature) = 64 THEN [
        xor(
            (signature[4 * band + 1]::UBIGINT << 32) + signature[4 * band + 2]::UBIGINT,
            (signature[4 * band + 4]::UBIGINT << 32) + signature[4 * band + 3]::UBIGINT
        )
        FOR band IN range(16)
    ] END;
