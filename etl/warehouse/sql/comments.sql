-- What every table and column of core and meta means. Applied again whenever the text of this file changes
-- (etl/warehouse/migrate.py); `make dictionary` writes docs/data_dictionary.md from it and from the views.

COMMENT ON TABLE core.article IS 'Clean articles, each stored once: the earliest partition that contains an article keeps it. All offsets of the warehouse are half-open ranges of code points in text.';
COMMENT ON COLUMN core.article.article_id IS 'Key: hash of the canonical URL, or of source and text where there is no URL.';
COMMENT ON COLUMN core.article.partition_day IS 'Day of publication in India, YYYY-MM-DD, or undated. A load replaces one partition.';
COMMENT ON COLUMN core.article.source_id IS 'core.source.source_id.';
COMMENT ON COLUMN core.article.source_name IS 'The publisher as this article names it.';
COMMENT ON COLUMN core.article.url IS 'URL exactly as the source gave it; urn:mulaqat:… for a text without a URL.';
COMMENT ON COLUMN core.article.canonical_url IS 'The URL with scheme and host in lower case, without tracking parameters and fragment.';
COMMENT ON COLUMN core.article.title IS 'Clean Hindi title; null where there is none.';
COMMENT ON COLUMN core.article.text IS 'Title, a newline (where there is a title), then the body with paragraphs separated by newlines; Unicode NFC.';
COMMENT ON COLUMN core.article.body_start_char IS 'Where the body begins in text (code points); 0 without a title.';
COMMENT ON COLUMN core.article.text_sha256 IS 'SHA-256 of text in UTF-8 (hex).';
COMMENT ON COLUMN core.article.published_at IS 'Time of publication according to the source; null where the source gives none.';
COMMENT ON COLUMN core.article.anchor_date IS 'The day that relative dates (कल, आज) are counted from; null in partition undated.';
COMMENT ON COLUMN core.article.annotator_version IS 'Versions of the models that found its sentences and names; the audit blocks null.';
COMMENT ON COLUMN core.article.resolver_version IS 'Versions of the code and gazetteer that resolved its entities and mentions; the audit blocks null.';
COMMENT ON COLUMN core.article.author IS 'Author according to the page; null where the page gives none.';
COMMENT ON COLUMN core.article.modified_at IS 'Time of the last change according to the page; null where the page gives none.';
COMMENT ON COLUMN core.article.section IS 'The publisher''s section, verbatim; null where the page names none.';
COMMENT ON COLUMN core.article.tags IS 'The publisher''s keywords, verbatim.';
COMMENT ON COLUMN core.article.language IS 'ISO 639-1 code of the text, as identified: hi.';
COMMENT ON COLUMN core.article.extraction IS 'How each field of a page was found, such as title=h1;body=density;published_at=json-ld; of articles that were delivered as fields only those that were dropped, such as published_at=unreadable, else null.';
COMMENT ON COLUMN core.article.segments IS 'Origin of the body: text[start_char:end_char] is copied verbatim from raw_start_char of the extracted text; the text between segments was changed by cleaning.';
COMMENT ON COLUMN core.article.signature IS 'MinHash of the body (64 values): the share of equal positions estimates the share of text that two articles have in common.';
COMMENT ON COLUMN core.article.band_keys IS 'The signature in 16 bands of 4 values, each folded into one number: near copies share at least one. Null where there is no signature.';
COMMENT ON COLUMN core.article.article_number IS 'Rank of the article in its partition by article_id, counted from 1. The ranking includes articles that another partition keeps. Key in core.posting_list.';

COMMENT ON TABLE core.article_copy IS 'Groups of articles with nearly the same text, such as one agency story in several papers. One row per article of a group; articles without copies have no row.';
COMMENT ON COLUMN core.article_copy.article_id IS 'Key: core.article.article_id.';
COMMENT ON COLUMN core.article_copy.canonical_article_id IS 'The article of the group that was published first, ties by the longest; the article''s own id for that article.';
COMMENT ON COLUMN core.article_copy.similarity IS 'Estimated share of text that it has in common with the canonical article, 0 to 1.';

COMMENT ON TABLE core.article_entity IS 'The form of an entity in one article; core.entity is derived from the forms of all articles. Key: article_id, entity_id.';
COMMENT ON COLUMN core.article_entity.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.article_entity.article_id IS 'core.article.article_id.';
COMMENT ON COLUMN core.article_entity.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.article_entity.kind IS 'PER, ORG or LOC.';
COMMENT ON COLUMN core.article_entity.name_hi IS 'Hindi name that this article uses, without titles.';
COMMENT ON COLUMN core.article_entity.name_latin IS 'ASCII reading of that name.';
COMMENT ON COLUMN core.article_entity.gazetteer_id IS 'Gazetteer row of the entity; null for an entity discovered in text.';
COMMENT ON COLUMN core.article_entity.name_iso15919 IS 'core.entity.name_iso15919.';
COMMENT ON COLUMN core.article_entity.name_en IS 'core.entity.name_en.';
COMMENT ON COLUMN core.article_entity.country_code IS 'ISO 3166-1 alpha-3 of the entity''s country (its own code for a country), from the gazetteer or this article (RUS); null where neither gives one.';

COMMENT ON TABLE core.entity IS 'Persons, organisations and places that stored articles name. An entity is deleted when no article names it any more.';
COMMENT ON COLUMN core.entity.entity_id IS 'Key: hash of the gazetteer row, or of kind and folded name.';
COMMENT ON COLUMN core.entity.kind IS 'PER (person), ORG (organisation) or LOC (place, country).';
COMMENT ON COLUMN core.entity.name_hi IS 'Canonical Hindi name without titles, such as नरेंद्र मोदी: the name that most articles use.';
COMMENT ON COLUMN core.entity.name_latin IS 'ASCII reading, such as narendra modi: for display and search, never a key.';
COMMENT ON COLUMN core.entity.gazetteer_id IS 'Gazetteer row of the entity; null for an entity discovered in text.';
COMMENT ON COLUMN core.entity.name_iso15919 IS 'ISO 15919 transliteration of name_hi, such as narēṁdra mōdī; null where the partition was loaded before this column existed.';
COMMENT ON COLUMN core.entity.name_en IS 'Usual English name, such as Narendra Modi; null where the gazetteer does not list the entity.';
COMMENT ON COLUMN core.entity.country_code IS 'ISO 3166-1 alpha-3 of the entity''s country (its own code for a country), as most of its articles give it (RUS); null where none gives one.';

COMMENT ON TABLE core.entity_alias IS 'The forms in which articles mention an entity. Key: entity_id, alias_hi.';
COMMENT ON COLUMN core.entity_alias.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.entity_alias.alias_hi IS 'Mention text, verbatim, without titles, such as मोदी.';
COMMENT ON COLUMN core.entity_alias.mention_count IS 'Number of mentions with this form.';

COMMENT ON TABLE core.entity_attribute IS 'Dated facts about an entity from the gazetteer: the offices it held. One row per fact.';
COMMENT ON COLUMN core.entity_attribute.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.entity_attribute.attribute IS 'office.';
COMMENT ON COLUMN core.entity_attribute.value_hi IS 'In Hindi, such as विदेश मंत्री.';
COMMENT ON COLUMN core.entity_attribute.value_code IS 'As a code, such as foreign_minister.';
COMMENT ON COLUMN core.entity_attribute.valid_from IS 'First day, inclusive; null when not known.';
COMMENT ON COLUMN core.entity_attribute.valid_to IS 'Last day, inclusive; null when not known or still valid.';
COMMENT ON COLUMN core.entity_attribute.gazetteer_id IS 'Gazetteer row with the fact.';
COMMENT ON COLUMN core.entity_attribute.territory_id IS 'Country or state of the office: its id in the gazetteer (country/RU, state/goa).';

COMMENT ON TABLE core.entity_form IS 'The forms of an entity in articles, with the number of articles of each; core.entity holds the most frequent one. Key: all columns but article_count.';
COMMENT ON COLUMN core.entity_form.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.entity_form.kind IS 'PER, ORG or LOC.';
COMMENT ON COLUMN core.entity_form.name_hi IS 'Hindi name that these articles use.';
COMMENT ON COLUMN core.entity_form.name_latin IS 'ASCII reading of that name.';
COMMENT ON COLUMN core.entity_form.gazetteer_id IS 'Gazetteer row of the entity; null for an entity discovered in text.';
COMMENT ON COLUMN core.entity_form.name_iso15919 IS 'ISO 15919 transliteration; null where the partition was loaded before this column existed.';
COMMENT ON COLUMN core.entity_form.name_en IS 'Usual English name; null where the gazetteer does not list the entity.';
COMMENT ON COLUMN core.entity_form.country_code IS 'Country that these articles give, ISO 3166-1 alpha-3; null where they give none.';
COMMENT ON COLUMN core.entity_form.article_count IS 'Number of articles with this form.';

COMMENT ON TABLE core.entity_mention IS 'Where an article mentions an entity. Key: article_id, start_char, end_char.';
COMMENT ON COLUMN core.entity_mention.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.entity_mention.article_id IS 'core.article.article_id.';
COMMENT ON COLUMN core.entity_mention.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.entity_mention.sentence_number IS 'core.sentence.sentence_number.';
COMMENT ON COLUMN core.entity_mention.start_char IS 'First code point in core.article.text, counted from 0.';
COMMENT ON COLUMN core.entity_mention.end_char IS 'One past the last code point.';
COMMENT ON COLUMN core.entity_mention.text IS 'The article''s text between the two offsets, verbatim, without titles.';
COMMENT ON COLUMN core.entity_mention.method IS 'The rule that linked the mention to the entity.';

COMMENT ON TABLE core.event_type IS 'The event codes of meetings, with their names and scores. Key: code_system, code, mode.';
COMMENT ON COLUMN core.event_type.code_system IS 'PLOVER or CAMEO.';
COMMENT ON COLUMN core.event_type.code IS 'PLOVER event type, or CAMEO 1.1b3 code as text.';
COMMENT ON COLUMN core.event_type.mode IS 'PLOVER mode; null for the type as such and for CAMEO.';
COMMENT ON COLUMN core.event_type.name IS 'Name in English.';
COMMENT ON COLUMN core.event_type.goldstein IS 'Goldstein scale, -10 (conflict) to 10 (cooperation); null for PLOVER.';
COMMENT ON COLUMN core.event_type.plover_score IS 'PLOVER intensity, -10 to 10; null for CAMEO and where PLOVER gives none.';
COMMENT ON COLUMN core.event_type.quad_code IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.';

COMMENT ON TABLE core.meeting IS 'Meetings: one row per event, derived from its reports. Two reports of one article are always two meetings. Lead order: the most confident report first, ties by the earlier.';
COMMENT ON COLUMN core.meeting.meeting_id IS 'Key: hash of its earliest report by (published_at, article_id, ordinal). core.meeting_alias resolves an id that changed.';
COMMENT ON COLUMN core.meeting.lead_report_id IS 'core.meeting_mention.report_id of its most confident report (ties: the earlier). Values come from this report unless their column says otherwise.';
COMMENT ON COLUMN core.meeting.report_count IS 'Number of reports, each in a different article.';
COMMENT ON COLUMN core.meeting.planned_meeting_id IS 'core.meeting.meeting_id of the planned meeting that this held meeting fulfilled; null when none was announced.';
COMMENT ON COLUMN core.meeting.event_type IS 'PLOVER event type: CONSULT (held, ongoing), AGREE (planned, postponed), REQUEST, REJECT or SANCTION (cancelled, broken off).';
COMMENT ON COLUMN core.meeting.cameo_code IS 'CAMEO 1.1b3 code as text, such as 042; its name is in core.event_type. From the first report in lead order that has a mode, else from the lead report.';
COMMENT ON COLUMN core.meeting.mode IS 'PLOVER CONSULT mode: visit, phone (any remote medium), third-party or multilateral; null when no report has one. From the same report as cameo_code.';
COMMENT ON COLUMN core.meeting.plover_mode IS 'PLOVER''s own mode where its type has one (meet, withdraw), else mode; null when not reported. From the same report as cameo_code.';
COMMENT ON COLUMN core.meeting.format IS 'bilateral (two sides), multilateral (three or more sides, or a meeting of an IGO) or unknown. Our extension of PLOVER. From the first report in lead order whose format is not unknown.';
COMMENT ON COLUMN core.meeting.status IS 'held, ongoing, planned, requested, refused, postponed or cancelled. held where any report has held, else ongoing; other statuses are never mixed in one meeting.';
COMMENT ON COLUMN core.meeting.is_historical IS 'Whether every report gives it as background.';
COMMENT ON COLUMN core.meeting.start_date IS 'First day, inclusive; null when no report gives a time expression (the publication date is not an event date). All date columns come from one report, the most precise.';
COMMENT ON COLUMN core.meeting.end_date IS 'Last day, inclusive; equal to start_date for one day; null with start_date.';
COMMENT ON COLUMN core.meeting.date_precision IS 'day, week (Monday to Sunday), month, year or none.';
COMMENT ON COLUMN core.meeting.date_text IS 'The time expression, verbatim, such as गुरुवार को; null when there is none.';
COMMENT ON COLUMN core.meeting.place_hi IS 'Place, verbatim, such as गोवा; null when not reported. From the first report in lead order that has a place.';
COMMENT ON COLUMN core.meeting.place_entity_id IS 'core.place.place_id; null when the place is not resolved.';
COMMENT ON COLUMN core.meeting.occasion_hi IS 'The event that the meeting is part of, such as एससीओ शिखर सम्मेलन; null when not reported. From the first report in lead order that has one.';
COMMENT ON COLUMN core.meeting.confidence IS 'The highest confidence among its reports, 0 to 1.';
COMMENT ON COLUMN core.meeting.coder IS 'Program that produced the report.';
COMMENT ON COLUMN core.meeting.coder_version IS 'Versions of its code, lexicon and models.';
COMMENT ON COLUMN core.meeting.codebook IS 'Codebook that the coder follows.';

COMMENT ON TABLE core.meeting_alias IS 'Former ids of meetings, so that a stored id can still be resolved. This table is history: it depends on the order of loading.';
COMMENT ON COLUMN core.meeting_alias.former_meeting_id IS 'Key: a former id of core.meeting.';
COMMENT ON COLUMN core.meeting_alias.meeting_id IS 'core.meeting.meeting_id with most of its reports now; null when no report is left.';
COMMENT ON COLUMN core.meeting_alias.run_key IS 'The run that changed it last.';

COMMENT ON TABLE core.meeting_context IS 'PLOVER contexts of a reported meeting: its subjects. Key: report_id, context_code, level.';
COMMENT ON COLUMN core.meeting_context.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.meeting_context.report_id IS 'core.meeting_mention.report_id.';
COMMENT ON COLUMN core.meeting_context.context_code IS 'PLOVER context, such as diplomatic or military.';
COMMENT ON COLUMN core.meeting_context.level IS 'sentence where a cue is in the reporting sentence, article where cues are only in the rest of the article.';

COMMENT ON TABLE core.meeting_mention IS 'Reports: how one article reports one meeting, with the article''s own values. Key: report_id.';
COMMENT ON COLUMN core.meeting_mention.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.meeting_mention.report_id IS 'Key: hash of article_id and ordinal.';
COMMENT ON COLUMN core.meeting_mention.article_id IS 'core.article.article_id.';
COMMENT ON COLUMN core.meeting_mention.ordinal IS 'Number of the report in the article, counted from 0, in the order of first evidence.';
COMMENT ON COLUMN core.meeting_mention.meeting_id IS 'core.meeting.meeting_id: the meeting that this report is linked to; the audit blocks null.';
COMMENT ON COLUMN core.meeting_mention.event_type IS 'PLOVER event type: CONSULT (held, ongoing), AGREE (planned, postponed), REQUEST, REJECT or SANCTION (cancelled, broken off).';
COMMENT ON COLUMN core.meeting_mention.cameo_code IS 'CAMEO 1.1b3 code as text, such as 042; its name is in core.event_type.';
COMMENT ON COLUMN core.meeting_mention.mode IS 'PLOVER CONSULT mode: visit, phone (any remote medium), third-party or multilateral; null when not reported.';
COMMENT ON COLUMN core.meeting_mention.plover_mode IS 'PLOVER''s own mode where its type has one (meet, withdraw), else mode; null when not reported.';
COMMENT ON COLUMN core.meeting_mention.format IS 'bilateral (two sides), multilateral (three or more sides, or a meeting of an IGO) or unknown. Our extension of PLOVER.';
COMMENT ON COLUMN core.meeting_mention.status IS 'held, ongoing, planned, requested, refused, postponed or cancelled.';
COMMENT ON COLUMN core.meeting_mention.is_historical IS 'Whether this article gives it as background, such as मार्च में हुई आखिरी मुलाकात ("the last meeting, held in March").';
COMMENT ON COLUMN core.meeting_mention.start_date IS 'First day, inclusive; null when no time expression is given (the publication date is not an event date).';
COMMENT ON COLUMN core.meeting_mention.end_date IS 'Last day, inclusive; equal to start_date for one day; null with start_date.';
COMMENT ON COLUMN core.meeting_mention.date_precision IS 'day, week (Monday to Sunday), month, year or none.';
COMMENT ON COLUMN core.meeting_mention.date_text IS 'The time expression, verbatim, such as गुरुवार को; null when there is none.';
COMMENT ON COLUMN core.meeting_mention.date_method IS 'The rule that read the expression; none without one.';
COMMENT ON COLUMN core.meeting_mention.anchor_date IS 'The day from which a relative expression is counted; null when it is not known.';
COMMENT ON COLUMN core.meeting_mention.place_hi IS 'Place, verbatim, such as गोवा; null when not reported.';
COMMENT ON COLUMN core.meeting_mention.place_entity_id IS 'core.place.place_id; null when the place is not resolved.';
COMMENT ON COLUMN core.meeting_mention.place_method IS 'The rule that found the place; none without one.';
COMMENT ON COLUMN core.meeting_mention.occasion_hi IS 'The event that the meeting is part of, such as एससीओ शिखर सम्मेलन; null when not reported.';
COMMENT ON COLUMN core.meeting_mention.sentence_number IS 'core.sentence.sentence_number of the reporting sentence.';
COMMENT ON COLUMN core.meeting_mention.evidence_start_char IS 'First code point of the evidence in core.article.text, counted from 0.';
COMMENT ON COLUMN core.meeting_mention.evidence_end_char IS 'One past its last code point.';
COMMENT ON COLUMN core.meeting_mention.trigger_text IS 'The word that signals the meeting, verbatim, such as मुलाकात.';
COMMENT ON COLUMN core.meeting_mention.confidence IS 'Confidence of the coder, 0 to 1.';
COMMENT ON COLUMN core.meeting_mention.rules IS 'The rules that produced the report: trigger=…;status=…;participants=….';
COMMENT ON COLUMN core.meeting_mention.coder IS 'Program that produced the report.';
COMMENT ON COLUMN core.meeting_mention.coder_version IS 'Versions of its code, lexicon and models.';
COMMENT ON COLUMN core.meeting_mention.codebook IS 'Codebook that the coder follows.';

COMMENT ON TABLE core.meeting_mention_participant IS 'Who took part, according to one report. Key: report_id, entity_id.';
COMMENT ON COLUMN core.meeting_mention_participant.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.meeting_mention_participant.report_id IS 'core.meeting_mention.report_id.';
COMMENT ON COLUMN core.meeting_mention_participant.participant_number IS 'Number of the participant in the report, counted from 0, in the order of the text.';
COMMENT ON COLUMN core.meeting_mention_participant.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.meeting_mention_participant.mention_text IS 'The fullest form of the name in this article, verbatim, without titles.';
COMMENT ON COLUMN core.meeting_mention_participant.role IS 'actor, recipient (host of a visit), host, mediator or attendee.';
COMMENT ON COLUMN core.meeting_mention_participant.side IS '1 or 2 where the report distinguishes two sides; null otherwise.';

COMMENT ON TABLE core.meeting_participant IS 'Who took part in a meeting, according to all its reports together. Key: meeting_id, entity_id.';
COMMENT ON COLUMN core.meeting_participant.meeting_id IS 'core.meeting.meeting_id.';
COMMENT ON COLUMN core.meeting_participant.participant_number IS 'Number of the participant, counted from 0: ordered by the first report that names it, in lead order.';
COMMENT ON COLUMN core.meeting_participant.entity_id IS 'core.entity.entity_id.';
COMMENT ON COLUMN core.meeting_participant.role IS 'Role in the first report that names it, in lead order: actor, recipient, host, mediator or attendee.';
COMMENT ON COLUMN core.meeting_participant.side IS '1 or 2 where the lead report distinguishes two sides; null otherwise.';
COMMENT ON COLUMN core.meeting_participant.report_count IS 'Number of reports that name it.';

COMMENT ON TABLE core.place IS 'Entities that are the place of at least one report. Coordinates are null: the gazetteer has none yet.';
COMMENT ON COLUMN core.place.place_id IS 'Key: core.entity.entity_id.';
COMMENT ON COLUMN core.place.country_code IS 'ISO 3166-1 alpha-3; null when not known.';
COMMENT ON COLUMN core.place.latitude IS 'Degrees north, WGS 84; null when not known.';
COMMENT ON COLUMN core.place.longitude IS 'Degrees east, WGS 84; null when not known.';

COMMENT ON TABLE core.posting_list IS 'Posting lists for out.search_articles: one row per partition and stem.';
COMMENT ON COLUMN core.posting_list.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.posting_list.token IS 'A word of title or body, folded and stemmed (core.fold_words, core.stem_word).';
COMMENT ON COLUMN core.posting_list.postings IS 'The articles that contain the token, by core.article.article_number, and how often it occurs in each, at most 65535.';

COMMENT ON TABLE core.report_pair IS 'Join keys for linking: one row per report, pair of its participants and week in which other reports of the meeting are looked for.';
COMMENT ON COLUMN core.report_pair.partition_day IS 'Day of publication in India, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN core.report_pair.report_id IS 'core.meeting_mention.report_id.';
COMMENT ON COLUMN core.report_pair.one_id IS 'Entity of one participant, the lower id.';
COMMENT ON COLUMN core.report_pair.other_id IS 'Entity of another participant, the higher id.';
COMMENT ON COLUMN core.report_pair.week IS 'Number of a week, counted from Monday 1 January 1900: the weeks of the report''s dates, the week of its article, and the weeks before and after that one.';
COMMENT ON COLUMN core.report_pair.start_date IS 'First day in the report; null when it gives no date.';
COMMENT ON COLUMN core.report_pair.end_date IS 'Last day in the report; null when it gives no date.';
COMMENT ON COLUMN core.report_pair.is_vague IS 'Whether the dates are a whole year.';
COMMENT ON COLUMN core.report_pair.anchor_date IS 'Anchor date of the article; null when not known.';
COMMENT ON COLUMN core.report_pair.published_at IS 'When the article was published; null when not known.';
COMMENT ON COLUMN core.report_pair.article_id IS 'The article.';
COMMENT ON COLUMN core.report_pair.ordinal IS 'Number of the report in the article.';

COMMENT ON TABLE core.sentence IS 'Sentences of an article, the title''s first. Key: article_id, sentence_number.';
COMMENT ON COLUMN core.sentence.partition_day IS 'core.article.partition_day.';
COMMENT ON COLUMN core.sentence.article_id IS 'core.article.article_id.';
COMMENT ON COLUMN core.sentence.sentence_number IS 'Number of the sentence in the article, counted from 0.';
COMMENT ON COLUMN core.sentence.start_char IS 'First code point in core.article.text, counted from 0.';
COMMENT ON COLUMN core.sentence.end_char IS 'One past the last code point.';
COMMENT ON COLUMN core.sentence.text IS 'The article''s text between the two offsets, verbatim.';

COMMENT ON TABLE core.source IS 'Publishers of stored articles: one row each.';
COMMENT ON COLUMN core.source.source_id IS 'Key: slug of the name.';
COMMENT ON COLUMN core.source.source_name IS 'The name in most of its articles, such as Times of India.';

COMMENT ON TABLE meta.audit_result IS 'The results of all audit checks, including those of loads that were rolled back.';
COMMENT ON COLUMN meta.audit_result.run_key IS 'The run that ran the check.';
COMMENT ON COLUMN meta.audit_result.audited_at IS 'When the load or audit began.';
COMMENT ON COLUMN meta.audit_result.partition_day IS 'The partition being loaded; null where the whole warehouse was checked.';
COMMENT ON COLUMN meta.audit_result.check_name IS 'Name of the check: its file under sql/audit without .sql.';
COMMENT ON COLUMN meta.audit_result.severity IS 'block (bad rows roll the load back) or warn.';
COMMENT ON COLUMN meta.audit_result.says IS 'Meaning of a bad row.';
COMMENT ON COLUMN meta.audit_result.bad_row_count IS 'Number of rows that violate the check; 0 is a pass.';
COMMENT ON COLUMN meta.audit_result.examples IS 'The first few bad rows, as text; empty for a pass.';

COMMENT ON TABLE meta.migration IS 'The schema migrations applied to this database: one row each, never undone.';
COMMENT ON COLUMN meta.migration.migration_number IS 'Number in the file name, counted from 1 without gaps.';
COMMENT ON COLUMN meta.migration.file_name IS 'File under sql/migrations, such as 0001_meta.sql.';
COMMENT ON COLUMN meta.migration.file_sha256 IS 'SHA-256 of the file as it was applied (hex); a file with another hash stops the migration.';
COMMENT ON COLUMN meta.migration.applied_at IS 'When it was applied.';

COMMENT ON TABLE meta.partition_load IS 'The last load of each partition. One row per partition; collected = stored + rejected.';
COMMENT ON COLUMN meta.partition_load.partition_day IS 'Day of publication in India, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN meta.partition_load.run_key IS 'The run that loaded it last.';
COMMENT ON COLUMN meta.partition_load.loaded_at IS 'When that load began.';
COMMENT ON COLUMN meta.partition_load.collected_count IS 'Articles that the raw archive holds for this partition, usable or not.';
COMMENT ON COLUMN meta.partition_load.stored_count IS 'Articles of this partition in core.article.';
COMMENT ON COLUMN meta.partition_load.rejected_count IS 'Articles of this partition in meta.rejected_article.';
COMMENT ON COLUMN meta.partition_load.raw_fingerprint IS 'Fingerprint of the partition''s raw files when it was loaded; the partition must be rebuilt where the raw files have another one now.';

COMMENT ON TABLE meta.pipeline_run IS 'Journal of the changes that runs made to the warehouse. One row per load of a partition, per audit and per relinking, including those rolled back.';
COMMENT ON COLUMN meta.pipeline_run.run_key IS 'Name of the run, the same in all its stages.';
COMMENT ON COLUMN meta.pipeline_run.stage IS 'load, audit or relink.';
COMMENT ON COLUMN meta.pipeline_run.partition_day IS 'The partition loaded; null for work on the whole warehouse.';
COMMENT ON COLUMN meta.pipeline_run.outcome IS 'done, or blocked by an audit check (a blocked change was rolled back).';
COMMENT ON COLUMN meta.pipeline_run.detail IS 'Number of checks, and the checks that blocked or warned.';
COMMENT ON COLUMN meta.pipeline_run.recorded_at IS 'When the stage began.';
COMMENT ON COLUMN meta.pipeline_run.counts IS 'How many, by name. Of a load, stage by stage: collected, rejected, stored, sentence, mention, report, meeting. Of relinking: report, meeting, changed. Empty for audits.';

COMMENT ON TABLE meta.rejected_article IS 'Articles that were collected but not stored, each with its reason. One row per rejected article.';
COMMENT ON COLUMN meta.rejected_article.partition_day IS 'Partition of the article, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN meta.rejected_article.source_name IS 'The publisher as the source names it.';
COMMENT ON COLUMN meta.rejected_article.uri IS 'Where it came from: the URL, or urn: for a file line without one.';
COMMENT ON COLUMN meta.rejected_article.payload_sha256 IS 'SHA-256 of the collected bytes (hex); null where the load rejected a clean article.';
COMMENT ON COLUMN meta.rejected_article.article_id IS 'The article that another partition keeps, where the load rejected it; null for rejections before the load.';
COMMENT ON COLUMN meta.rejected_article.reason IS 'A word of the closed list RejectReason in etl/errors.py, such as too_short, not_hindi, robots_denied, duplicate_url.';
COMMENT ON COLUMN meta.rejected_article.detail IS 'Details for a person.';
COMMENT ON COLUMN meta.rejected_article.run_key IS 'The run that rejected it.';

COMMENT ON TABLE meta.source_completeness IS 'Article counts per partition and source: discovered = stored + rejected + pending. One row per partition and source; an enabled source without articles has a row too.';
COMMENT ON COLUMN meta.source_completeness.partition_day IS 'Day of publication in India, YYYY-MM-DD, or undated.';
COMMENT ON COLUMN meta.source_completeness.source_name IS 'The publisher as the source names it.';
COMMENT ON COLUMN meta.source_completeness.stored_count IS 'Articles loaded into core.article.';
COMMENT ON COLUMN meta.source_completeness.rejected_count IS 'Articles rejected: rows of meta.rejected_article.';
COMMENT ON COLUMN meta.source_completeness.run_key IS 'The run that counted.';
COMMENT ON COLUMN meta.source_completeness.discovered_count IS 'URLs and file entries found for the day; null where the partition was loaded before this column existed.';
COMMENT ON COLUMN meta.source_completeness.fetched_count IS 'Those of them that returned a page or text.';
COMMENT ON COLUMN meta.source_completeness.extracted_count IS 'Those of them from which an article was extracted.';
COMMENT ON COLUMN meta.source_completeness.not_modified_count IS 'Number of repeated requests for a page that had not changed.';
COMMENT ON COLUMN meta.source_completeness.pending_count IS 'URLs that are still to be retried.';
COMMENT ON COLUMN meta.source_completeness.rejected_reasons IS 'Number of rejected articles, by reason.';
COMMENT ON COLUMN meta.source_completeness.note IS 'Reason why the source has no articles, where it is known; null otherwise.';

COMMENT ON TABLE meta.view_definition IS 'One row: the version of the macros, views and comments in this database.';
COMMENT ON COLUMN meta.view_definition.text_sha256 IS 'SHA-256 over the names and texts of sql/macros.sql, the files under sql/views, and sql/comments.sql (hex).';
COMMENT ON COLUMN meta.view_definition.created_at IS 'When they were last defined.';
