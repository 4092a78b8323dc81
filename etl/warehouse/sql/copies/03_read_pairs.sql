-- reads: copy_pair
-- leaves: nothing
-- The pairs that etl.warehouse.copies groups.
SELECT one_id, other_id FROM copy_pair ORDER BY ALL;
