"""JSON-LD and microdata: which item is this page's, how scripts are written, bodies, live blogs, galleries."""

from datetime import date

import pytest

from etl.domain.days import india_day
from etl.domain.raw import RawArticle
from etl.extract.page import extract_page
from testkit.odd_pages import (
    BODY,
    OTHER_PARAGRAPHS,
    OTHER_TITLE,
    OTHER_URL,
    PARAGRAPHS,
    TITLE,
    URL,
    json_ld,
    make_article_page,
    make_page,
    news,
)

OTHER = news(OTHER_TITLE, "2020-01-01", url=OTHER_URL, author="कोई और", articleSection="खेल")
OWN_DAY, NO_DAY = date(2024, 3, 5), None


def day_of(article: RawArticle) -> date | None:
    return india_day(article.published_at) if article.published_at else None


@pytest.mark.parametrize("url", [None, URL])
@pytest.mark.parametrize(
    ("data", "day"),
    [
        ({"@graph": [OTHER, news()]}, OWN_DAY),
        ({"@graph": [news(), OTHER]}, OWN_DAY),
        ([OTHER, news(url=URL)], OWN_DAY),
        ({"@graph": [OTHER, news(f"{TITLE} | नगर समाचार")]}, OWN_DAY),
        ({"@graph": [OTHER, news("Bandargah samjhauta", url=URL, mainEntityOfPage=URL)]}, None),
        ({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": OTHER}]}, NO_DAY),
        ({"@type": "ItemList", "itemListElement": [OTHER, OTHER | {"headline": "और एक खबर यहां"}]}, NO_DAY),
        (news() | {"hasPart": [OTHER], "relatedLink": [OTHER], "mentions": OTHER}, OWN_DAY),
        ({"@type": "WebPage", "url": URL, "mainEntity": news(), "hasPart": [OTHER]}, OWN_DAY),
        ({"@type": "CollectionPage", "hasPart": [OTHER, news()]}, OWN_DAY),
        (OTHER, NO_DAY),
        ([OTHER, OTHER | {"headline": "किसी दूसरे शहर की कोई दूसरी बात"}], NO_DAY),
        ({"@type": "Person", "name": "कोई", "subjectOf": OTHER}, NO_DAY),
    ],
)
def test_only_the_item_of_this_page_dates_it(data: object, day: date | None, url: str | None) -> None:
    article = extract_page(make_article_page(json_ld(data)), url=url)
    assert article.title == TITLE
    assert article.author != "कोई और"
    assert article.section != "खेल"
    if day is None and url is not None and "samjhauta" in str(data):
        day = OWN_DAY  # The headline is in English letters: only the URL tells whose item it is.
    assert day_of(article) == day


@pytest.mark.parametrize(
    "properties",
    [
        {"url": URL},
        {"mainEntityOfPage": URL + "/"},
        {"mainEntityOfPage": {"@type": "WebPage", "@id": URL.replace("https://", "http://www.")}},
        {"@id": URL + "#article"},
        {"url": "/rajya/pul-101"},
        {"url": URL + "/amp"},
    ],
)
def test_the_url_tells_whose_item_it_is(properties: dict[str, object]) -> None:
    own = news("SEO headline in English", **properties)
    foreign = news("Another headline in English", "2020-01-01", url=OTHER_URL)
    article = extract_page(make_article_page(json_ld([foreign, own])), url=URL)
    assert day_of(article) == OWN_DAY
    canonical = f'<link rel="canonical" href="{URL}">'
    assert day_of(extract_page(make_article_page(canonical + json_ld([foreign, own])))) == OWN_DAY


def test_a_page_for_which_every_item_claims_its_url_is_dated_by_the_headline() -> None:
    items = [news(OTHER_TITLE, "2020-01-01", mainEntityOfPage=URL), news(mainEntityOfPage=URL)]
    assert day_of(extract_page(make_article_page(json_ld(items)), url=URL)) == OWN_DAY


def test_the_only_item_may_have_another_headline() -> None:
    item = news("Port deal signed after three years")
    assert day_of(extract_page(make_article_page(json_ld(item)), url=URL)) == OWN_DAY


@pytest.mark.parametrize(
    "script",
    [
        json_ld(news(), tail=";"),
        json_ld(news(), tail=" ; \n"),
        json_ld(news(), tail=json_ld(OTHER)[35:-9]),
        json_ld(news(), "application/ld+json; charset=utf-8"),
        json_ld(news(), "Application/LD+JSON"),
        json_ld(news(), " application/ld+json ;profile=x"),
        json_ld(news()).replace("{", "<!-- {", 1).replace("</script>", "--></script>"),
        json_ld(news()).replace("{", "//<![CDATA[\n{", 1).replace("</script>", "\n//]]></script>"),
        json_ld(news()).replace("{", "/*<![CDATA[*/{", 1).replace("</script>", "/*]]>*/</script>"),
        json_ld(news()).replace("}</script>", ",}</script>"),
        json_ld(news()).replace("{", "// by our CMS\n{", 1),
        json_ld(news(description="एक\tदो")).replace("\\t", "\t\n"),
        json_ld(news()).replace('"', "&quot;").replace("&quot;", '"', 2),
        json_ld([[news()]]),
        json_ld(news() | {"@type": ["NewsArticle", None, 3]}),
        json_ld(news() | {"@type": "http://schema.org/NewsArticle"}),
        "<script type='application/ld+json'>not JSON</script>" + json_ld(news()),
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>" + json_ld(news()),
    ],
)  # fmt: skip
def test_a_script_is_read_however_it_is_written(script: str) -> None:
    article = extract_page(make_article_page(script), url=URL)
    assert day_of(article) == OWN_DAY
    assert "published_at=json-ld" in str(article.extraction)


@pytest.mark.parametrize("is_shown", [False, True])
@pytest.mark.parametrize(
    "body",
    [
        BODY,
        BODY.replace("<", "&lt;").replace(">", "&gt;"),
        "".join(f"<div><span>{p}</span></div>\r\n" for p in PARAGRAPHS),
        "<br /><br />".join(PARAGRAPHS),
        "\n\n".join(PARAGRAPHS),
        BODY + "<script>var x = 'कुछ';</script><!-- टिप्पणी -->",
    ],
)
def test_html_in_article_body_becomes_paragraphs(body: str, is_shown: bool) -> None:
    head = json_ld(news(articleBody=body))
    page = make_article_page(head) if is_shown else make_page(f"<h1>{TITLE}</h1><div id=app></div>", head)
    article = extract_page(page, url=URL)
    assert article.text.split("\n") == PARAGRAPHS


def test_a_body_in_json_ld_wins_over_the_prose_of_a_footer() -> None:
    footer = "<div>हमारे अखबार में हर दिन की खबरें छपती हैं और हम पाठकों के भरोसे को सबसे ऊपर रखते हैं।</div>" * 2
    page = make_page(f"<h1>{TITLE}</h1>{footer}", json_ld(news(articleBody=" ".join(PARAGRAPHS))))
    article = extract_page(page, url=URL)
    assert article.text == " ".join(PARAGRAPHS)


UPDATES = [
    {"@type": "BlogPosting", "headline": f"अपडेट {number}", "articleBody": text, "datePublished": "2020-01-01"}
    for number, text in enumerate([*PARAGRAPHS, *(f"<p>{paragraph}</p>" for paragraph in OTHER_PARAGRAPHS)])
]


@pytest.mark.parametrize("shown", ["", "".join(f"<p>{p}</p>" for p in PARAGRAPHS[:3]), BODY])
@pytest.mark.parametrize("summary", [{}, {"articleBody": "बैठक की हर खबर यहां पढ़िए और जानिए कि क्या हुआ।"}])
def test_all_updates_of_a_live_blog_are_read(shown: str, summary: dict[str, object]) -> None:
    live = news(f"{TITLE} LIVE", **summary) | {"@type": "LiveBlogPosting", "liveBlogUpdate": UPDATES}
    page = make_page(f"<h1>{TITLE} LIVE</h1>{shown}", json_ld(live), f"{TITLE} LIVE")
    article = extract_page(page, url=URL)
    assert [text for text in PARAGRAPHS + OTHER_PARAGRAPHS if text not in article.text.split("\n")] == []
    assert day_of(article) == OWN_DAY
    assert article.title == f"{TITLE} LIVE"


@pytest.mark.parametrize(
    "gallery",
    [
        {"@type": "ImageGallery", "associatedMedia": [{"@type": "ImageObject", "caption": p} for p in PARAGRAPHS]},
        {"@type": "ImageGallery", "image": [{"@type": "ImageObject", "description": p} for p in PARAGRAPHS]},
        {"@type": "MediaGallery", "hasPart": [{"@type": "ImageObject", "caption": f"<p>{p}</p>"} for p in PARAGRAPHS]},
        {"@type": "NewsArticle", "associatedMedia": [{"@type": "ImageObject", "caption": p} for p in PARAGRAPHS]},
        {"@type": ["ImageGallery"], "mainEntity": {"@type": "ItemList"}, "itemListElement": [
            {"@type": "ListItem", "item": {"@type": "ImageObject", "caption": p}} for p in PARAGRAPHS]},
    ],
)  # fmt: skip
def test_the_captions_of_a_gallery_are_its_text(gallery: dict[str, object]) -> None:
    page = make_page(f"<h1>{TITLE}</h1><img src=1.jpg>", json_ld(news() | gallery))
    article = extract_page(page, url=URL)
    assert article.text.split("\n") == PARAGRAPHS
    assert "body=captions" in str(article.extraction)
    assert day_of(article) == OWN_DAY


def test_microdata_of_other_stories_does_not_date_the_page() -> None:
    def item(title: str, day: str, body: str) -> str:
        return (
            f'<article itemscope itemtype="https://schema.org/NewsArticle"><h2 itemprop="headline">{title}</h2>'
            f'<meta itemprop="datePublished" content="{day}T12:00:00+05:30">'
            '<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
            '<b itemprop="name">रमेश कुमार</b></span>'
            f'<div itemprop="articleBody">{body}</div></article>'
        )

    other = item(OTHER_TITLE, "2020-01-01", "".join(f"<p>{p}</p>" for p in OTHER_PARAGRAPHS))
    article = extract_page(make_page(item(TITLE, "2024-03-05", BODY) + other))
    assert day_of(article) == OWN_DAY
    assert article.author == "रमेश कुमार"
    assert article.text.split("\n") == PARAGRAPHS
