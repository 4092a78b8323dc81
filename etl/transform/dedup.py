"""One article, one row: of several revisions of an article keep the latest."""

from collections.abc import Iterable
from datetime import UTC, datetime

from etl.domain.article import Article

_NEVER = datetime.min.replace(tzinfo=UTC)


def split_revisions(articles: Iterable[Article]) -> tuple[list[Article], list[Article]]:
    """Part articles into those to keep and those that another revision replaces.

    The latest published revision is kept, of equals the longest, then the greater text hash: a rule that does
    not depend on the order of arrival.

    Returns:
        The kept, in order of id, and the replaced.
    """
    ordered = sorted(articles, key=lambda a: (a.published_at or _NEVER, len(a.text), a.text_sha256))
    kept = {article.article_id: article for article in ordered}
    replaced = [article for article in ordered if kept[article.article_id] is not article]
    return [kept[article_id] for article_id in sorted(kept)], replaced
