"""No words of one article trip a blocking audit, which would roll back its whole day."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.config import Settings
from etl.domain.days import IST
from etl.domain.plan import RunContext
from etl.domain.raw import RawArticle
from etl.errors import RejectedArticle
from etl.storage.seed_files import read_seeds
from etl.transform.annotate import Annotator
from etl.transform.clean import clean_article
from etl.transform.resolve import Resolver
from etl.warehouse.load import LoadResult, load_partition
from testkit.articles import BuiltArticle, write_partition
from testkit.fixtures import Read

DAY = "2022-09-14"
PUBLISHED = datetime(2022, 9, 14, 18, tzinfo=IST)
NAMES = [
    "नरेंद्र मोदी", "मोदी", "अमित शाह", "शी जिनपिंग", "व्लादिमीर पुतिन", "सर्गेई लावरोव", "किन गैंग", "किन",
    "ममता बनर्जी", "एस. जयशंकर", "योशिमासा हयाशी", "हयाशी", "अनंत पाठक", "अनन्त पाठक",
    "चीन", "रूस", "भारत", "बीजिंग", "मॉस्को", "नई दिल्ली", "तुर्की", "बिहार", "टोक्यो", "जापान",
    "आसियान", "ब्रिक्स", "संयुक्त राष्ट्र", "भाजपा", "जी-20",
]  # fmt: skip
TITLES = [
    "राष्ट्रपति", "प्रधानमंत्री", "विदेश मंत्री", "मुख्यमंत्री", "समकक्ष", "राजदूत", "नेता",
    "रूसी", "चीनी", "जापानी", "भारतीय", "नेपाली",
]  # fmt: skip
CASES = [
    "ने", "से", "के साथ", "के बीच", "को", "की", "का", "के", "में", "पर", "और", ",", "भी", "सहित", "के नेतृत्व में",
    "की अध्यक्षता में", "के आवास पर", "के घर जाकर", "की मध्यस्थता में", "की मेजबानी में",
]  # fmt: skip
VERBS = [
    "मुलाकात की", "बैठक की", "बैठक हुई", "वार्ता की", "मिलेंगे", "मिले", "दौरा करेंगे", "यात्रा पर गए", "के दौरे पर",
    "की अगवानी की", "फोन पर बात की", "बैठक में शामिल हुए", "बैठक में हिस्सा लेंगे", "मुलाकात रद्द", "चर्चा की",
]  # fmt: skip
OTHERS = [
    "दोनों नेताओं", "दोनों देशों", "उन्होंने", "उनसे", "आज", "कल", "सोमवार को", "5 मई को", "500 साल पहले",
    "2000 साल बाद", "सन 1526 में", "31 दिसंबर 9999 को", "01/01/0001", "2000 ईसा पूर्व", "इसके बाद", "कि", "जो",
    "🙏", "❤️", "1️⃣", "(", ")", "।", "।\n", ".", "“", "”", "-", "\u00ad", "\u202e", "à¤…", "&amp;amp;", "|",
]  # fmt: skip
TEXTS = st.lists(
    st.one_of(map(st.sampled_from, (NAMES, NAMES, TITLES, CASES, CASES, VERBS, OTHERS))), min_size=15, max_size=50
).map(" ".join)  # fmt: skip
ARTICLES = st.lists(
    st.builds(
        lambda number, title, text, moment: RawArticle(
            "परीक्षण", f"https://a.example/{number}", title, text, moment
        ),
        st.integers(0, 9),
        st.none() | TEXTS.map(lambda text: text[:120]),
        TEXTS,
        st.just(PUBLISHED)
        | st.none()
        | st.datetimes(timezones=st.just(UTC))
        | st.just(datetime.max.replace(tzinfo=UTC)),
    ),
    min_size=10,
    max_size=25,
    unique_by=lambda raw: raw.url,
)


def load(articles: Sequence[RawArticle], annotator: Annotator, resolver: Resolver) -> tuple[int, LoadResult]:
    """Clean, resolve and load articles as one day; return the number of clean ones and the result."""
    built = []
    for raw in articles:
        try:
            article = clean_article(raw, DAY)
        except RejectedArticle:
            continue
        sentences = list(annotator.annotate([article]))
        built.append(BuiltArticle(article, sentences, resolver.resolve(article, sentences)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_partition(folder / "stage", DAY, built)
        run = RunContext("run", datetime(2022, 9, 15, tzinfo=UTC))
        return len(built), load_partition(folder / "warehouse.duckdb", files, run)


@pytest.fixture(scope="module")
def resolver(settings: Settings) -> Resolver:
    return Resolver(read_seeds(settings.seeds_dir), "test")


@given(articles=ARTICLES)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_words_are_loaded(annotator: Annotator, resolver: Resolver, articles: list[RawArticle]) -> None:
    count, result = load(articles, annotator, resolver)
    assert result.stored_count == count


@pytest.mark.parametrize(
    "text",
    [
        "500 साल पहले अमित शाह ने राजनाथ सिंह से मुलाकात की और कई बातों पर चर्चा की।",
        "सन 1526 में अमित शाह ने राजनाथ सिंह से मुलाकात की और कई बातों पर चर्चा की।",
        "4 जुलाई, 1776 को अमित शाह ने राजनाथ सिंह से मुलाकात की और चर्चा की।",
        "अमित शाह 500 साल बाद राजनाथ सिंह से मुलाकात करेंगे और चर्चा होगी।",
    ],
)
def test_a_meeting_far_from_the_news_is_kept_without_a_date(
    annotator: Annotator, resolver: Resolver, read: Read, text: str
) -> None:
    _, resolved = read(text)
    (report,) = resolved.reports
    assert (report.start_date, report.end_date, report.date_precision) == (None, None, "none")
    assert report.date_text
    raw = RawArticle("परीक्षण", "https://a.example/1", None, text, PUBLISHED)
    assert load([raw], annotator, resolver)[1].report_count == 1


def test_a_capital_that_stands_for_its_country_is_loaded(
    annotator: Annotator, resolver: Resolver, read: Read
) -> None:
    text = "विदेश मंत्री एस जयशंकर बीजिंग में ब्रिक्स की बैठक में हिस्सा लेंगे। यह जानकारी मंत्रालय ने दी है।"
    _, resolved = read(text)
    (report,) = resolved.reports
    assert [(part.name_hi, part.mention_text) for part in report.participants] == [
        ("एस जयशंकर", "एस जयशंकर"),
        ("चीन", "बीजिंग"),
    ]
    raw = RawArticle("परीक्षण", "https://a.example/1", None, text, PUBLISHED)
    assert load([raw], annotator, resolver)[1].report_count == 1


def test_offices_in_a_row_name_a_country_once(annotator: Annotator, resolver: Resolver, read: Read) -> None:
    text = "रूसी और चीनी राष्ट्रपति प्रधानमंत्री ने नरेंद्र मोदी से मुलाकात की और कई बातों पर चर्चा की।"
    _, resolved = read(text)
    places = [(mention.start_char, mention.end_char) for mention in resolved.mentions]
    assert len(places) == len(set(places))
    raw = RawArticle("परीक्षण", "https://a.example/1", None, text, PUBLISHED)
    assert load([raw], annotator, resolver)[1].stored_count == 1


def test_an_article_of_an_impossible_day_is_loaded(annotator: Annotator, resolver: Resolver) -> None:
    text = "अमित शाह ने राजनाथ सिंह से मुलाकात की और कई बातों पर चर्चा की।"
    moments = (datetime.min, datetime.max, datetime(1899, 12, 31, 20), datetime(2100, 12, 31, 20))
    articles = [
        RawArticle("परीक्षण", f"https://a.example/{number}", None, text, moment.replace(tzinfo=UTC))
        for number, moment in enumerate(moments)
    ]
    assert load(articles, annotator, resolver)[1].stored_count == len(moments)
    assert clean_article(articles[1], DAY).anchor_date == date(2022, 9, 14)
