"""Minimum scores of page extraction, on our own pages and on saved real pages from outside the repository."""

import pytest

from testkit.corpus import DEFAULT_DATA
from testkit.extraction_scores import page_sets, score_ours

PAGES = DEFAULT_DATA / "html"


@pytest.mark.parametrize(
    ("pages", "body_f1", "body_worst"), [("own pages", 0.99, 0.97), ("real pages", 0.98, 0.95)]
)
@pytest.mark.parametrize("tool", ["ours", "ours, selectors"])
def test_titles_dates_and_bodies(pages: str, body_f1: float, body_worst: float, tool: str) -> None:
    sets = page_sets(PAGES)
    if pages not in sets:
        pytest.skip("the saved pages are in ../shared, which is not part of the repository")
    score = score_ours(sets[pages])[tool]
    assert (score.title, score.date) == (1, 1)
    assert score.body_f1 >= body_f1
    assert score.body_worst >= body_worst
