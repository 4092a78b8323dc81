"""One article, with what was found in it."""

from http import HTTPStatus

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from etl.explorer.asked import ArticleAsked, Id
from etl.explorer.highlight import cut_article
from etl.explorer.page import PageDep

router = APIRouter()
MOST_MENTIONS = 5000


@router.get("/articles/{article_id}")
def show_article(page: PageDep, article_id: Id) -> Response:
    """Show an article's text with entities, triggers and evidence highlighted."""
    asked = ArticleAsked(article=article_id)
    table = page.table("article", asked)
    if not table.rows:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    article = table.rows[0]
    mentions = page.table("mentions", asked, limit=MOST_MENTIONS)
    reports = page.table("article_reports", asked)
    return page.show(
        "article.html",
        section="meetings",
        article=article,
        table=table,
        mentions=mentions,
        reports=reports,
        paragraphs=cut_article(article["text"], mentions.rows, reports.rows),
    )
