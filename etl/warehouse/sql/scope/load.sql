-- What the checks of a load look at beyond its partition: the meetings and partitions that it changed.
CREATE OR REPLACE TEMP VIEW checked_meeting AS SELECT DISTINCT meeting_id FROM touched_meeting;
CREATE OR REPLACE TEMP VIEW checked_day AS FROM counted_day;
