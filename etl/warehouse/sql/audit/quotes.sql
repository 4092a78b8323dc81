-- severity: block
-- says: the text at the offsets differs from the stored quotation
-- A mention is compared with its sentence, and the sentence with the article: this cuts each long text only once.
SELECT 'sentence' AS quote, article_id, quoting.start_char, quoting.end_char, quoting.text
FROM core.sentence AS quoting JOIN core.article AS article USING (partition_day, article_id)
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND (quoting.start_char < 0 OR quoting.end_char - quoting.start_char <> length(quoting.text)
        OR substr(article.text, quoting.start_char + 1, quoting.end_char - quoting.start_char) <> quoting.text)
UNION ALL
SELECT 'mention in its sentence', article_id, quoting.start_char, quoting.end_char, quoting.text
FROM core.entity_mention AS quoting JOIN core.sentence AS sentence USING (partition_day, article_id, sentence_number)
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND (quoting.start_char < sentence.start_char OR quoting.end_char > sentence.end_char
        OR quoting.end_char - quoting.start_char <> length(quoting.text)
        OR substr(sentence.text, quoting.start_char - sentence.start_char + 1, length(quoting.text)) <> quoting.text)
UNION ALL
SELECT 'evidence', article_id, evidence_start_char, evidence_end_char, trigger_text
FROM core.meeting_mention JOIN core.article AS article USING (partition_day, article_id)
WHERE ($partition_day IS NULL OR partition_day = $partition_day)
    AND (evidence_start_char < 0 OR evidence_end_char > length(article.text)
        OR NOT contains(
            substr(article.text, evidence_start_char + 1, evidence_end_char - evidence_start_char), trigger_text
        ));
