-- also recorded as: e598b9aa2b12d0ccf774907297f2098ec56668c2d40aee013c2866eab3c19ab2
-- The keys that find near copies, stored so that a load does not compute them again for four weeks of articles.
ALTER TABLE core.article ADD COLUMN band_keys UBIGINT[];
UPDATE core.article SET band_keys = core.band_keys_of(signature) WHERE signature IS NOT NULL;
