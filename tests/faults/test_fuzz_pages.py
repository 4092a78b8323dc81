"""Mutated pages never crash or hang the extractor: each returns an article or is rejected with a reason.

`MULAQAT_FUZZ_PAGES=5000` runs the full campaign (`make fuzz`).
"""

import os
import random
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.config import REPOSITORY
from etl.errors import RejectedArticle
from etl.extract.page import extract_page
from etl.extract.sources import read_sources
from testkit.article_pages import STORIES, TEMPLATES, render

PAGES = [(url, render(template, story).encode()) for template, url in TEMPLATES.items() for story in STORIES]
SOURCES = read_sources(REPOSITORY / "seeds" / "sources.toml")
LONGEST_SECONDS = 10
NASTY = [
    b"<div>" * 400,
    b"</div>" * 50,
    b"<!--",
    b"]]>",
    b'<script type="application/ld+json">{"@type":"NewsArticle","headline":',
    b'<script type="application/ld+json">[[[[{"@graph":[{"@type":["NewsArticle",null,3]}]}]]]]</script>',
    b'<meta property="article:published_time" content="9999-99-99T99:99:99">',
    b'<time datetime="0000-00-00">',
    b'<link rel="canonical" href="http://[::1">',
    b'<base href="javascript:alert(1)">',
    "\u202e\u0000\ufeff".encode(),
    b"\xff\xfe\x00\xd8",
    b"&#x110000;&amp;amp;amp;amp;lt;",
    b'<p itemscope itemtype="http://schema.org/NewsArticle" itemprop="author" itemref="a a a">',
    "मुलाकात। ".encode() * 300,
    b"<a href='x'>" + "कड़ी ".encode() * 50,
    b"<table><tr><td>" * 60,
    b"<br>" * 500,
    b"<h1></h1>" * 20,
    b'<html lang="\xe0\xa4">',
]


def mutate(page: bytes, chance: random.Random) -> bytes:
    """Apply one to eight random edits: delete, repeat, insert or overwrite bytes of a page."""
    mutated = bytearray(page)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(mutated) + 1)
        to = min(len(mutated), at + chance.randint(0, 2000))
        match chance.randrange(5):
            case 0:
                del mutated[at:to]
            case 1:
                mutated[at:at] = mutated[at:to]
            case 2:
                mutated[at:at] = chance.choice(NASTY)
            case 3:
                mutated[at:to] = chance.randbytes(to - at) if chance.random() < 0.3 else b""
            case 4:
                for _ in range(20):
                    if mutated:
                        mutated[chance.randrange(len(mutated))] = chance.randrange(256)
    return bytes(mutated)


@settings(
    max_examples=int(os.environ.get("MULAQAT_FUZZ_PAGES", "300")),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(number=st.integers(0, len(PAGES) - 1), seed=st.integers(0, 2**32))
def test_a_mutated_page_results_in_an_article_or_a_rejection(number: int, seed: int) -> None:
    url, page = PAGES[number]
    began = time.process_time()
    try:
        article = extract_page(mutate(page, random.Random(seed)), url=url, sources=SOURCES)
    except RejectedArticle as rejected:
        assert rejected.detail
    else:
        assert article.text.strip()
        assert "\r" not in article.text
    assert time.process_time() - began < LONGEST_SECONDS
