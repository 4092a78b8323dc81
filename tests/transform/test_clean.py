"""Cleaning takes out what no reader would call the article, and refuses what is none."""

from datetime import date, datetime

import pytest

from etl.errors import RejectedArticle
from etl.models import IST, UNDATED, RawArticle
from etl.transform.clean import canonical_form, clean_article, clean_title

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


def test_offsets_begin_with_the_title() -> None:
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
def test_site_name_behind_the_headline_goes(title: str) -> None:
    assert clean_title(title) in ("राज्यपाल की बैठक", "राज्यपाल की बैठक | देश की खबरें")


def test_headline_with_a_bar_of_its_own_stays() -> None:
    assert clean_title("बजट 2023 | सस्ता क्या, महंगा क्या") == "बजट 2023 | सस्ता क्या, महंगा क्या"


def test_headline_repeated_as_first_line_is_kept_once() -> None:
    assert clean_body(f"राज्यपाल की  बैठक\n{BODY}", title="राज्यपाल की बैठक") == BODY


def test_video_caption_goes_with_its_time_code() -> None:
    assert clean_body(f"{BODY}\n01:43\nराज्यपाल ने कुलपतियों से क्या कहा\n{BODY}") == f"{BODY}\n{BODY}"


def test_sentence_after_a_time_code_is_no_caption() -> None:
    assert clean_body(f"{BODY}\n01:43\n{BODY}") == f"{BODY}\n{BODY}"


@pytest.mark.parametrize("line", ["देखें: राज्यपाल का भाषण", "यह भी पढ़ें: बजट की बातें", "Also Read - बजट की बातें"])
def test_pointer_to_another_page_goes(line: str) -> None:
    assert clean_body(f"{line}\n{BODY}") == BODY


def test_joiners_stay_and_colon_stays_a_colon() -> None:
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
def test_what_is_no_article_is_rejected(text: str, reason: str) -> None:
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
    assert late.astimezone(IST).date() == date(2023, 5, 5)
