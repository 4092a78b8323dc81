-- also recorded as: 70d6d5e723493d0eba6852d92c076a6671f614b8f3b00748f38a830f7721af20
-- The pairs of participants that linking joins on, stored with the reports so that a load does not derive them from
-- all reports.
CREATE TABLE core.report_pair (
    partition_day VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    one_id VARCHAR NOT NULL,
    other_id VARCHAR NOT NULL,
    week INTEGER NOT NULL,
    start_date DATE,
    end_date DATE,
    is_vague BOOLEAN NOT NULL,
    anchor_date DATE,
    published_at TIMESTAMPTZ,
    article_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL
);

INSERT INTO core.report_pair
SELECT
    mention.partition_day, mention.report_id, one.entity_id, other.entity_id,
    unnest(core.weeks_of(article.anchor_date, mention.start_date, mention.end_date, mention.date_precision)),
    mention.start_date, mention.end_date, mention.date_precision = 'year', article.anchor_date, article.published_at,
    mention.article_id, mention.ordinal
FROM core.meeting_mention AS mention
JOIN core.article AS article USING (partition_day, article_id)
JOIN core.meeting_mention_participant AS one USING (partition_day, report_id)
JOIN core.meeting_mention_participant AS other USING (partition_day, report_id)
WHERE one.entity_id < other.entity_id;
