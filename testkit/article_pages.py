"""Article pages with known content: our stories rendered in our templates, and saved real pages where present."""

import gzip
import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup

OWN_PAGES = Path(__file__).with_name("pages")
STORIES: list[dict[str, Any]] = json.loads((OWN_PAGES / "stories.json").read_text(encoding="utf-8"))
TEMPLATES = {
    "bbc": "https://www.bbc.com/hindi/articles/cabc1234567o",
    "ndtv": "https://ndtv.in/world-news/a-4116001",
    "amarujala": "https://www.amarujala.com/world/a-2023-06-12",
    "jagran": "https://www.jagran.com/world/a-23440001.html",
    "livehindustan": "https://www.livehindustan.com/international/story-a-8290001.html",
    "pib": "https://www.pib.gov.in/PressReleasePage.aspx?PRID=1931001",
    "small_town": "https://nagar.example/n.asp?id=7",
    "react_app": "https://samay.example/a",
    "line_breaks": "https://navnagar.example/state/a/articleshow/100931001.cms",
    "divs": "https://www.pradesh.example/news/a-8312345",
    "wordpress": "https://janvani.example/p/101",
    "amp": "https://www.samvad.example/rajya/a-2023-06-12.html?amp=1",
    "next_story": "https://darpan.example/rajniti/a-770101.html",
}
"""URL under which each of our templates is read; every template gives 12 June 2023 as day of publication."""

# Publication times of the saved pages, read off the pages by hand.
_REAL_TIMES = {
    "bhaskar_2024_09_04": "2024-09-04T16:20:35+05:30",
    "business-standard-hindi_2020-02-14": "2020-02-14T21:42:56+05:30",
    "business-standard-hindi_2020-09-29": "2020-09-29T23:43:13+05:30",
    "ddnews_hi_article_1": "2023-03-09T19:44:00+05:30",
    "ddnews_hi_article_3": "2020-07-08T23:45:00+05:30",
    "jagran_2020-11-28": "2020-11-28T13:34:47+05:30",
}


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page and its expected fields.

    Attributes:
        body: paragraphs separated by newlines; None where the expected body is not recorded.
    """

    name: str
    url: str | None
    payload: bytes
    title: str
    published_at: datetime
    body: str | None


def render(template: str, story: dict[str, Any]) -> str:
    """Fill a template: `{{name}}` is a field; the block in `{{#paragraphs}}` is repeated for each paragraph `{{p}}`."""
    page = (OWN_PAGES / f"{template}.html").read_text(encoding="utf-8")
    paragraphs: list[str] = story["paragraphs"]
    page = re.sub(
        r"\{\{#paragraphs\}\}(.*?)\{\{/paragraphs\}\}",
        lambda match: "".join(match[1].replace("{{p}}", p) for p in paragraphs),
        page,
        flags=re.S,
    )
    escaped = html.escape(html.escape(" ".join(paragraphs)))
    fields = {name: str(value) for name, value in story.items()} | {"body_escaped": escaped}
    return re.sub(r"\{\{(\w+)\}\}", lambda match: fields[match[1]], page)


def make_own_pages() -> list[SavedPage]:
    """Return every story in every template."""
    day = datetime(2023, 6, 12, 9, 35, tzinfo=ZoneInfo("Asia/Kolkata"))
    return [
        SavedPage(
            f"{template} {story['slug']}",
            url,
            render(template, story).encode(),
            story["title"],
            day,
            "\n".join(story["paragraphs"]),
        )
        for template, url in TEMPLATES.items()
        for story in STORIES
    ]


def read_saved_pages(folder: Path) -> list[SavedPage]:
    """Return the saved real pages of a folder; an empty list if the folder does not exist."""
    return list(_read_saved(folder)) if folder.exists() else []


def token_f1(found: str, wanted: str) -> float:
    """Return the F1 of the words of two texts, each word counted as often as it occurs."""
    one, other = (Counter(re.findall(r"[\w\u0900-\u097f]+", text)) for text in (found, wanted))
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def _read_saved(folder: Path) -> Iterator[SavedPage]:
    for file in sorted(folder.glob("*.html.gz")):
        name, payload = file.name.removesuffix(".html.gz"), gzip.decompress(file.read_bytes())
        answer = file.with_name(f"{name}.expected.json")
        expected = json.loads(answer.read_bytes()) if answer.exists() else {}
        moment = datetime.fromisoformat(_REAL_TIMES[name])
        yield SavedPage(name, None, payload, _shown_title(payload), moment, _read_body(expected))


def _shown_title(payload: bytes) -> str:
    """Return the text of the page's only `h1`."""
    heading = BeautifulSoup(payload, "lxml").h1
    assert heading is not None
    return " ".join(heading.get_text(" ").split())


def _read_body(expected: dict[str, Any]) -> str | None:
    """Return the body from either JSON format of the expected fields; DD News stores the lead paragraph separately."""
    match expected:
        case {"V1": {"body": {"sections": list(sections)}}}:
            return "\n".join(p for section in sections for p in section["paragraphs"])
        case {"description": [lead], "text": list(paragraphs)}:
            return "\n".join([lead, *paragraphs])
    return None
