"""Pages of real complaints, kept outside the repository: title, day, body, and what is not part of the body."""

import json
from datetime import date

import pytest

from etl.config import REPOSITORY
from etl.domain.days import india_day
from etl.extract.page import extract_page

FOLDER = REPOSITORY.parent / "shared" / "cases" / "pages"
EXPECTED = json.loads((FOLDER / "expected.json").read_bytes()) if FOLDER.exists() else {}
COLLECTED_PLUS_TWO = date(2026, 7, 2)

pytestmark = pytest.mark.skipif(not EXPECTED, reason="the cases are in ../shared, not part of the repository")


@pytest.mark.parametrize("url", [None, "https://e.org/1"])
@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_of_a_complaint_is_read(name: str, url: str | None) -> None:
    wanted = EXPECTED[name]
    article = extract_page((FOLDER / f"{name}.html").read_bytes(), url=url, latest=COLLECTED_PLUS_TWO)
    assert article.title == wanted["title"]
    assert [line for line in wanted["body_has"] if line not in article.text] == []
    assert [line for line in wanted.get("body_lacks", ()) if line in article.text] == []
    if "published_on" in wanted:
        assert article.published_at is not None
        assert india_day(article.published_at).isoformat() == wanted["published_on"]
