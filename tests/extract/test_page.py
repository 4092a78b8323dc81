"""Extraction of pages made from thirteen templates, and of the saved real pages if they are present."""

import re
from datetime import datetime

import pytest

from etl.config import REPOSITORY
from etl.domain.days import IST
from etl.domain.raw import RawArticle
from etl.errors import RejectedArticle
from etl.extract.page import extract_page, find_published
from etl.extract.sources import read_sources
from testkit.article_pages import STORIES, TEMPLATES, SavedPage, read_saved_pages, render, token_f1

SOURCES = read_sources(REPOSITORY / "seeds" / "sources.toml")
REAL_PAGES = read_saved_pages(REPOSITORY.parent / "shared" / "data" / "html")
NO_AUTHOR = ("pib", "small_town")


def read(template: str, story: dict[str, object], *, is_known: bool = True) -> RawArticle:
    sources = SOURCES if is_known else ()
    return extract_page(render(template, story).encode(), url=TEMPLATES[template], sources=sources)


@pytest.mark.parametrize("is_known", [True, False], ids=["selectors", "generic"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["slug"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_article_of_a_page_is_extracted(template: str, story: dict[str, object], is_known: bool) -> None:
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
def test_times_have_their_zone(template: str, published: str, modified: str | None) -> None:
    article = read(template, STORIES[0])
    assert article.published_at == datetime.fromisoformat(published)
    assert article.modified_at == (datetime.fromisoformat(modified) if modified else None)


def test_every_field_has_its_method() -> None:
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


@pytest.mark.parametrize(
    "line",
    [
        "अंतिम अपडेट: 15 मई 2023, सुबह 8:05 बजे | प्रकाशित: 14 मई 2023, शाम 6:15 बजे",
        "प्रकाशित: 14 मई 2023, शाम 6:15 बजे अपडेटेड: 15 मई 2023, सुबह 8:05 बजे",
        "Last Updated: 15 May 2023 08:05 AM IST, First Published: 14 May 2023 06:15 PM IST",
    ],
)
def test_each_date_belongs_to_the_label_before_it(line: str) -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in STORIES[0]["paragraphs"])
    page = f"<html><body><h1>{STORIES[0]['title']}</h1><div>{line}</div>{paragraphs}</body></html>"
    article = extract_page(page.encode())
    assert article.published_at == datetime.fromisoformat("2023-05-14T18:15:00+05:30")
    assert article.modified_at == datetime.fromisoformat("2023-05-15T08:05:00+05:30")


def test_paywalled_and_video_pages_are_rejected() -> None:
    for template, reason in (("paywalled", "paywalled"), ("video", "video_page")):
        with pytest.raises(RejectedArticle) as rejected:
            extract_page(render(template, STORIES[0]).encode())
        assert rejected.value.reason == reason


@pytest.mark.parametrize("payload", [b"", b"   ", b"\x00\x01", b"plain words"])
def test_payload_without_a_page_is_rejected(payload: bytes) -> None:
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
def test_a_wrong_charset_is_ignored(encoding: str, content_type: str | None, declared: str) -> None:
    page = render("small_town", STORIES[1]).replace('text/html">', f'text/html; charset={declared}">', 1)
    article = extract_page(page.encode(encoding), content_type=content_type)
    assert article.text.split("\n") == STORIES[1]["paragraphs"]


def test_references_escaped_twice_become_characters() -> None:
    page = render("small_town", STORIES[0]).replace("सहमति", "सह&amp;zwj;मति &amp;quot;आज&amp;quot;", 1)
    assert "सह\u200dमति" in extract_page(page.encode()).text or "सह\u200dमति" in str(
        extract_page(page.encode()).title
    )


def test_a_canonical_url_of_another_site_or_a_home_page_is_ignored() -> None:
    page = render("jagran", STORIES[0])
    for wrong in ("https://www.jagran.com/", "https://other.example/story-1"):
        changed = re.sub(r'rel="canonical" href="[^"]*"', f'rel="canonical" href="{wrong}"', page)
        assert extract_page(changed.encode(), url=TEMPLATES["jagran"]).canonical_url == TEMPLATES["jagran"]


def test_the_time_of_publication_can_be_read_alone() -> None:
    page = render("small_town", STORIES[0]).encode()
    assert find_published(page) == datetime(2023, 6, 12, 9, 35, tzinfo=IST)
    assert find_published(b"<p>x</p>") is None


@pytest.mark.skipif(not REAL_PAGES, reason="the saved real pages are not part of the project")
@pytest.mark.parametrize("page", REAL_PAGES, ids=lambda page: page.name)
def test_real_pages(page: SavedPage) -> None:
    article = extract_page(page.payload, sources=SOURCES)
    assert article.title == page.title
    assert article.published_at == page.published_at
    if page.body is not None:
        assert token_f1(article.text, page.body) >= 0.95


@pytest.mark.parametrize(
    ("markup", "author", "method"),
    [
        ('<a rel="author" href="/a">रमेश कुमार</a>', "रमेश कुमार", "markup"),
        ('<span itemprop="author"><span itemprop="name">सीमा राय</span></span>', "सीमा राय", "markup"),
        ("<p>रिपोर्ट: रमेश कुमार</p>", "रमेश कुमार", "visible"),
        ("<p>Written by: Ramesh Kumar | Updated: today</p>", "Ramesh Kumar", "visible"),
        ("<p><em>रमेश कुमार, विशेष संवाददाता</em></p>", "रमेश कुमार", "visible"),
        ("<p>बायोमेट्रिक, संवाद और सवाल</p>", None, None),
        ("<p>रमेश कुमार, जिला अध्यक्ष</p>", None, None),
    ],
)
def test_authors_are_read_from_markup_and_bylines(
    markup: str, author: str | None, method: str | None
) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in STORIES[0]["paragraphs"])
    article = extract_page(
        f"<html><body><h1>{STORIES[0]['title']}</h1>{markup}{paragraphs}</body></html>".encode()
    )
    assert article.author == author
    assert f"author={method}" in (article.extraction or "") or method is None
