-- What linking goes by, kept with the reports instead of being made anew from all of them in every load.
CREATE MACRO core.week_of(day) AS ((day::DATE - DATE '1900-01-01') // 7)::INTEGER;

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
COMMENT ON TABLE core.report_pair IS 'What linking goes by: one row per report, pair of its participants and week that it may belong to.';
COMMENT ON COLUMN core.report_pair.partition_day IS 'Day of publication in India, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN core.report_pair.report_id IS 'core.meeting_mention.report_id.';
COMMENT ON COLUMN core.report_pair.one_id IS 'Entity of one participant, the lower id.';
COMMENT ON COLUMN core.report_pair.other_id IS 'Entity of another one.';
COMMENT ON COLUMN core.report_pair.week IS 'Number of a week, counted from Monday 1 January 1900: of the report''s dates, of its article, and those beside it.';
COMMENT ON COLUMN core.report_pair.start_date IS 'First day in the report; null when it gives none.';
COMMENT ON COLUMN core.report_pair.end_date IS 'Last day in the report; null when it gives none.';
COMMENT ON COLUMN core.report_pair.is_vague IS 'Whether these days are a whole year.';
COMMENT ON COLUMN core.report_pair.anchor_date IS 'Day of the article; null when not known.';
COMMENT ON COLUMN core.report_pair.published_at IS 'When the article was published; null when not known.';
COMMENT ON COLUMN core.report_pair.article_id IS 'The article.';
COMMENT ON COLUMN core.report_pair.ordinal IS 'Number of the report in the article.';

-- The pairs of reports, as load writes them: see load/04_insert.sql.
CREATE MACRO core.weeks_of(anchor_date, start_date, end_date, date_precision) AS
    list_distinct(list_concat(
        [core.week_of(anchor_date + days) FOR days IN [-7, 0, 7] IF anchor_date IS NOT NULL],
        CASE WHEN date_precision <> 'year' AND start_date IS NOT NULL THEN
            range(core.week_of(start_date), core.week_of(end_date) + 1)
        END
    ));

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
