-- reads: core.article, core.meeting, core.meeting_mention, core.meeting_participant, meta.partition_load
-- leaves: checked_article_day, checked_day, checked_meeting, checked_meeting_row, checked_participant_row
-- Checks of the whole warehouse read all partitions and meetings.
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
