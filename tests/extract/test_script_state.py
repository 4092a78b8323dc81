"""Articles that a page carries only in the state of its program."""

import json
from contextlib import suppress
from urllib.parse import quote

import pytest

from etl.domain.days import india_day
from etl.errors import RejectedArticle
from etl.extract.page import extract_page
from testkit.odd_pages import (
    BODY,
    OTHER_BODY,
    OTHER_PARAGRAPHS,
    OTHER_TITLE,
    PARAGRAPHS,
    TITLE,
    URL,
    make_page,
)

ARTICLE = {"title": TITLE, "publishedAt": "2024-03-05T12:00:00+05:30", "content": BODY, "id": 101}
OTHER = {
    "title": OTHER_TITLE,
    "publishedAt": "2020-01-01T12:00:00+05:30",
    "content": OTHER_BODY * 3,
    "id": 102,
}
STATE = {
    "menu": [{"title": "होम", "url": "/"}],
    "page": {"article": ARTICLE, "related": [OTHER], "meta": {"title": TITLE, "description": "कुछ"}},
}
FUSION = {
    "headlines": {"basic": TITLE},
    "display_date": "2024-03-05T06:30:00Z",
    "content_elements": [
        {"type": "image", "caption": "एक चित्र की बात यहां लिखी है।"},
        *({"type": "text", "content": paragraph} for paragraph in PARAGRAPHS),
        {"type": "interstitial_link", "content": "यह खबर और कहीं पढ़ी जा सकती है, यहां देखिए।"},
    ],
    "related_content": {
        "basic": [{"headlines": {"basic": OTHER_TITLE}, "content_elements": OTHER_PARAGRAPHS}]
    },
}
RICH = {
    "headline": TITLE,
    "datePublished": "2024-03-05",
    "body": {
        "type": "doc",
        "content": [
            {
                "type": "paragraph",
                "content": [{"type": "text", "text": p[:9]}, {"type": "text", "text": p[9:]}],
            }
            for p in PARAGRAPHS
        ],
    },
}
EDITOR = {
    "name": TITLE,
    "created_at": 1709620200,
    "blocks": [{"type": "paragraph", "data": {"text": paragraph}} for paragraph in PARAGRAPHS],
}
SECTIONS = {"title": TITLE, "sections": [{"paragraphs": PARAGRAPHS}]}
RENDERED = {"title": {"rendered": TITLE}, "content": {"rendered": BODY}}
REPEATED = "a," * 20_000 + "a"


def dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def as_literal(value: object) -> str:
    """Write an object with bare keys and single quotes."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{as_literal(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(as_literal, value)) + "]"
    return "'" + value.replace("'", "\\'") + "'" if isinstance(value, str) else str(value)


def flatten(value: object, values: list[object]) -> int:
    """Append a value in the format of Nuxt 3, and return its position."""
    at = len(values)
    values.append(None)
    if isinstance(value, dict):
        values[at] = {key: flatten(part, values) for key, part in value.items()}
    elif isinstance(value, list):
        values[at] = [flatten(part, values) for part in value]
    else:
        values[at] = value
    return at


def nuxt3(value: object) -> str:
    values: list[object] = [["Reactive", 1]]
    flatten(value, values)
    return dump(values)


def flight(value: object) -> str:
    rows = f'1:"$Sreact"\n5:["$","main",null,{dump(value)}]\n'
    parts = [rows[at : at + 300] for at in range(0, len(rows), 300)]
    return "".join(f"<script>self.__next_f.push({json.dumps([1, part])})</script>" for part in parts)


SCRIPTS = {
    "next": f'<script id="__NEXT_DATA__" type="application/json">{dump({"props": STATE})}</script>',
    "next ascii": f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": STATE})}</script>',
    "any json": f'<script type="application/json">{dump(STATE)}</script>',
    "nuxt json": f"<script>window.__NUXT__={dump(STATE)};</script>",
    "nuxt literal": f"<script>window.__NUXT__={as_literal({'data': [STATE], 'error': 0})}</script>",
    "nuxt function": (
        "<script>window.__NUXT__=(function(a,b,c){return {layout:a,data:[{article:{title:b,content:c,views:void 0,"
        f"hot:!0}}}}]}}}}({dump('default')},{dump(TITLE)},{dump(BODY)}));</script>"
    ),
    "nuxt 3": f'<script type="application/json" id="__NUXT_DATA__">{nuxt3({"data": STATE})}</script>',
    "fusion": f"<script>window.Fusion=window.Fusion||{{}};Fusion.globalContent={dump(FUSION)};Fusion.x=1;</script>",
    "fusion later": f"<script>Fusion.arcSite='a';Fusion.globalContent = {dump(FUSION)}</script>",
    "initial state": f"<script>window.__INITIAL_STATE__ = {dump(STATE)};(function(){{var s;}}())</script>",
    "apollo": f'<script>window.__APOLLO_STATE__={dump({"Story:1": ARTICLE, "Story:2": OTHER})}</script>',
    "json parse": f"<script>window.__PRELOADED_STATE__ = JSON.parse({json.dumps(dump(STATE))})</script>",
    "encoded": f'<script>window.__S__ = JSON.parse(decodeURIComponent("{quote(dump(STATE))}"))</script>',
    "var": f"<script>var story = {dump(ARTICLE)}, n = 1;</script>",
    "push": f"<script>dataLayer.push({dump(ARTICLE)})</script>",
    "flight": flight({"article": ARTICLE}),
    "rich text": f'<script type="application/json">{dump(RICH)}</script>',
    "editor": f'<script type="application/json">{dump({"post": EDITOR})}</script>',
    "sections": f'<script type="application/json">{dump(SECTIONS)}</script>',
    "rendered": f'<script type="application/json">{dump(RENDERED)}</script>',
}  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("place", ["", f"<h1>{TITLE}</h1>", "<p>लोड हो रहा है</p>"])
def test_text_that_is_only_in_a_script_is_read(name: str, place: str) -> None:
    article = extract_page(make_page(f"<div id=app>{place}</div>{SCRIPTS[name]}"), url=URL)
    assert article.text.split("\n") == PARAGRAPHS
    assert article.title == TITLE
    if article.published_at:
        assert india_day(article.published_at).isoformat() == "2024-03-05"
    dated = {"sections", "rendered", "nuxt function"}
    assert (article.published_at is None) == (name in dated)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_title_of_the_window_may_add_the_site(name: str) -> None:
    page = make_page(f"<div id=app></div>{SCRIPTS[name]}", title=f"{TITLE} | नगर समाचार")
    assert extract_page(page, url=URL).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize("name", ["next", "var", "editor", "rich text"])
def test_a_page_without_titles_is_read_if_it_has_one_story(name: str) -> None:
    script = SCRIPTS[name].replace(dump([OTHER])[1:-1], "")
    article = extract_page(make_page(f"<div id=app></div>{script}", title=""), url=URL)
    assert article.text.split("\n") == PARAGRAPHS
    assert article.title == TITLE


def test_visible_text_is_preferred_and_other_stories_stay_out() -> None:
    page = make_page(f"<h1>{TITLE}</h1>{BODY}{SCRIPTS['next']}")
    assert extract_page(page, url=URL).text.split("\n") == PARAGRAPHS
    only_others = (
        f'<script type="application/json">{dump({"related": [OTHER, OTHER | {"title": "कोई और"}]})}</script>'
    )
    page = make_page(f"<h1>{TITLE}</h1>{BODY}{only_others}")
    article = extract_page(page, url=URL)
    assert article.text.split("\n") == PARAGRAPHS
    assert article.published_at is None


@pytest.mark.parametrize(
    "script",
    [
        "<script>" + "a={क:" * 20_000 + "</script>",
        "<script>x=" + "[" * 50_000 + "'क'</script>",
        "<script type='application/json'>[{\"title\":1,\"content\":2},\"क\"," + "[2,2,2,2,2,2,2,2]]</script>",
        f"<script>window.__NUXT__=(function(a){{return {{title:a,content:[{REPEATED}]}}}}({dump(BODY)}))</script>",
        "<script>window.__NUXT__=(function(a){return</script>",
        "<script>x='\\ud83d क'; y={title:'\\ud83d\\ude4f क', body:'\\ud83d'}</script>",
        "<script>x={'क':" + "9" * 10_000 + "}</script>",
        "<script>x={'क':" + "9" * 10_000 + "e99999999}</script>",
        "<script>x={\"क\":" + "9" * 10_000 + ",\"b\":NaN,\"c\":-Infinity}</script>",
    ],
)  # fmt: skip
def test_a_hostile_script_costs_only_itself(script: str) -> None:
    article = extract_page(make_page(f"<h1>{TITLE}</h1>{BODY}{script}"), url=URL)
    assert article.text.split("\n") == PARAGRAPHS
    with suppress(RejectedArticle):
        extract_page(make_page(script, title="कुछ और"), url=URL).text.encode()
