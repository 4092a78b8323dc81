"""Pages of two stories in markup that misleads extractors: ours first, another one around or after it."""

import json

from testkit.article_pages import STORIES

OWN, OTHER = STORIES[0], STORIES[1]
TITLE: str = OWN["title"]
OTHER_TITLE: str = OTHER["title"]
PARAGRAPHS: list[str] = OWN["paragraphs"]
OTHER_PARAGRAPHS: list[str] = OTHER["paragraphs"]
URL = "https://nagar.example/rajya/pul-101"
OTHER_URL = "https://nagar.example/rajya/mandi-102"
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
OTHER_BODY = "".join(f"<p>{paragraph}</p>" for paragraph in OTHER_PARAGRAPHS)


def make_page(body: str, head: str = "", title: str = TITLE) -> bytes:
    """Return a page with this content of `body` and `head`."""
    return (
        f'<!doctype html><html lang="hi"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    ).encode()


def make_article_page(head: str = "", before: str = "", after: str = "") -> bytes:
    """Return a page of our story, with markup in its head, before its body and after it."""
    return make_page(f"<main><h1>{TITLE}</h1>{before}{BODY}</main>{after}", head)


def json_ld(value: object, media_type: str = "application/ld+json", tail: str = "") -> str:
    """Return a script of JSON-LD."""
    data = json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="{media_type}">{data}{tail}</script>'


def news(headline: str = TITLE, day: str = "2024-03-05", **properties: object) -> dict[str, object]:
    """Return a JSON-LD article dated at noon of a day."""
    article = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": headline}
    return {**article, "datePublished": f"{day}T12:00:00+05:30", **properties}
