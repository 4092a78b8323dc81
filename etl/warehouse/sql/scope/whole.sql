-- Checks of the whole warehouse look at all meetings and partitions.
CREATE OR REPLACE TEMP VIEW checked_meeting AS
SELECT meeting_id FROM core.meeting
UNION
SELECT meeting_id FROM core.meeting_participant
UNION
SELECT meeting_id FROM core.meeting_mention;
CREATE OR REPLACE TEMP VIEW checked_day AS SELECT partition_day FROM meta.partition_load;
