-- reads: $articles, $postings, core.meeting_mention_participant, core.sentence, incoming_article, incoming_entity,
--   incoming_mention, incoming_report, incoming_resolved, refused_article, touched_report, without_articles()
-- leaves: core.article, core.article_entity, core.entity_mention, core.meeting_context, core.meeting_mention,
--   core.meeting_mention_participant, core.posting_list, core.report_pair, touched_report
INSERT INTO core.article (
    article_id, partition_day, source_id, source_name, url, canonical_url, title, text, body_start_char,
    text_sha256, published_at, anchor_date, annotator_version, resolver_version,
    author, modified_at, section, tags, language, extraction, segments, signature, band_keys, article_number
)
SELECT
    article_id, $partition_day, source_id, source_name, url, canonical_url, title, text, body_start_char,
    text_sha256, published_at, anchor_date,
    CASE WHEN article_id IN (SELECT article_id FROM core.sentence WHERE partition_day = $partition_day)
        THEN $annotator_version END,
    CASE WHEN article_id IN (SELECT article_id FROM incoming_resolved) THEN $resolver_version END,
    author, modified_at, section, tags, language, extraction, segments, signature, core.band_keys_of(signature),
    article_number
FROM read_parquet($articles) JOIN (SELECT article_id, article_number FROM incoming_article) USING (article_id);

INSERT INTO core.posting_list (partition_day, token, postings)
SELECT $partition_day, token, postings
FROM (
    SELECT token, without_articles(postings, article_numbers) AS postings
    FROM read_parquet($postings), (SELECT list(article_number) AS article_numbers FROM refused_article)
)
WHERE len(postings) > 0;

INSERT INTO core.article_entity (
    partition_day, article_id, entity_id, kind, name_hi, name_latin, gazetteer_id, name_iso15919, name_en, country_code
)
SELECT
    $partition_day, article_id, entity.entity_id, entity.kind, entity.name_hi, entity.name_latin,
    entity.gazetteer_id, entity.name_iso15919, entity.name_en, entity.country_code
FROM incoming_entity;

INSERT INTO core.entity_mention (
    partition_day, article_id, entity_id, sentence_number, start_char, end_char, text, method
)
SELECT
    $partition_day, article_id, mention.entity_id, mention.sentence_number, mention.start_char, mention.end_char,
    mention.text, mention.method
FROM incoming_mention;

INSERT INTO core.meeting_mention BY NAME
SELECT $partition_day AS partition_day, report.* EXCLUDE (participants, contexts, location),
    report.location.name_en AS place_en, report.location.kind AS place_kind,
    report.location.country_code AS place_country_code, report.location.admin1 AS place_admin1,
    report.location.geonames_id AS place_geonames_id, report.location.latitude AS place_latitude,
    report.location.longitude AS place_longitude, report.location."method" AS location_method
FROM incoming_report;

INSERT INTO core.meeting_mention_participant (
    partition_day, report_id, participant_number, entity_id, mention_text, role, side
)
SELECT
    $partition_day, report_id, participant_number - 1, participant.entity_id, participant.mention_text,
    participant.role, participant.side
FROM (
    SELECT
        report.report_id,
        unnest(report.participants) AS participant,
        generate_subscripts(report.participants, 1) AS participant_number
    FROM incoming_report
);

INSERT INTO core.meeting_context (partition_day, report_id, context_code, level)
SELECT $partition_day, report_id, context.code, context.level
FROM (SELECT report.report_id, unnest(report.contexts) AS context FROM incoming_report);

INSERT INTO core.report_pair (
    partition_day, report_id, one_id, other_id, week, start_date, end_date, is_vague, anchor_date, published_at,
    article_id, ordinal
)
SELECT
    $partition_day, report.report_id, one.entity_id, other.entity_id,
    unnest(core.weeks_of(article.anchor_date, report.start_date, report.end_date, report.date_precision)),
    report.start_date, report.end_date, report.date_precision = 'year', article.anchor_date, article.published_at,
    report.article_id, report.ordinal
FROM incoming_report
JOIN incoming_article AS article ON article.article_id = report.article_id
JOIN core.meeting_mention_participant AS one
    ON one.partition_day = $partition_day AND one.report_id = report.report_id
JOIN core.meeting_mention_participant AS other
    ON other.partition_day = $partition_day AND other.report_id = report.report_id
WHERE one.entity_id < other.entity_id;

INSERT INTO touched_report
SELECT $partition_day, report.report_id, 0 FROM incoming_report
WHERE report.report_id NOT IN (SELECT report_id FROM touched_report WHERE partition_day = $partition_day);
