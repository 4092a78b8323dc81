"""Fixtures with the real models and seeds, loaded once for all tests of this folder."""

from datetime import datetime

import pytest

from etl.config import Settings
from etl.domain.article import Article
from etl.domain.days import IST
from etl.domain.meeting import ResolvedArticle
from etl.domain.raw import RawArticle
from etl.storage.seed_files import read_seeds
from etl.transform.annotate import Annotator
from etl.transform.clean import clean_article
from etl.transform.resolve import Resolver
from testkit.fixtures import Read

PUBLISHED = datetime(2022, 9, 14, 18, tzinfo=IST)
"""A Wednesday."""


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings.from_env()


@pytest.fixture(scope="session")
def annotator(settings: Settings) -> Annotator:
    return Annotator(settings.models_dir)


@pytest.fixture(scope="session")
def read(settings: Settings, annotator: Annotator) -> Read:
    """Return a function that resolves one text as an article of Wednesday 14 September 2022."""
    resolver = Resolver(read_seeds(settings.seeds_dir), "test")

    def read_text(text: str) -> tuple[Article, ResolvedArticle]:
        raw = RawArticle("परीक्षण", None, None, text, PUBLISHED)
        article = clean_article(raw, "2022-09-14")
        return article, resolver.resolve(article, tuple(annotator.annotate([article])))

    return read_text
