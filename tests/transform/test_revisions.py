"""The latest revision of an article is kept, whatever the order of the input."""

from dataclasses import replace
from datetime import datetime
from itertools import permutations

from etl.domain.article import Article
from etl.domain.days import IST
from etl.domain.raw import RawArticle
from etl.transform.clean import clean_article
from etl.transform.revisions import split_revisions

BODY = "राज्यपाल ने बुधवार को कुलपतियों की बैठक बुलाई। बैठक में नई शिक्षा नीति पर बात हुई।"


def make_article(hour: int | None, text: str, url: str = "https://a.example/1") -> Article:
    published = datetime(2023, 5, 5, hour, tzinfo=IST) if hour is not None else None
    return replace(
        clean_article(RawArticle("दैनिक", url, None, text, None), "2023-05-05"), published_at=published
    )


def test_latest_revision_is_kept_in_any_order() -> None:
    first, second = make_article(9, BODY), make_article(11, f"{BODY} बाद में जोड़ा गया।")
    other = make_article(None, BODY, url="https://a.example/2")
    for order in permutations([first, second, other]):
        kept, replaced = split_revisions(order)
        assert sorted(kept, key=lambda a: a.url) == [second, other]
        assert replaced == [first]


def test_longest_of_equally_old_revisions_is_kept() -> None:
    short, long = make_article(9, BODY), make_article(9, f"{BODY} {BODY}")
    assert split_revisions([long, short]) == ([long], [short])
