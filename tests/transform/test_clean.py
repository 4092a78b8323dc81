"""Cleaning removes text that does not belong to an article, and rejects texts that are not Hindi articles."""

import unicodedata
from datetime import date, datetime

import pytest

from etl.domain.days import UNDATED, india_day
from etl.domain.raw import RawArticle
from etl.domain.urls import canonical_form
from etl.errors import RejectedArticle
from etl.transform.clean import clean_article, clean_line, clean_title

BODY = "राज्यपाल ने बुधवार को कुलपतियों की बैठक बुलाई। बैठक में नई शिक्षा नीति पर बात हुई।"


def make_raw(**fields: object) -> RawArticle:
    defaults = {
        "source_name": "दैनिक",
        "url": "https://a.example/1",
        "title": None,
        "text": BODY,
        "published_at": None,
    }
    return RawArticle(**{**defaults, **fields})  # type: ignore[arg-type]


def clean_body(text: str, title: str | None = None) -> str:
    article = clean_article(make_raw(text=text, title=title), "2023-05-05")
    return article.text[article.body_start_char :]


def test_text_begins_with_the_title() -> None:
    article = clean_article(make_raw(title="राज्यपाल की बैठक"), "2023-05-05")
    assert article.text == f"राज्यपाल की बैठक\n{BODY}"
    assert article.text[article.body_start_char :] == BODY


@pytest.mark.parametrize(
    "title",
    [
        "राज्यपाल की बैठक | राज्य समाचार - दैनिक टाइम्स",
        "राज्यपाल की बैठक | देश की खबरें | Daily Hindi News",
    ],
)
def test_site_name_after_the_headline_is_removed(title: str) -> None:
    assert clean_title(title) in ("राज्यपाल की बैठक", "राज्यपाल की बैठक | देश की खबरें")


def test_headline_with_a_bar_is_kept() -> None:
    assert clean_title("बजट 2023 | सस्ता क्या, महंगा क्या") == "बजट 2023 | सस्ता क्या, महंगा क्या"


def test_headline_repeated_as_first_line_is_kept_once() -> None:
    assert clean_body(f"राज्यपाल की  बैठक\n{BODY}", title="राज्यपाल की बैठक") == BODY


def test_video_caption_is_removed_with_its_time_code() -> None:
    assert clean_body(f"{BODY}\n01:43\nराज्यपाल ने कुलपतियों से क्या कहा\n{BODY}") == f"{BODY}\n{BODY}"


def test_sentence_after_a_time_code_is_not_a_caption() -> None:
    assert clean_body(f"{BODY}\n01:43\n{BODY}") == f"{BODY}\n{BODY}"


@pytest.mark.parametrize("line", ["देखें: राज्यपाल का भाषण", "यह भी पढ़ें: बजट की बातें", "Also Read - बजट की बातें"])
def test_pointer_to_another_page_is_removed(line: str) -> None:
    assert clean_body(f"{line}\n{BODY}") == BODY


def test_joiners_and_colons_are_kept() -> None:
    text = "मंत्री: नई दिल्\u200dली में बातचीत जारी है, ऐसा विभाग ने बताया।"
    assert clean_body(text) == text


def test_characters_are_composed_and_spaces_are_plain() -> None:
    assert clean_body("राज्य\u00a0सरकार ने  ज़िला\u200b अधिकारियों से रिपोर्ट मांगी है।") == (
        "राज्य सरकार ने ज\u093cिला अधिकारियों से रिपोर्ट मांगी है।"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("देखें: वीडियो", "no_text"),
        ("बहुत छोटी खबर।", "too_short"),
        ("The chief minister met the governor on Tuesday in the capital.", "not_hindi"),
    ],
)
def test_text_that_is_not_a_hindi_article_is_rejected(text: str, reason: str) -> None:
    with pytest.raises(RejectedArticle) as caught:
        clean_article(make_raw(text=text), "2023-05-05")
    assert caught.value.reason == reason


def test_article_without_url_is_named_by_source_and_text() -> None:
    one = clean_article(make_raw(url=None), "2023-05-05")
    other = clean_article(make_raw(url=None, source_name="और कोई"), "2023-05-05")
    assert one.url == one.canonical_url == f"urn:mulaqat:article:{one.article_id}"
    assert one.article_id != other.article_id


def test_canonical_url_drops_tracking_and_case_of_the_host() -> None:
    assert canonical_form("https://A.Example/x?utm_source=t&b=2&a=1#top") == "https://a.example/x?a=1&b=2"
    assert canonical_form("urn:mulaqat:seed:sco-2023-05") == "urn:mulaqat:seed:sco-2023-05"


def test_url_is_kept_as_given_beside_the_canonical_one() -> None:
    article = clean_article(make_raw(url="https://A.Example/x?utm_source=t"), "2023-05-05")
    assert (article.url, article.canonical_url) == ("https://A.Example/x?utm_source=t", "https://a.example/x")


def test_anchor_is_the_day_of_publication_in_india_else_the_partition() -> None:
    late = datetime.fromisoformat("2023-05-04T20:00:00+00:00")
    assert clean_article(make_raw(published_at=late), "2023-05-05").anchor_date == date(2023, 5, 5)
    assert clean_article(make_raw(), "2023-05-05").anchor_date == date(2023, 5, 5)
    assert clean_article(make_raw(), UNDATED).anchor_date is None
    assert india_day(late) == date(2023, 5, 5)


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        (
            "मंत्री ने कहा कि काम शुरू होगा| अगली बैठक सोमवार को है |",
            "मंत्री ने कहा कि काम शुरू होगा। अगली बैठक सोमवार को है ।",
        ),
        ("राज्य | देश | दुनिया की बड़ी खबरें यहां पढ़ी जाती हैं", "राज्य | देश | दुनिया की बड़ी खबरें यहां पढ़ी जाती हैं"),
        ("जिला&amp;nbsp;पंचायत &quot;तैयार&quot; है", 'जिला पंचायत "तैयार" है'),
        ("दिल्&amp;zwj;ली में बैठक", "दिल्\u200dली में बैठक"),
        ("२०२३ में 45 गांवों में", "२०२३ में 45 गांवों में"),
        ("मुख्यमंत्री: सब ठीक है", "मुख्यमंत्री: सब ठीक है"),
    ],
)
def test_characters_of_a_line_are_corrected(given: str, clean: str) -> None:
    assert clean_line(given) == unicodedata.normalize("NFC", clean)


def test_text_decoded_with_a_wrong_charset_is_repaired() -> None:
    assert clean_body(BODY.encode().decode("latin-1")) == BODY


@pytest.mark.parametrize(
    ("text", "font"),
    [
        (
            "eq[;ea=h us dgk fd Hkkjr esa fodkl dk dke py jgk gS vkSj yksxksa dks ykHk fey jgk gS ;g lp gS",
            "Kruti Dev",
        ),
        (
            "maM~I nao kha ik Baart maoM ivakasa ka kama cala rha hO AaOr laaogaaoM kao laaBa imala rha hO",
            "Susha",
        ),
    ],
)
def test_text_typed_for_a_font_is_rejected(text: str, font: str) -> None:
    with pytest.raises(RejectedArticle, match=font) as caught:
        clean_article(make_raw(text=text), "2023-05-05")
    assert caught.value.reason == "legacy_font"


@pytest.mark.parametrize(
    "text",
    [
        "मुख्यमंत्र्यांनी आज शेतकऱ्यांच्या प्रतिनिधींची भेट घेतली आणि त्यांच्या मागण्यांवर चर्चा केली असल्याचे सांगितले आहे.",
        "प्रधानमन्त्रीले आज किसानका प्रतिनिधिहरूसँग भेटवार्ता गर्नुभयो र उहाँहरूका मागका बारेमा छलफल भएको बताउनुभयो।",
        "The chief minister met the farmers on Monday and said that work on the road would begin soon.",
    ],
    ids=["Marathi", "Nepali", "English"],
)
def test_texts_in_other_languages_are_rejected(text: str) -> None:
    with pytest.raises(RejectedArticle) as caught:
        clean_article(make_raw(text=text), "2023-05-05")
    assert caught.value.reason == "not_hindi"


def test_segments_map_clean_text_to_the_extracted_text() -> None:
    raw = f"राज्यपाल की बैठक\n{BODY}\n01:43\nवीडियो का नाम\nराज्य&nbsp;सरकार ने  ज\u093cिला अधिकारियों से रिपोर्ट मांगी है|"
    article = clean_article(make_raw(text=raw, title="राज्यपाल की बैठक"), "2023-05-05")
    covered = set()
    for segment in article.segments:
        length = segment.end_char - segment.start_char
        there = raw[segment.raw_start_char : segment.raw_start_char + length]
        assert article.text[segment.start_char : segment.end_char] == there
        covered |= set(range(segment.start_char, segment.end_char))
    changed = [
        char for at, char in enumerate(article.text) if at >= article.body_start_char and at not in covered
    ]
    assert changed == ["\n", " ", "।"]  # newline between paragraphs, HTML reference, bar
