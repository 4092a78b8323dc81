"""Which articles are learnt from and which are measured on."""

import hashlib
from collections.abc import Sequence

from training.reader.gold import GoldArticle

FOLDS = 5


def fold_of(article: GoldArticle) -> int:
    """Return an article's fold, by a hash of its id."""
    return int(hashlib.sha256(article.gold["article_id"].encode()).hexdigest(), 16) % FOLDS


def select(articles: Sequence[GoldArticle], selection: str) -> tuple[list[GoldArticle], list[GoldArticle]]:
    """Return what to learn from and what to measure on.

    Args:
        selection: `train` (measured on dev and dev_papers), `all` (measured on nothing), `fold0` … `fold4` of all
            sets, `without-ddnews`, `without-hdtb`, `without-papers` (measured on what was left out), or `tune0` …,
            a fold of train alone.
    """
    if selection == "train":
        learnt = [article for article in articles if article.part == "train"]
    elif selection == "all":
        learnt = list(articles)
    elif selection.startswith("fold"):
        learnt = [article for article in articles if fold_of(article) != int(selection[4:])]
    elif selection.startswith("tune"):
        articles = [article for article in articles if article.part == "train"]
        learnt = [article for article in articles if fold_of(article) != int(selection[4:])]
    elif selection.startswith("without-"):
        learnt = [article for article in articles if article.source != selection.removeprefix("without-")]
    else:
        raise ValueError(selection)
    chosen = {id(article) for article in learnt}
    return learnt, [article for article in articles if id(article) not in chosen]
