found AS (
    SELECT
        meeting_id,
        coalesce(least(listed_date, TRY_CAST(lead_partition_day AS DATE)), DATE '0001-01-01') AS news_date,
        report_count
    FROM out.meeting_index
    WHERE true
        AND status = $status --? status
        AND format = $format --? format
        AND coalesce(end_date, listed_date) >= $since --? since
        AND listed_date <= $until --? until
        AND status IN ('held', 'ongoing') --? took_place
        AND ( --? place
            contains(place_hi, $place) OR contains(lower(place_en), lower($place)) --? place
            OR place_entity_id IN (SELECT entity_id FROM out.search_entities($place)) --? place
        ) --? place
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_participant WHERE entity_id = $entity) --? entity
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_participant WHERE entity_id = $other) --? other
        AND meeting_id IN ( --? who
            SELECT meeting_id FROM out.meeting_participant --? who
            WHERE entity_id IN ( --? who
                SELECT entity_id FROM out.search_entities($who) --? who
                QUALIFY similarity = 1 OR max(similarity) OVER () < 1 --? who
            ) --? who
        ) --? who
        AND meeting_id IN ( --? who_2
            SELECT meeting_id FROM out.meeting_participant --? who_2
            WHERE entity_id IN ( --? who_2
                SELECT entity_id FROM out.search_entities($who_2) --? who_2
                QUALIFY similarity = 1 OR max(similarity) OVER () < 1 --? who_2
            ) --? who_2
        ) --? who_2
        AND meeting_id IN ( --? who_3
            SELECT meeting_id FROM out.meeting_participant --? who_3
            WHERE entity_id IN ( --? who_3
                SELECT entity_id FROM out.search_entities($who_3) --? who_3
                QUALIFY similarity = 1 OR max(similarity) OVER () < 1 --? who_3
            ) --? who_3
        ) --? who_3
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_participant WHERE country_code = $country) --? country
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_participant WHERE country_code = $other_country) --? other_country
        AND meeting_id IN ( --? text
            SELECT meeting_id FROM out.meeting_report --? text
            WHERE article_id IN (SELECT article_id FROM out.articles_with_words($text)) --? text
        ) --? text
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_report WHERE partition_day = $day) --? day
        AND meeting_id IN (SELECT meeting_id FROM out.meeting_report WHERE article_id = $article) --? article
)
