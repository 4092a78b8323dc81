-- Pairs of near copies among the articles to regroup and all they lead to. Copies lie at most 14 days apart.
--
-- A signature is cut into 16 bands of 4 values; articles that agree in a band are compared (LSH). The hash holds
-- the band's number, so that one join serves all bands.
CREATE OR REPLACE TEMP MACRO band_hashes(signature) AS
    [hash(band, signature[4 * band + 1 : 4 * band + 4]) FOR band IN range(16)];
CREATE OR REPLACE TEMP MACRO similarity_of(one, other) AS
    list_sum([(pair[1] = pair[2])::INTEGER FOR pair IN list_zip(one, other)]) / 64;
CREATE OR REPLACE TEMP MACRO lie_near(one_day, other_day) AS
    coalesce(abs(try_cast(one_day AS DATE) - try_cast(other_day AS DATE)) <= 14, one_day = other_day);

CREATE OR REPLACE TEMP TABLE fresh_band AS
SELECT article_id, partition_day, signature, unnest(band_hashes(signature)) AS band_hash
FROM core.article
WHERE partition_day = $partition_day AND len(signature) = 64;

-- What the new articles resemble, with the groups that these stand in.
INSERT INTO regrouped_article
WITH window_band AS (
    SELECT article_id, partition_day, signature, unnest(band_hashes(signature)) AS band_hash
    FROM core.article
    WHERE len(signature) = 64
        AND CASE WHEN try_cast($partition_day AS DATE) IS NULL THEN partition_day = $partition_day
            ELSE partition_day BETWEEN strftime(try_cast($partition_day AS DATE) - 14, '%Y-%m-%d')
                AND strftime(try_cast($partition_day AS DATE) + 14, '%Y-%m-%d') END
),
neighbour AS (
    SELECT DISTINCT other.article_id
    FROM fresh_band AS fresh JOIN window_band AS other USING (band_hash)
    WHERE similarity_of(fresh.signature, other.signature) >= 0.8
)
SELECT article_id FROM neighbour
UNION
SELECT member.article_id
FROM neighbour
JOIN core.article_copy AS own USING (article_id)
JOIN core.article_copy AS member USING (canonical_article_id);

CREATE OR REPLACE TEMP TABLE copy_pair AS
WITH band AS (
    SELECT article_id, partition_day, signature, unnest(band_hashes(signature)) AS band_hash
    FROM core.article
    WHERE len(signature) = 64 AND article_id IN (SELECT article_id FROM regrouped_article)
)
SELECT DISTINCT one.article_id AS one_id, other.article_id AS other_id
FROM band AS one JOIN band AS other USING (band_hash)
WHERE one.article_id < other.article_id
    AND lie_near(one.partition_day, other.partition_day)
    AND similarity_of(one.signature, other.signature) >= 0.8;
