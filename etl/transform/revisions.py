"""Choose the revision of each article to keep, so that an article has one row."""

from collections.abc import Iterable
from datetime import UTC, datetime

from etl.domain.article import Article

_NEVER = datetime.min.replace(tzinfo=UTC)


def split_revisions(articles: Iterable[Article]) -> tuple[list[Article], list[Article]]:
    """Split articles into the revisions to keep and the revisions that these replace.

    Revisions share an `article_id`. The revision published last is kept; between equals the longest, then the one
    with the greater text hash. The choice does not depend on the order of the input.

    Returns:
        The kept articles, ordered by id, and the replaced articles.
    """
    ordered = sorted(articles, key=lambda a: (a.published_at or _NEVER, len(a.text), a.text_sha256))
    kept = {article.article_id: article for article in ordered}
    replaced = [article for article in ordered if kept[article.article_id] is not article]
    return [kept[article_id] for article_id in sorted(kept)], replaced
