"""Stories after or around the one of the page stay out; parts of the story itself stay in."""

import pytest

from etl.extract.page import extract_page
from testkit.odd_pages import (
    BODY,
    OTHER_BODY,
    OTHER_PARAGRAPHS,
    OTHER_TITLE,
    OTHER_URL,
    PARAGRAPHS,
    TITLE,
    URL,
    json_ld,
    make_page,
    news,
)

H1, H2 = f"<h1>{TITLE}</h1>", f"<h2>{OTHER_TITLE}</h2>"
OTHER_H1, H3 = f"<h1>{OTHER_TITLE}</h1>", f"<h3>{OTHER_TITLE}</h3>"
OTHER_STORY = H2 + OTHER_BODY
DETAIL = f'<div class="detail">{H1}{BODY}</div>'
LINKED = f'<h2><a href="{OTHER_URL}">{OTHER_TITLE}</a></h2>'
BREAKS = "<br /><br />"
THIRD = "<h2>किसानों को मिलेगा फसल का सही दाम, मंडी में नई व्यवस्था</h2>" + OTHER_BODY.replace("मुख्यमंत्री", "किसान")


def post(title: str, paragraphs: list[str], tag: str = "h3") -> str:
    """Return a post in Blogspot's markup."""
    return (
        f'<div class="post hentry"><a name="12345"></a><{tag} class="post-title entry-title">'
        f'<a href="/2024/03/a.html">{title}</a></{tag}><div class="post-header"></div>'
        f'<div class="post-body entry-content">{BREAKS.join(paragraphs)}</div>'
        '<div class="post-footer">Posted by सुधीर at <abbr class="published" title="2024-03-05T12:00:00+05:30">'
        "12:00 PM</abbr></div></div>"
    )


def dated_post(day: str, inner: str) -> str:
    return (
        f'<div class="date-outer"><h2 class="date-header"><span>{day}</span></h2><div class="date-posts">'
        f'<div class="post-outer">{inner}</div></div></div>'
    )


OWN_POST, OTHER_POST = post(TITLE, PARAGRAPHS), post(OTHER_TITLE, OTHER_PARAGRAPHS)
PAGES = {
    "same class, h2": f'<div class="story">{H1}{BODY}</div><div class="story">{OTHER_STORY}</div>',
    "same class, three stories": f'<div class="story">{H1}{BODY}</div><div class="story">{OTHER_STORY}</div>'
    f'<div class="story">{THIRD}</div>',
    "same class, h1": f'<div class="story">{H1}{BODY}</div><div class="story">{OTHER_H1}{OTHER_BODY}</div>',
    "same class, h3": f'<div class="story">{H1}{BODY}</div><div class="story">{H3}{OTHER_BODY}</div>',
    "one class more": f'<div class="story first">{H1}{BODY}</div><div class="story">{OTHER_STORY}</div>',
    "numbered class": f'<div class="post-101">{H1}{BODY}</div><div class="post-102">{OTHER_STORY}</div>',
    "numbered id": f'<div id="article_1">{H1}{BODY}</div><div id="article_2">{OTHER_STORY}</div>',
    "another class": f'<div class="story">{H1}{BODY}</div><div class="story2">{OTHER_STORY}</div>',
    "another name": f'<div id="main-story">{H1}{BODY}</div><div class="khabar">{OTHER_STORY}</div>',
    "section": f'<section class="news">{H1}{BODY}</section><section class="news">{OTHER_STORY}</section>',
    "category before the headline": f'<div class="story">{H1}{BODY}</div><div class="story"><span>राजनीति</span>{H2}'
    f"{OTHER_BODY}</div>",
    "nested": f'<div class="page"><div class="wrap"><div class="story">{H1}<div>{BODY}</div></div></div></div>'
    f'<div class="page"><div class="wrap"><div class="story">{H2}<div>{OTHER_BODY}</div></div></div></div>',
    "post add": f'<div class="story">{H1}{BODY}</div><div id="x-post-add-box"><div class="x-post-add-story">{H2}'
    f"{OTHER_BODY}</div></div>",
    "next story": f'{DETAIL}<div class="next-story">{OTHER_STORY}</div>',
    "nextArticle id": f'{DETAIL}<div id="next_article">{H3}{OTHER_BODY}</div>',
    "infinite": f'{DETAIL}<div class="infinite-scroll"><div class="x">{OTHER_STORY}</div>'
    "</div>",
    "load more": f'{DETAIL}<div class="ajax-load-more-wrap alm"><div>{OTHER_STORY}</div></div>',
    "rule between elements": f'{DETAIL}<hr><div class="more">{OTHER_STORY}</div>',
    "rule in one element": f"<div>{H1}{BODY}<hr>{OTHER_STORY}</div>",
    "rule and a label": f"<div>{H1}{BODY}<hr><span>अगली खबर</span>{OTHER_STORY}</div>",
    "rules and three stories": f"<div>{H1}{BODY}<hr>{OTHER_STORY}<hr>{THIRD}</div>",
    "rule, h3": f"<div>{H1}{BODY}<hr/>{H3}{OTHER_BODY}</div>",
    "another h1": f"<div>{H1}{BODY}{OTHER_H1}{OTHER_BODY}</div>",
    "date line": f"<div>{H1}{BODY}{H2}<div>11 जून 2023, 6:10 PM</div>{OTHER_BODY}</div>",
    "byline": f"<div>{H1}{BODY}{H2}<span>Published by: रमेश</span>{OTHER_BODY}</div>",
    "linked headline": f"<div>{H1}{BODY}{LINKED}{OTHER_BODY}</div>",
    "linked headline in an element": f'<div class="a">{H1}{BODY}</div><div class="b">{LINKED}{OTHER_BODY}</div>',
    "class of the headline": f'<div><h1 class="story-title">{TITLE}</h1>{BODY}<hr><div class="story-title">'
    f"{OTHER_TITLE}</div>{OTHER_BODY}</div>",
    "articles": f"<article>{H1}{BODY}</article><article>{OTHER_STORY}</article>",
    "article elsewhere": f"<article>{H1}{BODY}</article><div><div><article>{OTHER_STORY}</article></div></div>",
    "itemtype": f'<div itemscope itemtype="http://schema.org/NewsArticle">{H1}{BODY}</div>'
    f'<div itemscope itemtype="http://schema.org/NewsArticle">{OTHER_STORY}</div>',
    "two posts": OWN_POST + OTHER_POST,
    "two posts, ours second": OTHER_POST + OWN_POST,
    "posts under days": dated_post("मंगलवार, 5 मार्च 2024", OWN_POST) + dated_post("सोमवार, 4 मार्च 2024", OTHER_POST),
    "posts of one day": dated_post(
        "मंगलवार, 5 मार्च 2024", f'{OWN_POST}</div><div class="post-outer">{OTHER_POST}'
    ),
    "posts, h2": post(TITLE, PARAGRAPHS, "h2") + post(OTHER_TITLE, OTHER_PARAGRAPHS, "h2"),
    "posts, h1": post(TITLE, PARAGRAPHS, "h1") + post(OTHER_TITLE, OTHER_PARAGRAPHS, "h1"),
}  # fmt: skip


@pytest.mark.parametrize("frame", ["{}", "<main>{}</main>", '<div id="wrap"><div class="row">{}</div></div>'])
@pytest.mark.parametrize("has_json_ld", [False, True])
@pytest.mark.parametrize("name", PAGES)
def test_another_story_stays_out(name: str, has_json_ld: bool, frame: str) -> None:
    head = json_ld(news()) if has_json_ld else ""
    article = extract_page(make_page(frame.format(PAGES[name]), head), url=URL)
    assert article.title == TITLE
    assert [text for text in PARAGRAPHS if text not in article.text] == []
    assert [text for text in [*OTHER_PARAGRAPHS, OTHER_TITLE] if text in article.text] == []


@pytest.mark.parametrize("blog", ["मेरा ब्लॉग: सच की खबरें", "नगर की बात"])
def test_the_headline_of_a_blog_is_that_of_the_post(blog: str) -> None:
    body = f'<div class="header"><h1 class="title">{blog}</h1></div>{OWN_POST}{OTHER_POST}'
    article = extract_page(make_page(body, title=f"{blog}: {TITLE}"), url=URL)
    assert article.title == TITLE
    assert [text for text in PARAGRAPHS if text not in article.text] == []
    assert [text for text in OTHER_PARAGRAPHS if text in article.text] == []


SHORT = BODY[: BODY.index("</p>") + 4]
PARTS = {
    "subheadings": f"<div>{H1}{BODY}<h2>बैठक में किन बातों पर हुई चर्चा</h2>{OTHER_BODY}</div>",
    "subheadings in sections": f"<div><section>{H1}{BODY}</section><section><h2>बैठक के बाद क्या हुआ आगे</h2>{OTHER_BODY}"
    "</section></div>",
    "rows of a layout": f'<div class="row">{H1}{BODY}</div><div class="row">{OTHER_BODY}</div>',
    "summary above": f'<div class="head">{H1}<h2>{PARAGRAPHS[0]}</h2></div><div class="text">{BODY}<h3>आगे की राह</h3>'
    f"{OTHER_BODY}</div>",
    "numbered list": f"<div>{H1}{BODY}<hr><h2>1. पहली बात जो आपको जाननी चाहिए</h2>{OTHER_BODY}</div>",
    "short subheading after a rule": f"<div>{H1}{BODY}<hr><h3>आगे क्या होगा</h3>{OTHER_BODY}</div>",
    "question as subheading": f"<div>{H1}{BODY}<hr><h2>अब इस मामले में आगे क्या होगा?</h2>{OTHER_BODY}</div>",
    "headline repeated": f'<div class="story">{H1}{BODY}</div><div class="story"><h2>{TITLE}</h2>{OTHER_BODY}</div>',
    "rule without heading": f"<div>{H1}{BODY}<hr>{OTHER_BODY}</div>",
    "short beginning": f"<div>{H1}{SHORT}<h2>बैठक में किन बातों पर हुई चर्चा</h2>{BODY}{OTHER_BODY}</div>",
    "quotation in an aside": f"<div>{H1}<p>{PARAGRAPHS[0]}</p><blockquote><p>{PARAGRAPHS[1]}</p></blockquote>{BODY}"
    f"{OTHER_BODY}</div>",
}


@pytest.mark.parametrize("name", PARTS)
def test_parts_of_the_story_stay_in(name: str) -> None:
    article = extract_page(make_page(PARTS[name]), url=URL)
    assert [text for text in [*PARAGRAPHS, *OTHER_PARAGRAPHS] if text not in article.text] == []


def test_updates_of_a_live_page_stay_in() -> None:
    updates = "".join(
        f'<div class="update"><h2>{heading}</h2><span>5 मार्च 2024, 1{n}:30 AM</span><p>{text}</p></div>'
        for n, (heading, text) in enumerate(
            zip(["बैठक में हुआ बड़ा फैसला आज सुबह"] * 5, OTHER_PARAGRAPHS, strict=False)
        )
    )
    page = make_page(f"<h1>{TITLE} LIVE</h1><div>{BODY}</div>{updates}", title=f"{TITLE} LIVE")
    article = extract_page(page, url=URL)
    assert [text for text in [*PARAGRAPHS, *OTHER_PARAGRAPHS] if text not in article.text] == []
