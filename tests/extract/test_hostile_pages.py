"""Pages with wrong times, odd characters, and markup that is costly to read."""

import time
from datetime import date

import pytest

from etl.domain.days import india_day
from etl.errors import RejectedArticle, RejectReason
from etl.extract.page import extract_page, find_published
from etl.extract.page.limits import LIMITS
from testkit.odd_pages import BODY, PARAGRAPHS, TITLE, URL, json_ld, make_article_page, make_page, news

LATEST = date(2024, 3, 14)
FUTURE = "2031-01-01T00:00:00+05:30"
SHOWN = "<div>11 मार्च 2024, 06:30 PM</div>"


@pytest.mark.parametrize("future", [FUTURE, "2024-03-16", "9999-12-31T23:59:59Z", "2262-04-11", "4102444800"])
@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="{}">',
        '<meta itemprop="datePublished" content="{}">',
        '<meta name="publish-date" content="{}"><meta name="date" content="{}">',
        json_ld(news() | {"datePublished": "DAY"}).replace("{", "{{").replace("}", "}}").replace("DAY", "{}"),
    ],
)
def test_a_time_after_the_collection_is_skipped_for_the_next_candidate(head: str, future: str) -> None:
    page = make_article_page(head.format(future, future), SHOWN)
    for moment in (
        extract_page(page, url=URL, latest=LATEST).published_at,
        find_published(page, latest=LATEST),
    ):
        assert moment is not None
        assert india_day(moment).isoformat() == "2024-03-11"


@pytest.mark.parametrize(
    ("before", "url"),
    [
        (f'<time datetime="{FUTURE}">कल</time>', URL),
        ("<div>1 जनवरी 2031</div>", URL),
        ("<div>अपडेट: 1 जन. 2031</div>", URL),
        ("", "https://nagar.example/2031/01/01/pul"),
        ("", "https://nagar.example/pul-20310101"),
    ],
)
def test_a_page_with_only_a_future_time_is_undated(before: str, url: str) -> None:
    page = make_article_page("", before)
    article = extract_page(page, url=url, latest=LATEST)
    assert (article.published_at, article.modified_at) == (None, None)
    assert article.text.split("\n") == PARAGRAPHS
    assert find_published(page, url=url, latest=LATEST) is None
    assert find_published(page, url=url) is not None


def test_a_modified_time_after_the_collection_is_dropped() -> None:
    data = news() | {"dateModified": FUTURE}
    article = extract_page(make_article_page(json_ld(data)), url=URL, latest=LATEST)
    assert article.modified_at is None
    assert article.published_at is not None


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (TITLE.replace(" ", "\u00ad "), "\u00ad"),
        (TITLE.replace(" ", " \u200e"), "\u2060"),
        (f"\u202a{TITLE}\u202c", "\u202e\ufeff\u200f"),
        (TITLE.replace(" ", "&shy; "), "&shy;&lrm;&#8203;"),
        (TITLE.replace(" ", "&nbsp;"), "&amp;#173;"),
    ],
)
def test_invisible_marks_are_removed(title: str, text: str) -> None:
    article = extract_page(
        make_page(f"<h1>{title}</h1>{BODY.replace(' ', text + ' ')}", title=title), url=URL
    )
    assert article.title == TITLE
    assert article.text.split("\n") == PARAGRAPHS


LAST = "आज अब इस बारे में आगे की बात होगी और अधिकारी अपनी राय देंगे।"


def twice(text: str, codec: str) -> str:
    """Read the bytes of a text as Latin-1 or cp1252, as browsers do."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())


def in_references(text: str) -> str:
    return "".join(sign if sign.isascii() else f"&#{ord(sign)};" for sign in text)


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
@pytest.mark.parametrize("form", ["text", "references", "json-ld"])
def test_doubly_encoded_pages_are_repaired_before_spaces_are_folded(codec: str, form: str) -> None:
    title, body = "अब आज आयोग की बैठक में सहमति बनी और फैसला हुआ", f"{BODY}<p>{LAST}</p>"
    doubled_title, doubled_body = twice(title, codec), twice(body, codec)
    if form == "references":
        doubled_title, doubled_body = in_references(doubled_title), in_references(doubled_body)
    if form == "json-ld":
        head = json_ld(news(doubled_title, articleBody=doubled_body))
        page = make_page("<div id=app></div>", head, title="")
    else:
        page = make_page(f"<h1>{doubled_title}</h1>{doubled_body}", title=doubled_title)
    article = extract_page(page, url=URL)
    assert article.title == title
    assert article.text.split("\n") == [*PARAGRAPHS, LAST]


COSTLY: list[tuple[str, RejectReason | None]] = [
    ("<div>क" * 1_500, "too_costly"),
    ("<b>क" * 1_500, "too_costly"),
    ("<font>" * 20_000, "too_costly"),
    ("<br>" * LIMITS.nodes, "too_costly"),
    ("<!---->" * LIMITS.nodes, "too_costly"),
    ("<time>क</time>" * 6_000, None),
    ("<p>" * 10_000, None),
    ("<script " * 20_000, None),
    ("<div class='" + "most_" * 20_000 + "'>", None),
    ("<div class='" + "related " * 20_000 + "'>", None),
    ("<div " + " ".join(f"a{n}=1" for n in range(20_000)) + ">", None),
    ("<a>" * 10_000, None),
    ("<h1>कोई और शीर्षक यहां</h1>" * 3_000, None),
    ("<p>home" + "/a" * 180 + "\n</p>", None),
    ("<div itemscope itemtype=http://schema.org/Article>" * 200, None),
    ("<input itemprop=date " * 3_000 + ">", None),
    ("&amp;amp;amp;amp;" * 10_000, None),
    ("<base href='http://[::1'><link rel=canonical href='http://[::1'>", None),
    ("<![CDATA[<!DOCTYPE x [<!ENTITY a 'b'>]>&a;", None),
]


@pytest.mark.parametrize(("tail", "reason"), COSTLY, ids=[tail[:20] for tail, _ in COSTLY])
def test_costly_markup_is_read_or_rejected(tail: str, reason: RejectReason | None) -> None:
    page = make_article_page("", "", tail)
    began = time.process_time()
    if reason is None:
        assert extract_page(page, url=URL).text.split("\n")[: len(PARAGRAPHS)] == PARAGRAPHS
    else:
        with pytest.raises(RejectedArticle) as rejected:
            extract_page(page, url=URL)
        assert rejected.value.reason == reason
        assert find_published(page, url=URL) is None
    assert time.process_time() - began < 10


@pytest.mark.parametrize("spaces", ["\t" * 40_000, "\u00a0" * 40_000, " -" * 20_000])
def test_a_long_title_costs_only_itself(spaces: str) -> None:
    head = f'<meta property="og:title" content="क{spaces}ख"><meta name="author" content="{spaces}">'
    assert extract_page(make_article_page(head), url=URL).title == TITLE
    article = extract_page(make_page(f"<h1>{TITLE}{spaces}x</h1>{BODY}", title=TITLE), url=URL)
    assert article.title is not None
    assert len(article.title) <= LIMITS.title


@pytest.mark.parametrize("mark", ["\ud83d", "\ude4f", "&#xD800;", "&#55357;", "\\ud83d"])
def test_half_characters_do_not_reach_the_article(mark: str) -> None:
    head = json_ld(news(author=f"रमेश {mark}")) + f'<link rel="canonical" href="{URL}?{mark}">'
    page = f"<html><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}{mark}</h1>{BODY}<p>{mark}</p>"
    article = extract_page(page.encode("utf-8", "surrogatepass"), url=URL)
    for text in (article.title, article.text, article.author, article.canonical_url, *article.tags):
        (text or "").encode()


@pytest.mark.parametrize(
    ("url", "canonical", "expected"),
    [
        (URL, "https://nagar.example/a-1", "https://nagar.example/a-1"),
        ("https://m.nagar.example/a-1?x=1", "https://www.nagar.example/a-1", "https://www.nagar.example/a-1"),
        ("https://one.blogspot.com/a", "https://two.blogspot.com/a", "https://one.blogspot.com/a"),
        ("https://khabar.co.in/a", "https://other.co.in/a", "https://khabar.co.in/a"),
        (URL, "https://evil.example/rajya/pul-101", URL),
        (URL, "javascript:alert(1)", URL),
        (URL, "//nagar.example/b", "https://nagar.example/b"),
    ],
)
def test_a_page_names_no_address_of_another_publisher(url: str, canonical: str, expected: str) -> None:
    page = make_article_page(f'<link rel="canonical" href="{canonical}">')
    assert extract_page(page, url=url).canonical_url == expected
