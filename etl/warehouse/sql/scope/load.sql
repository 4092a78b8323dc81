-- What the checks of a load look at beyond its partition: the partitions and meetings that it changed, and the
-- partitions that held an article of its own. The rows of the meetings are found once, not by each check, since
-- meetings do not lie together by day.
CREATE OR REPLACE TEMP VIEW checked_day AS FROM counted_day;
CREATE OR REPLACE TEMP VIEW checked_article_day AS
SELECT partition_day FROM counted_day UNION SELECT partition_day FROM held_elsewhere;
CREATE OR REPLACE TEMP VIEW checked_meeting AS SELECT DISTINCT meeting_id FROM touched_meeting;
CREATE OR REPLACE TEMP TABLE checked_meeting_row AS
SELECT meeting_id FROM core.meeting WHERE meeting_id IN (FROM checked_meeting);
CREATE OR REPLACE TEMP TABLE checked_participant_row AS
SELECT meeting_id, entity_id FROM core.meeting_participant WHERE meeting_id IN (FROM checked_meeting);
