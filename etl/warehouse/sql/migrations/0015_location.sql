-- Where places are: the city, state or country that a report's place means, with the facts of GeoNames. Null for reports
-- loaded before; resolve and load again to fill them.
ALTER TABLE core.meeting_mention ADD COLUMN place_en VARCHAR;
ALTER TABLE core.meeting_mention ADD COLUMN place_kind VARCHAR;
ALTER TABLE core.meeting_mention ADD COLUMN place_country_code VARCHAR;
ALTER TABLE core.meeting_mention ADD COLUMN place_admin1 VARCHAR;
ALTER TABLE core.meeting_mention ADD COLUMN place_geonames_id BIGINT;
ALTER TABLE core.meeting_mention ADD COLUMN place_latitude DOUBLE;
ALTER TABLE core.meeting_mention ADD COLUMN place_longitude DOUBLE;
ALTER TABLE core.meeting_mention ADD COLUMN location_method VARCHAR;

ALTER TABLE core.meeting ADD COLUMN place_en VARCHAR;
ALTER TABLE core.meeting ADD COLUMN place_kind VARCHAR;
ALTER TABLE core.meeting ADD COLUMN place_country_code VARCHAR;
ALTER TABLE core.meeting ADD COLUMN place_admin1 VARCHAR;
ALTER TABLE core.meeting ADD COLUMN place_geonames_id BIGINT;
ALTER TABLE core.meeting ADD COLUMN place_latitude DOUBLE;
ALTER TABLE core.meeting ADD COLUMN place_longitude DOUBLE;
ALTER TABLE core.meeting ADD COLUMN location_method VARCHAR;

ALTER TABLE core.place ADD COLUMN geonames_id BIGINT;
ALTER TABLE core.place ADD COLUMN name_en VARCHAR;
ALTER TABLE core.place ADD COLUMN admin1 VARCHAR;
