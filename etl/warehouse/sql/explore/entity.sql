-- One entity with its most frequent aliases and its offices.
SELECT
    entity.*,
    (SELECT list(alias_hi ORDER BY mention_count DESC, alias_hi) FROM (
        SELECT alias_hi, mention_count FROM out.entity_alias WHERE entity_id = $entity
        ORDER BY mention_count DESC, alias_hi LIMIT 12
    )) AS aliases,
    (SELECT list({office_hi: office_hi, valid_from: valid_from, valid_to: valid_to} ORDER BY valid_from DESC)
        FROM out.entity_office WHERE entity_id = $entity) AS offices
FROM out.entity AS entity
WHERE entity_id = $entity
