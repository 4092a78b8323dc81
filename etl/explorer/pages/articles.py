"""The page of an article, with the mentions and meetings found in it."""

from http import HTTPStatus

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from etl.explorer.fragments import split_article
from etl.explorer.page import PageDep
from etl.explorer.query import ArticleQuery, Id

router = APIRouter()
MAX_MENTIONS = 5000


@router.get("/articles/{article_id}")
def show_article(page: PageDep, article_id: Id) -> Response:
    """Show an article's text with its entities, triggers and evidence highlighted."""
    query = ArticleQuery(article=article_id)
    table = page.read_table("article", query)
    if not table.rows:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    article = table.rows[0]
    mentions = page.read_table("mentions", query, limit=MAX_MENTIONS)
    reports = page.read_table("article_reports", query)
    return page.render(
        "article.html",
        section="meetings",
        article=article,
        table=table,
        mentions=mentions,
        reports=reports,
        paragraphs=split_article(article["text"], mentions.rows, reports.rows),
    )
