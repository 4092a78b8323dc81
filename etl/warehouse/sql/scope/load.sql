-- reads: core.meeting, core.meeting_participant, counted_day, held_elsewhere, touched_meeting
-- leaves: checked_article_day, checked_day, checked_meeting, checked_meeting_row, checked_participant_row
-- The rows that the checks of a load read beyond its partition: the partitions and meetings that it changed, and the
-- partitions that contained one of its articles. The rows of the meetings are selected once, not in each check, because
-- rows of core.meeting are not stored together by day.
CREATE OR REPLACE TEMP VIEW checked_day AS FROM counted_day;
CREATE OR REPLACE TEMP VIEW checked_article_day AS
SELECT partition_day FROM counted_day UNION SELECT partition_day FROM held_elsewhere;
CREATE OR REPLACE TEMP VIEW checked_meeting AS SELECT DISTINCT meeting_id FROM touched_meeting;
CREATE OR REPLACE TEMP TABLE checked_meeting_row AS
SELECT meeting_id FROM core.meeting WHERE meeting_id IN (FROM checked_meeting);
CREATE OR REPLACE TEMP TABLE checked_participant_row AS
SELECT meeting_id, entity_id FROM core.meeting_participant WHERE meeting_id IN (FROM checked_meeting);
