-- read by: analysts
CREATE VIEW out.polecat AS
WITH office AS (
    SELECT
        participant.meeting_id, participant.entity_id,
        string_agg(DISTINCT attribute.value_hi, ', ' ORDER BY attribute.value_hi) AS office
    FROM core.meeting_participant AS participant
    JOIN core.meeting AS meeting USING (meeting_id)
    JOIN core.meeting_mention AS lead ON lead.report_id = meeting.lead_report_id
    JOIN core.entity_attribute AS attribute ON attribute.entity_id = participant.entity_id
        AND coalesce(meeting.start_date, lead.anchor_date)
            BETWEEN coalesce(attribute.valid_from, '-infinity') AND coalesce(attribute.valid_to, 'infinity')
    GROUP BY ALL
),
member AS (
    SELECT
        participant.meeting_id, participant.participant_number,
        coalesce(entity.name_en, entity.name_latin) AS name, entity.country_code, office.office, reported.mention_text,
        coalesce(
            participant.role IN ('recipient', 'host') OR participant.side = 2
            OR (
                NOT bool_or(participant.role IN ('recipient', 'host') OR coalesce(participant.side = 2, FALSE))
                    OVER (PARTITION BY participant.meeting_id)
                AND participant.participant_number
                    > min(participant.participant_number) OVER (PARTITION BY participant.meeting_id)
            ),
            FALSE
        ) AS is_recipient
    FROM core.meeting_participant AS participant
    JOIN core.meeting AS meeting USING (meeting_id)
    JOIN core.entity AS entity USING (entity_id)
    LEFT JOIN core.meeting_mention_participant AS reported
        ON reported.report_id = meeting.lead_report_id AND reported.entity_id = participant.entity_id
    LEFT JOIN office ON office.meeting_id = participant.meeting_id AND office.entity_id = participant.entity_id
),
party AS (
    SELECT
        meeting_id,
        string_agg(name, '; ' ORDER BY participant_number) FILTER (NOT is_recipient) AS actor_name,
        array_to_string(list_sort(list(DISTINCT country_code) FILTER (NOT is_recipient AND country_code IS NOT NULL)), '; ') AS actor_country,
        max('GOV') FILTER (NOT is_recipient AND office IS NOT NULL) AS actor_sector,
        string_agg(office, '; ' ORDER BY participant_number) FILTER (NOT is_recipient) AS actor_title,
        string_agg(mention_text, '; ' ORDER BY participant_number) FILTER (NOT is_recipient) AS actor_raw,
        string_agg(name, '; ' ORDER BY participant_number) FILTER (is_recipient) AS recipient_name,
        array_to_string(list_sort(list(DISTINCT country_code) FILTER (is_recipient AND country_code IS NOT NULL)), '; ') AS recipient_country,
        max('GOV') FILTER (is_recipient AND office IS NOT NULL) AS recipient_sector,
        string_agg(office, '; ' ORDER BY participant_number) FILTER (is_recipient) AS recipient_title,
        string_agg(mention_text, '; ' ORDER BY participant_number) FILTER (is_recipient) AS recipient_raw
    FROM member
    GROUP BY meeting_id
),
context AS (
    SELECT report_id, string_agg(DISTINCT context_code, '; ' ORDER BY context_code) AS codes
    FROM core.meeting_context
    GROUP BY report_id
),
story AS (
    SELECT
        article_id,
        string_agg(coalesce(name_en, name_latin), '; ' ORDER BY name_latin, entity_id) FILTER (kind = 'PER') AS people,
        string_agg(coalesce(name_en, name_latin), '; ' ORDER BY name_latin, entity_id) FILTER (kind = 'ORG')
            AS organisations,
        string_agg(coalesce(name_en, name_latin), '; ' ORDER BY name_latin, entity_id) FILTER (kind = 'LOC')
            AS locations
    FROM core.article_entity
    GROUP BY article_id
)
SELECT
    meeting.meeting_id AS "Event ID",
    meeting.start_date AS "Event Date",
    meeting.event_type AS "Event Type",
    meeting.plover_mode AS "Event Mode",
    coalesce(plover_mode.plover_score, plover.plover_score) AS "Intensity",
    plover.quad_code AS "Quad Code",
    context.codes AS "Contexts",
    party.actor_name AS "Actor Name",
    nullif(party.actor_country, '') AS "Actor Country",
    NULL::VARCHAR AS "Actor COW",
    party.actor_sector AS "Primary Actor Sector",
    party.actor_sector AS "Actor Sectors",
    party.actor_title AS "Actor Title",
    party.actor_raw AS "Actor Name Raw",
    NULL::VARCHAR AS "Wikipedia Actor ID",
    party.recipient_name AS "Recipient Name",
    nullif(party.recipient_country, '') AS "Recipient Country",
    NULL::VARCHAR AS "Recipient COW",
    party.recipient_sector AS "Primary Recipient Sector",
    party.recipient_sector AS "Recipient Sectors",
    party.recipient_title AS "Recipient Title",
    party.recipient_raw AS "Recipient Name Raw",
    NULL::VARCHAR AS "Wikipedia Recipient ID",
    coalesce(meeting.place_en, place.name_en, place.name_latin) AS "Placename",
    CASE WHEN meeting.place_kind = 'city' THEN meeting.place_en END AS "City",
    NULL::VARCHAR AS "District",
    meeting.place_admin1 AS "Province",
    coalesce(meeting.place_country_code, place.country_code) AS "Country",
    meeting.place_latitude AS "Latitude",
    meeting.place_longitude AS "Longitude",
    meeting.place_geonames_id::VARCHAR AS "GeoNames ID",
    meeting.place_hi AS "Raw Placename",
    meeting.place_kind AS "Feature Type",
    publisher.source_name AS "Source",
    (article.published_at AT TIME ZONE 'Asia/Kolkata')::DATE AS "Publication Date",
    story.people AS "Story People",
    story.organisations AS "Story Organizations",
    story.locations AS "Story Locations",
    'hi' AS "Language",
    meeting.coder_version AS "Version"
FROM core.meeting AS meeting
JOIN party USING (meeting_id)
JOIN core.meeting_mention AS lead ON lead.report_id = meeting.lead_report_id
JOIN core.article AS article USING (partition_day, article_id)
JOIN core.source AS publisher USING (source_id)
LEFT JOIN story ON story.article_id = article.article_id
LEFT JOIN context ON context.report_id = lead.report_id
LEFT JOIN core.entity AS place ON place.entity_id = meeting.place_entity_id
LEFT JOIN core.event_type AS plover
    ON plover.code_system = 'PLOVER' AND plover.code = meeting.event_type AND plover.mode IS NULL
LEFT JOIN core.event_type AS plover_mode
    ON plover_mode.code_system = 'PLOVER' AND plover_mode.code = meeting.event_type
    AND plover_mode.mode = meeting.plover_mode;

COMMENT ON VIEW out.polecat IS 'Meetings under the 40 column names of POLECAT, for tools that read it: one row per meeting. The side that is named first is the actor; columns without a value here are null.';
COMMENT ON COLUMN out.polecat."Event ID" IS 'Key: out.meeting.meeting_id.';
COMMENT ON COLUMN out.polecat."Event Date" IS 'First day; null when no report gives a time expression (POLECAT would take the day of publication).';
COMMENT ON COLUMN out.polecat."Event Type" IS 'PLOVER event type: CONSULT, AGREE, REQUEST, REJECT or SANCTION.';
COMMENT ON COLUMN out.polecat."Event Mode" IS 'PLOVER mode of the type: visit, phone, third-party, multilateral, meet, withdraw; null when not reported.';
COMMENT ON COLUMN out.polecat."Intensity" IS 'PLOVER intensity of type and mode, else of the type, -10 to 10; null where PLOVER gives none.';
COMMENT ON COLUMN out.polecat."Quad Code" IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.';
COMMENT ON COLUMN out.polecat."Contexts" IS 'PLOVER contexts of the lead report, separated by "; "; null where there are none.';
COMMENT ON COLUMN out.polecat."Actor Name" IS 'English names, else ASCII readings, of the first side, separated by "; ".';
COMMENT ON COLUMN out.polecat."Actor Country" IS 'Their countries, ISO 3166-1 alpha-3, each once, separated by "; "; null where none is known.';
COMMENT ON COLUMN out.polecat."Actor COW" IS 'Always null: Correlates of War codes are not assigned.';
COMMENT ON COLUMN out.polecat."Primary Actor Sector" IS 'GOV where one of them holds an office on that day according to the gazetteer; null otherwise: other sectors are not assigned.';
COMMENT ON COLUMN out.polecat."Actor Sectors" IS 'The same value: only one sector is assigned.';
COMMENT ON COLUMN out.polecat."Actor Title" IS 'Offices that they hold on that day according to the gazetteer, in Hindi, separated by "; "; null where none is known.';
COMMENT ON COLUMN out.polecat."Actor Name Raw" IS 'The names in the lead article, verbatim, separated by "; ".';
COMMENT ON COLUMN out.polecat."Wikipedia Actor ID" IS 'Always null: not assigned.';
COMMENT ON COLUMN out.polecat."Recipient Name" IS 'English names, else ASCII readings, of the other side, separated by "; ".';
COMMENT ON COLUMN out.polecat."Recipient Country" IS 'Their countries, ISO 3166-1 alpha-3, each once, separated by "; "; null where none is known.';
COMMENT ON COLUMN out.polecat."Recipient COW" IS 'Always null: not assigned.';
COMMENT ON COLUMN out.polecat."Primary Recipient Sector" IS 'GOV, as for actors; null otherwise.';
COMMENT ON COLUMN out.polecat."Recipient Sectors" IS 'The same value: only one sector is assigned.';
COMMENT ON COLUMN out.polecat."Recipient Title" IS 'Offices that they hold on the day, in Hindi, separated by "; "; null where none is known.';
COMMENT ON COLUMN out.polecat."Recipient Name Raw" IS 'The names in the lead article, verbatim, separated by "; ".';
COMMENT ON COLUMN out.polecat."Wikipedia Recipient ID" IS 'Always null: not assigned.';
COMMENT ON COLUMN out.polecat."Placename" IS 'English name of the city, state or country that the place means or is in, else its ASCII reading; null when not resolved.';
COMMENT ON COLUMN out.polecat."City" IS 'English name of the city; null for states and countries, and where it is not settled.';
COMMENT ON COLUMN out.polecat."District" IS 'Always null: GeoNames'' second divisions are not read.';
COMMENT ON COLUMN out.polecat."Province" IS 'English name of the state or province; null where it is not known.';
COMMENT ON COLUMN out.polecat."Country" IS 'Country of the place, ISO 3166-1 alpha-3; null where not known.';
COMMENT ON COLUMN out.polecat."Latitude" IS 'Degrees north of the city, WGS 84; null where there is no city.';
COMMENT ON COLUMN out.polecat."Longitude" IS 'Degrees east of the city, WGS 84; null where there is no city.';
COMMENT ON COLUMN out.polecat."GeoNames ID" IS 'GeoNames id of the city; null where there is no city.';
COMMENT ON COLUMN out.polecat."Raw Placename" IS 'The place, verbatim, such as गोवा; null when not reported.';
COMMENT ON COLUMN out.polecat."Feature Type" IS 'city, state or country (POLECAT has GeoNames'' feature codes); null where it is not settled.';
COMMENT ON COLUMN out.polecat."Source" IS 'Publisher of the lead article.';
COMMENT ON COLUMN out.polecat."Publication Date" IS 'Day in India on which it was published; null when not known.';
COMMENT ON COLUMN out.polecat."Story People" IS 'Persons named in the lead article, separated by "; ".';
COMMENT ON COLUMN out.polecat."Story Organizations" IS 'Organisations named in it.';
COMMENT ON COLUMN out.polecat."Story Locations" IS 'Places named in it.';
COMMENT ON COLUMN out.polecat."Language" IS 'ISO 639-1: hi.';
COMMENT ON COLUMN out.polecat."Version" IS 'Versions of code, lexicon and models.';
