"""Pages in the markup of eight publishers, with our own sentences, and the saved real pages where present."""

import gzip
import html
import json
import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from etl.config import REPOSITORY
from etl.errors import RejectedArticle
from etl.extract.page import extract_page, find_published
from etl.extract.sources import read_sources
from etl.models import IST, RawArticle

PAGES = Path(__file__).parent / "pages"
STORIES = json.loads((PAGES / "stories.json").read_text(encoding="utf-8"))
SOURCES = read_sources(REPOSITORY / "seeds" / "sources.toml")
REAL = REPOSITORY.parent / "shared" / "data" / "html"
TEMPLATES = {
    "bbc": "https://www.bbc.com/hindi/articles/cabc1234567o",
    "ndtv": "https://ndtv.in/world-news/a-4116001",
    "amarujala": "https://www.amarujala.com/world/a-2023-06-12",
    "jagran": "https://www.jagran.com/world/a-23440001.html",
    "livehindustan": "https://www.livehindustan.com/international/story-a-8290001.html",
    "pib": "https://www.pib.gov.in/PressReleasePage.aspx?PRID=1931001",
    "small_town": "https://nagar.example/n.asp?id=7",
    "react_app": "https://samay.example/a",
}
NO_AUTHOR = ("pib", "small_town")


def render(template: str, story: dict[str, object]) -> str:
    """Fill a template: `{{name}}`, and `{{#paragraphs}}` around what is repeated for each paragraph `{{p}}`."""
    page = (PAGES / f"{template}.html").read_text(encoding="utf-8")
    paragraphs = story["paragraphs"]
    assert isinstance(paragraphs, list)
    page = re.sub(
        r"\{\{#paragraphs\}\}(.*?)\{\{/paragraphs\}\}",
        lambda match: "".join(match[1].replace("{{p}}", p) for p in paragraphs),
        page,
        flags=re.S,
    )
    escaped = html.escape(html.escape(" ".join(paragraphs)))
    fields = {name: str(value) for name, value in story.items()} | {"body_escaped": escaped}
    return re.sub(r"\{\{(\w+)\}\}", lambda match: fields[match[1]], page)


def read(template: str, story: dict[str, object], *, is_known: bool = True) -> RawArticle:
    sources = SOURCES if is_known else ()
    return extract_page(render(template, story).encode(), url=TEMPLATES[template], sources=sources)


def token_f1(found: str, wanted: str) -> float:
    one, other = (Counter(re.findall(r"[\w\u0900-\u097f]+", text)) for text in (found, wanted))
    return 2 * sum((one & other).values()) / max(1, sum(one.values()) + sum(other.values()))


@pytest.mark.parametrize("is_known", [True, False], ids=["selectors", "generic"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["slug"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_page_gives_its_article(template: str, story: dict[str, object], is_known: bool) -> None:
    article = read(template, story, is_known=is_known)
    assert article.title == story["title"]
    assert article.text.split("\n") == story["paragraphs"]
    assert article.published_at is not None
    assert article.published_at.astimezone(IST).date().isoformat() == "2023-06-12"
    if template not in NO_AUTHOR:
        assert article.author is not None


@pytest.mark.parametrize(
    ("template", "published", "modified"),
    [
        ("bbc", "2023-06-12T04:05:06+00:00", "2023-06-12T09:15:00+00:00"),
        ("ndtv", "2023-06-12T09:35:06+05:30", "2023-06-12T14:45:00+05:30"),
        ("amarujala", "2023-06-12T09:35:00+05:30", "2023-06-12T14:45:00+05:30"),
        ("jagran", "2023-06-12T09:35:06+05:30", "2023-06-12T14:45:00+05:30"),
        ("livehindustan", "2023-06-12T09:35:06+05:30", "2023-06-12T14:45:00+05:30"),
        ("pib", "2023-06-12T09:35:00+05:30", None),
        ("small_town", "2023-06-12T09:35:00+05:30", None),
        ("react_app", "2023-06-12T09:35:06+05:30", "2023-06-12T14:45:00+05:30"),
    ],
)
def test_times_carry_their_zone(template: str, published: str, modified: str | None) -> None:
    article = read(template, STORIES[0])
    assert article.published_at == datetime.fromisoformat(published)
    assert article.modified_at == (datetime.fromisoformat(modified) if modified else None)


def test_every_field_says_how_it_was_found() -> None:
    article = read("ndtv", STORIES[0])
    assert article.extraction == (
        "title=selectors;body=selectors;published_at=selectors;modified_at=json-ld;author=selectors;"
        "canonical_url=link;section=json-ld"
    )
    assert (article.source_name, article.section, article.tags) == (
        "NDTV India",
        "दुनिया",
        ("बैठक", "समझौता", "राज्य"),
    )
    assert article.canonical_url == "https://ndtv.in/world-news/bandargah-samjhauta-4116001"
    generic = read("small_town", STORIES[0])
    assert generic.extraction == "title=h1;body=density;published_at=visible;canonical_url=given"
    assert (generic.source_name, generic.author, generic.modified_at) == ("nagar.example", None, None)


def test_what_must_be_paid_for_and_films_are_refused() -> None:
    for template, reason in (("paywalled", "paywalled"), ("video", "video_page")):
        with pytest.raises(RejectedArticle) as refused:
            extract_page(render(template, STORIES[0]).encode())
        assert refused.value.reason == reason


@pytest.mark.parametrize("payload", [b"", b"   ", b"\x00\x01", b"plain words"])
def test_what_is_no_page_is_refused(payload: bytes) -> None:
    with pytest.raises(RejectedArticle):
        extract_page(payload)


@pytest.mark.parametrize(
    ("encoding", "content_type", "declared"),
    [
        ("utf-8", "text/html; charset=ISO-8859-1", "utf-8"),
        ("utf-8", "text/html", "windows-1252"),
        ("utf-8", None, "nonsense"),
        ("utf-8-sig", "text/html", "utf-8"),
        ("utf-16", "text/html", "utf-8"),
    ],
)
def test_a_wrong_charset_does_not_harm(encoding: str, content_type: str | None, declared: str) -> None:
    page = render("small_town", STORIES[1]).replace('text/html">', f'text/html; charset={declared}">', 1)
    article = extract_page(page.encode(encoding), content_type=content_type)
    assert article.text.split("\n") == STORIES[1]["paragraphs"]


def test_references_escaped_twice_become_characters() -> None:
    page = render("small_town", STORIES[0]).replace("सहमति", "सह&amp;zwj;मति &amp;quot;आज&amp;quot;", 1)
    assert "सह\u200dमति" in extract_page(page.encode()).text or "सह\u200dमति" in str(
        extract_page(page.encode()).title
    )


def test_a_canonical_address_of_another_site_or_the_front_page_is_not_believed() -> None:
    page = render("jagran", STORIES[0])
    for wrong in ("https://www.jagran.com/", "https://other.example/story-1"):
        changed = re.sub(r'rel="canonical" href="[^"]*"', f'rel="canonical" href="{wrong}"', page)
        assert extract_page(changed.encode(), url=TEMPLATES["jagran"]).canonical_url == TEMPLATES["jagran"]


def test_the_day_alone_is_read_without_the_rest() -> None:
    page = render("small_town", STORIES[0]).encode()
    assert find_published(page) == datetime(2023, 6, 12, 9, 35, tzinfo=IST)
    assert find_published(b"<p>x</p>") is None


@pytest.mark.skipif(not REAL.exists(), reason="the saved real pages are not part of the project")
@pytest.mark.parametrize(
    ("page", "title", "published"),
    [
        ("bhaskar_2024_09_04", "समस्तीपुर पुलिस ने 2 बदमाशों को पकड़ा", "2024-09-04T16:20:35+05:30"),
        ("business-standard-hindi_2020-02-14", "जनवरी में", "2020-02-14T21:42:56+05:30"),
        ("business-standard-hindi_2020-09-29", "सेबी को", "2020-09-29T23:43:13+05:30"),
        ("ddnews_hi_article_1", "राष्ट्रीय स्वास्थ्य एवं", "2023-03-09T19:44:00+05:30"),
        ("ddnews_hi_article_3", "अभिनेता जगदीप", "2020-07-08T23:45:00+05:30"),
        ("jagran_2020-11-28", "आम आदमी पार्टी", "2020-11-28T13:34:47+05:30"),
    ],
)
def test_real_pages(page: str, title: str, published: str) -> None:
    article = extract_page(gzip.decompress((REAL / f"{page}.html.gz").read_bytes()), sources=SOURCES)
    assert (article.title or "").startswith(title)
    assert article.published_at == datetime.fromisoformat(published)
    expected = REAL / f"{page}.expected.json"
    if expected.exists():
        assert token_f1(article.text, expected_body(json.loads(expected.read_bytes()))) >= 0.95


def expected_body(told: dict[str, object]) -> str:
    """Return the body in either shape of the saved answers; DD News keeps the lead apart."""
    match told:
        case {"V1": {"body": {"sections": list(sections)}}}:
            return "\n".join(p for section in sections for p in section["paragraphs"])
        case {"description": [lead], "text": list(paragraphs)}:
            return "\n".join([lead, *paragraphs])
    raise AssertionError("a shape nobody knows")
