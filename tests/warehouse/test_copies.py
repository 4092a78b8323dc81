"""Near copies of one text are grouped under the earliest, in any order of days."""

import random
from pathlib import Path

from etl.domain.days import UNDATED
from etl.warehouse.copies import group_copies
from testkit.articles import ArticleSpec, MeetingSpec
from testkit.newsroom import Newsroom, query

AGENCY = (
    "मौसम विभाग ने कहा है कि अगले दो दिनों में तटीय जिलों में तेज हवा के साथ बारिश हो सकती है और मछुआरों को समुद्र में न जाने की "
    "सलाह दी गई है। जिला प्रशासन ने निचले इलाकों के लोगों को राहत शिविरों में पहुंचाना शुरू कर दिया है जबकि बिजली विभाग के दल "
    "रात भर तैनात रहेंगे। स्कूल और कॉलेज दो दिन बंद रहेंगे तथा रेलगाड़ियों के समय में भी बदलाव किया गया है।\n"
)
OTHER = (
    "खेल मंत्रालय की समिति ने राष्ट्रीय शिविर के लिए बत्तीस खिलाड़ियों के नाम घोषित किए जिनमें ग्यारह पहली बार चुने गए हैं और पांच "
    "चोट से लौटे हैं। शिविर पटियाला में तीन सप्ताह चलेगा जिसके बाद विदेशी दौरे के लिए टीम तय होगी।\n"
)


def copies(newsroom: Newsroom) -> list[tuple[object, ...]]:
    return query(
        newsroom.working_path,
        "SELECT article.url, canonical.url, similarity >= 0.8 FROM core.article_copy AS copy"
        " JOIN core.article AS article USING (article_id)"
        " JOIN core.article AS canonical ON canonical.article_id = canonical_article_id ORDER BY ALL",
    )


def story(number: int, prefix: str = AGENCY, hour: int = 9) -> ArticleSpec:
    return ArticleSpec(f"https://a.in/{number}", (MeetingSpec(),), prefix=prefix, hour=hour)


def test_a_group_is_a_connected_component_of_pairs() -> None:
    assert group_copies([("b", "c"), ("x", "y"), ("a", "c")]) == {
        "a": "a",
        "b": "a",
        "c": "a",
        "x": "x",
        "y": "x",
    }


def test_copies_of_several_days_are_grouped_under_the_earliest(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-06", story(2), story(3, OTHER))
    newsroom.load("2023-05-05", story(1, hour=18))
    first = "https://a.in/1"
    assert copies(newsroom) == [(first, first, True), ("https://a.in/2", first, True)]


def test_a_copy_a_month_later_is_not_grouped(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-05", story(1))
    newsroom.load("2023-06-05", story(2))
    assert copies(newsroom) == []


def test_undated_copies_are_grouped_among_themselves(newsroom: Newsroom) -> None:
    newsroom.load(UNDATED, story(1), story(2))
    newsroom.load("2023-05-05", story(3))
    assert [row[0] for row in copies(newsroom)] == ["https://a.in/1", "https://a.in/2"]


def test_a_chain_breaks_when_its_middle_is_deleted(newsroom: Newsroom) -> None:
    newsroom.load("2023-05-01", story(1))
    newsroom.load("2023-05-12", story(2))
    newsroom.load("2023-05-23", story(3))
    assert {row[1] for row in copies(newsroom)} == {"https://a.in/1"}
    newsroom.load("2023-05-12")
    assert copies(newsroom) == []


def test_any_order_of_days_gives_the_same_groups(tmp_path: Path) -> None:
    days = [f"2023-05-{day:02d}" for day in range(1, 13)]
    chance = random.Random(5)
    plan = {
        day: [story(10 * n + k, chance.choice([AGENCY, OTHER, AGENCY + OTHER]), 6 + k) for k in range(3)]
        for n, day in enumerate(days)
    }
    found = []
    for trial in range(3):
        newsroom = Newsroom(tmp_path / f"{trial}", tmp_path / f"{trial}.duckdb")
        for day in chance.sample(days, len(days)):
            newsroom.load(day, *plan[day])
        found.append(copies(newsroom))
    assert found[0] == found[1] == found[2]
    assert len({row[1] for row in found[0]}) >= 2
