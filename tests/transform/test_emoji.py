"""Emoji in a text change neither the names nor the meetings that are found in it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.domain.meeting import MeetingReport
from etl.transform.dates import find_time_expressions
from etl.transform.emoji import without_emoji
from testkit.fixtures import Read

TEXTS = [
    "प्रधानमंत्री नरेंद्र मोदी* ने* 5* मई को टोक्यो* में फुमियो किशिदा* से मुलाकात* की।",
    "*अखिलेश यादव* और मायावती* के* बीच सोमवार* को लखनऊ में* बैठक हुई।* गठबंधन पर बात हुई।",
    "गृह मंत्री अमित शाह* अगले* सप्ताह नीतीश कुमार* से पटना में मिलेंगे*, सूत्रों ने यह बताया है।",
    "विदेश मंत्री एस जयशंकर* ने सर्गेई* लावरोव* के* साथ बातचीत की*",
]


def _keys(report: MeetingReport) -> tuple[object, ...]:
    people = [(part.entity_id, part.role, part.side) for part in report.participants]
    return people, report.status, report.mode, report.start_date, report.end_date, report.place_entity_id


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("emoji", ["🙏", " 🔥", "🇮🇳", " ❤️", "👨‍👩‍👧", "👍🏽🎉", "✅", "☝🏻"])
def test_names_and_meetings_are_found_as_without_emoji(read: Read, text: str, emoji: str) -> None:
    _, plain = read(text.replace("*", ""))
    article, decorated = read(text.replace("*", emoji))
    assert plain.reports
    assert list(map(_keys, decorated.reports)) == list(map(_keys, plain.reports))
    assert [(item.entity_id, item.method) for item in decorated.mentions] == [
        (item.entity_id, item.method) for item in plain.mentions
    ]
    for mention in decorated.mentions:
        assert article.text[mention.start_char : mention.end_char] == mention.text


def test_emoji_within_a_name_stays_in_its_quotation(read: Read) -> None:
    article, resolved = read("प्रधानमंत्री नरेंद्र🙏 मोदी ने टोक्यो में योशिमासा 🔥हयाशी से मुलाकात की।")
    (report,) = resolved.reports
    assert {part.mention_text for part in report.participants} == {"नरेंद्र🙏 मोदी", "योशिमासा 🔥हयाशी"}
    assert {part.name_hi for part in report.participants} == {"नरेंद्र मोदी", "योशिमासा हयाशी"}
    assert all(mention.text in article.text for mention in resolved.mentions)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("मोदी🙏 ने", "मोदी ने"),
        ("मोदी 🙏ने", "मोदी ने"),
        ("मोदी🙏ने", "मोदी ने"),
        ("मोदी 🙏 🔥 ने", "मोदी ने"),
        ("🙏 मोदी ने 🔥", "मोदी ने"),
        ("मोदी 🙏, शाह", "मोदी, शाह"),
        ("1️⃣ मोदी", "1 मोदी"),
        ("क्‍ष 25°C ₹500 ™ • ●", "क्‍ष 25°C ₹500 ™ • ●"),
    ],
)
def test_what_a_reader_sees_without_emoji(text: str, plain: str) -> None:
    assert without_emoji(text, 0)[0] == plain


@given(
    st.lists(st.sampled_from(["मोदी", "ने", ",", " ", "🙏", "❤️", "1️⃣", "।", "👨‍👩‍👧"])).map("".join),
    st.integers(0, 50),
)
def test_every_character_has_its_offset(text: str, start: int) -> None:
    plain, offsets = without_emoji(text, start)
    assert len(plain) == len(offsets)
    assert list(offsets) == sorted(set(offsets))
    for char, offset in zip(plain, offsets, strict=True):
        assert char in (text[offset - start], " ")


def test_dates_are_read_across_emoji() -> None:
    (found,) = find_time_expressions("5🎉 मई❤️ 2023 को बैठक हुई", date(2023, 6, 1), "past")
    assert (found.start_date, found.text) == (date(2023, 5, 5), "5🎉 मई❤️ 2023")
