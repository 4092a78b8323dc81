"""Cleaning removes text that does not belong to an article, and rejects texts that are not Hindi articles."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.domain.days import UNDATED, india_day
from etl.domain.raw import RawArticle
from etl.domain.urls import canonical_form
from etl.errors import RejectedArticle
from etl.transform.align import equal_stretches
from etl.transform.clean import clean_article, clean_line, clean_title
from etl.transform.limits import MAX_ARTICLE_CHARS, MAX_LINE_CHARS, MAX_TITLE_CHARS

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


@pytest.mark.parametrize(
    "title", ["बजट 2023 | सस्ता क्या, महंगा क्या", "समाचार पत्रों के संपादक मिले", "News | राज्यपाल की बैठक"]
)
def test_headline_without_a_site_name_after_a_bar_is_kept(title: str) -> None:
    assert clean_title(title) == title


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


def read_as_cp1252(text: str) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("अजय ठाकुर मिले आलोक अवस्थी से", BODY),
        ("ऐश्वर्या राय ने अठारह नेताओं से मुलाकात की", f"आज {BODY}"),
        ("ईरान और ओमान: अगली बैठक “अहम”", f"{BODY}\nअध्यक्ष ने कहा – ‘अब और इंतज़ार नहीं’।"),
    ],
)
@pytest.mark.parametrize(
    "read",
    [
        lambda text: text.encode().decode("latin-1"),
        read_as_cp1252,
        lambda text: read_as_cp1252(read_as_cp1252(text)),
    ],
    ids=["Latin-1", "cp1252", "cp1252 twice"],
)
def test_text_decoded_with_a_wrong_charset_is_repaired(title: str, text: str, read) -> None:  # type: ignore[no-untyped-def]
    expected = clean_article(make_raw(title=title, text=text), "2023-05-05")
    for given_title, given_text in ((read(title), read(text)), (read(title), text), (title, read(text))):
        article = clean_article(make_raw(title=given_title, text=given_text), "2023-05-05")
        assert (article.title, article.text) == (expected.title, expected.text)


@pytest.mark.parametrize(
    "mark", ["\u00ad", "\u2060", "\u200b", "\u200e", "\u202a", "\u2067", "\ufeff", "&shy;", "&lrm;"]
)
def test_invisible_marks_are_removed(mark: str) -> None:
    text = BODY.replace("पाल", f"{mark}पाल").replace(" में", f" {mark}में{mark}")
    article = clean_article(make_raw(title=f"राज्य{mark}पाल", text=text), "2023-05-05")
    assert (article.title, article.text) == ("राज्यपाल", f"राज्यपाल\n{BODY}")


def test_lone_surrogates_are_removed() -> None:
    article = clean_article(make_raw(title="राज्य\ud83dपाल", text=f"{BODY}\udc00"), "2023-05-05")
    assert (article.title, article.text) == ("राज्यपाल", f"राज्यपाल\n{BODY}")


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "क" * (MAX_TITLE_CHARS + 1)},
        {"text": f"{BODY}\n" * (MAX_ARTICLE_CHARS // len(BODY))},
        {"text": "राज्य " * (MAX_LINE_CHARS // 6 + 1)},
    ],
    ids=["title", "article", "line"],
)
def test_text_over_a_limit_is_rejected(fields: dict[str, str]) -> None:
    with pytest.raises(RejectedArticle) as caught:
        clean_article(make_raw(**fields), "2023-05-05")
    assert caught.value.reason == "too_long"


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(1899, 12, 31, tzinfo=UTC),
        datetime(2101, 1, 1, tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
    ],
)
def test_impossible_time_of_publication_leaves_the_article_without_one(moment: datetime) -> None:
    article = clean_article(make_raw(published_at=moment, modified_at=moment), "2023-05-05")
    assert (article.published_at, article.modified_at, article.anchor_date) == (None, None, date(2023, 5, 5))


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


def check_stretches(new: str, old: str) -> list[tuple[int, int, int]]:
    """Return the stretches after checking that they are equal, in order and without overlaps."""
    stretches = list(equal_stretches(new, old))
    end_new = end_old = 0
    for first, last, there in stretches:
        assert end_new <= first < last <= len(new)
        assert end_old <= there
        end_new, end_old = last, there + last - first
        assert new[first:last] == old[there:end_old]
    return stretches


@given(st.text("कख ", min_size=1, max_size=60), st.text("कख ", min_size=1, max_size=60))
def test_stretches_are_equal_in_both_lines(new: str, old: str) -> None:
    check_stretches(new, old)


@pytest.mark.parametrize("length", [100, 5_000, 40_000])
@pytest.mark.parametrize(
    ("given_word", "clean_word"), [("बैठक  ", "बैठक "), ("&quot;बैठक&quot; ", '"बैठक" '), ("बैठ\u00adक ", "बैठक ")]
)
def test_long_lines_are_aligned_as_short_ones_are(length: int, given_word: str, clean_word: str) -> None:
    count = length // len(given_word)
    old = "".join(f"{number}{given_word}" for number in range(count))
    new = "".join(f"{number}{clean_word}" for number in range(count))
    covered = sum(last - first for first, last, _ in check_stretches(new, old))
    assert covered == len(new) - new.count('"')


@pytest.mark.parametrize("old", ["ख" * 30_000, "ख" * 20_000 + "क" * 10_000, "क" + "ख" * 29_999], ids=len)
def test_lines_with_little_in_common_are_aligned(old: str) -> None:
    check_stretches("क" * 25_000, old)
