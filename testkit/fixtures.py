"""Types of fixtures that several test modules use."""

from collections.abc import Callable

from playwright.sync_api import Page

from etl.domain.article import Article
from etl.domain.meeting import ResolvedArticle

Read = Callable[[str], tuple[Article, ResolvedArticle]]
"""Text of one article -> the clean article, and its entities, mentions and reports."""
Ask = Callable[..., str]
"""Path and query of an Explorer page -> its HTML."""
OpenPage = Callable[[], Page]
"""-> a page in a new browser session."""
