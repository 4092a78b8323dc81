"""Scores of page extraction on pages with known content.

A title is right if it equals the headline except for white space. A date is right if its day in India is. A body is
scored by token F1 where the expected body is recorded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from etl.config import REPOSITORY
from etl.domain.days import IST, india_day
from etl.errors import RejectedArticle
from etl.extract.page import extract_page
from etl.extract.sources import Source, read_sources
from testkit.article_pages import SavedPage, make_own_pages, read_saved_pages, token_f1


@dataclass(frozen=True, slots=True)
class Score:
    """Scores of one tool on one set of pages, from 0 to 1."""

    title: float
    date: float
    body_f1: float
    body_worst: float


Answers = dict[str, dict[str, Any]]
"""Fields that a tool extracts (`title`, `published`, `body`), by name of page."""


def page_sets(pages_dir: Path) -> dict[str, list[SavedPage]]:
    """Return our own pages, and the saved real ones where present."""
    sets = {"own pages": make_own_pages(), "real pages": read_saved_pages(pages_dir)}
    return {name: pages for name, pages in sets.items() if pages}


def score_ours(pages: list[SavedPage]) -> dict[str, Score]:
    """Return the scores of our extractor, without and with the publishers' selectors."""
    sources = read_sources(REPOSITORY / "seeds" / "sources.toml")
    answers = {"ours": read_ours(pages, ()), "ours, selectors": read_ours(pages, sources)}
    return {tool: score(pages, answer) for tool, answer in answers.items()}


def read_ours(pages: Iterable[SavedPage], sources: tuple[Source, ...]) -> dict[str, dict[str, Any]]:
    """Return the fields that our extractor reads; an empty dict for a rejected page."""
    answers: dict[str, dict[str, Any]] = {}
    for page in pages:
        try:
            article = extract_page(page.payload, url=page.url, sources=sources)
        except RejectedArticle:
            answers[page.name] = {}
            continue
        published = article.published_at.isoformat() if article.published_at else None
        answers[page.name] = {"title": article.title, "published": published, "body": article.text}
    return answers


def score(pages: list[SavedPage], answers: dict[str, dict[str, Any]]) -> Score:
    """Compare extracted fields with the expected ones."""
    f1 = [token_f1(answers.get(p.name, {}).get("body") or "", p.body) for p in pages if p.body is not None]
    return Score(
        title=sum(_is_title(answers.get(p.name, {}).get("title"), p.title) for p in pages) / len(pages),
        date=sum(_is_day(answers.get(p.name, {}).get("published"), p.published_at) for p in pages)
        / len(pages),
        body_f1=sum(f1) / len(f1),
        body_worst=min(f1),
    )


def _is_title(found: str | None, wanted: str) -> bool:
    return " ".join((found or "").split()) == " ".join(wanted.split())


def _is_day(found: str | None, wanted: datetime) -> bool:
    if not found:
        return False
    moment = datetime.fromisoformat(found)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=IST)
    return india_day(moment) == india_day(wanted)
