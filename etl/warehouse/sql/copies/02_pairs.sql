-- reads: core.article, core.article_copy, incoming_article, regrouped_article
-- leaves: copy_pair, fresh_pair, is_in_range(), regrouped_article, similarity_of()
-- Find the pairs of near copies among the articles to group again and their copies. Copies are at most 14 days apart
-- (DAYS_APART in copies.py), share a band (core.band_keys_of), and agree in four fifths of their signatures.
CREATE OR REPLACE TEMP MACRO similarity_of(one, other) AS
    list_sum([(pair[1] = pair[2])::INTEGER FOR pair IN list_zip(one, other)]) / 64;
CREATE OR REPLACE TEMP MACRO is_in_range(one_day, other_day) AS
    coalesce(abs(try_cast(one_day AS DATE) - try_cast(other_day AS DATE)) <= 14, one_day = other_day);

CREATE OR REPLACE TEMP TABLE fresh_pair AS
WITH candidate AS MATERIALIZED (
    SELECT DISTINCT fresh.article_id AS fresh_id, other.article_id AS other_id
    FROM (
        SELECT article_id, unnest(band_keys) AS band_key FROM core.article WHERE partition_day = $partition_day
    ) AS fresh
    JOIN (
        SELECT article_id, unnest(band_keys) AS band_key FROM core.article
        WHERE partition_day BETWEEN $first_day AND $last_day
    ) AS other USING (band_key)
    WHERE fresh.article_id <> other.article_id
)
SELECT fresh_id, other_id
FROM candidate
JOIN core.article AS fresh ON fresh.article_id = fresh_id AND fresh.partition_day = $partition_day
JOIN core.article AS other ON other.article_id = other_id AND other.partition_day BETWEEN $first_day AND $last_day
WHERE similarity_of(fresh.signature, other.signature) >= 0.8;

-- Add the stored copies of the new articles, and all members of their groups.
INSERT INTO regrouped_article
SELECT other_id FROM fresh_pair
UNION
SELECT member.article_id
FROM fresh_pair
JOIN core.article_copy AS own ON own.article_id = other_id
JOIN core.article_copy AS member USING (canonical_article_id);

CREATE OR REPLACE TEMP TABLE copy_pair AS
WITH member AS MATERIALIZED (
    SELECT article_id, partition_day, signature, unnest(band_keys) AS band_key
    FROM core.article
    WHERE article_id IN (SELECT article_id FROM regrouped_article ANTI JOIN incoming_article USING (article_id))
        AND partition_day <> $partition_day
)
SELECT least(fresh_id, other_id) AS one_id, greatest(fresh_id, other_id) AS other_id FROM fresh_pair
UNION
SELECT one.article_id, other.article_id
FROM member AS one JOIN member AS other USING (band_key)
WHERE one.article_id < other.article_id
    AND is_in_range(one.partition_day, other.partition_day)
    AND similarity_of(one.signature, other.signature) >= 0.8;
