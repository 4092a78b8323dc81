-- Checks of the whole warehouse look at all partitions and meetings.
CREATE OR REPLACE TEMP VIEW checked_day AS SELECT partition_day FROM meta.partition_load;
CREATE OR REPLACE TEMP VIEW checked_article_day AS SELECT DISTINCT partition_day FROM core.article;
CREATE OR REPLACE TEMP VIEW checked_meeting AS
SELECT meeting_id FROM core.meeting
UNION
SELECT meeting_id FROM core.meeting_participant
UNION
SELECT meeting_id FROM core.meeting_mention;
CREATE OR REPLACE TEMP VIEW checked_meeting_row AS SELECT meeting_id FROM core.meeting;
CREATE OR REPLACE TEMP VIEW checked_participant_row AS
SELECT meeting_id, entity_id FROM core.meeting_participant;
