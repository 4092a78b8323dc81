"""Pages read in a child process with a budget: same articles, costly pages are rejected, the next page is read."""

import os
import signal
from collections.abc import Iterator
from datetime import date

import pytest

from etl.config import REPOSITORY
from etl.errors import RejectedArticle
from etl.extract.page import extract_page
from etl.extract.page.budget import BudgetedReader, PageBudget
from etl.extract.sources import read_sources
from testkit.article_pages import STORIES, TEMPLATES, render

SOURCES = read_sources(REPOSITORY / "seeds" / "sources.toml")
PAGE = render("small_town", STORIES[0]).encode()
SLOW = PAGE + b'<p class="x"><a href="x">y</a>z</p>' * 40_000
"""Below every limit, but more than the budgets below allow."""


@pytest.fixture(scope="module")
def read_page() -> Iterator[BudgetedReader]:
    with BudgetedReader(SOURCES) as reader:
        yield reader


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_child_reads_what_we_read(read_page: BudgetedReader, template: str) -> None:
    page, url = render(template, STORIES[1]).encode(), TEMPLATES[template]
    assert read_page(page, url=url) == extract_page(page, url=url, sources=SOURCES)
    undated = read_page(page, url=url, latest=date(2001, 1, 1), source_name="मेरा अखबार")
    assert (undated.published_at, undated.source_name) == (None, "मेरा अखबार")


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (render("paywalled", STORIES[0]).encode(), "paywalled"),
        (b"", "not_html"),
        (b"<div>" * 2_000, "too_costly"),
        (b"<br>" * 400_000, "too_costly"),
    ],
)
def test_a_rejection_of_the_child_is_ours(read_page: BudgetedReader, payload: bytes, reason: str) -> None:
    with pytest.raises(RejectedArticle) as rejected:
        read_page(payload)
    assert rejected.value.reason == reason


@pytest.mark.parametrize(
    ("budget", "page", "detail"),
    [
        (PageBudget(cpu_seconds=0.2), SLOW, "0.2 seconds of processor time"),
        (PageBudget(memory_bytes=700 << 20), PAGE + b"<!--" + b"x" * (200 << 20), "MemoryError"),
        (PageBudget(wait_seconds=0.01), SLOW, "the process that read the page ended"),
    ],
    ids=["time", "memory", "no answer"],
)
def test_a_costly_page_is_rejected_and_the_next_one_is_read(
    budget: PageBudget, page: bytes, detail: str
) -> None:
    with BudgetedReader(SOURCES, budget) as read_page:
        with pytest.raises(RejectedArticle) as rejected:
            read_page(page)
        assert rejected.value.reason == "too_costly"
        assert detail in rejected.value.detail
        if budget.wait_seconds > 1:
            assert read_page(PAGE).title == STORIES[0]["title"]


def test_a_child_that_somebody_ends_is_started_again() -> None:
    with BudgetedReader(SOURCES) as read_page:
        assert read_page(PAGE).title
        for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGSEGV):
            assert read_page._process is not None
            os.kill(read_page._process.pid, number)
            assert read_page(PAGE).title == STORIES[0]["title"]


def test_no_child_stays_behind() -> None:
    with BudgetedReader(SOURCES) as read_page:
        assert read_page._process is None
        read_page(PAGE)
        process = read_page._process
    assert process is not None
    assert process.returncode is not None
