"""Articles of the gold with what people read in them."""

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.reader.model.page import Page


@dataclass(frozen=True)
class GoldArticle:
    """An article with what people read in it.

    Attributes:
        source: where it comes from, coarsely: `ddnews`, `hdtb` or `papers`.
        gold: as the gold file has it.
    """

    part: str
    source: str
    page: Page
    gold: dict[str, Any]


def read_articles(path: Path) -> list[GoldArticle]:
    """Read what `main` kept."""
    with path.open("rb") as file:
        articles: list[GoldArticle] = pickle.load(file)
    return articles
