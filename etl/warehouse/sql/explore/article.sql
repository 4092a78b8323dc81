-- One article with its text.
SELECT * FROM out.article WHERE article_id = $article
