"""English glosses of meetings, from their records."""

from datetime import date
from typing import Any

import pytest

from etl.explorer.fragments import split_sentence
from etl.explorer.gloss import write_gloss


def person(
    name: str, country: str | None = None, role: str = "actor", side: int | None = None
) -> dict[str, Any]:
    return {"name_latin": name, "country_code": country, "role": role, "side": side}


def meeting(status: str, mode: str | None = None, **changes: object) -> dict[str, Any]:
    day = date(2024, 5, 14)
    record = {"status": status, "mode": mode, "start_date": day, "end_date": day, "date_precision": "day"}
    return record | {"place_hi": "गोवा", "place_latin": "goa"} | changes


TWO = [person("Arjun Mehta", "IND", side=1), person("haruka ono", "JPN", side=2)]
GLOSSES = [
    (meeting("held"), TWO, "Arjun Mehta (India) met Haruka Ono (Japan) in Goa on 14 May 2024."),
    (
        meeting("planned", place_hi=None, place_latin=None),
        TWO,
        "Arjun Mehta (India) is to meet Haruka Ono (Japan) on 14 May 2024.",
    ),
    (
        meeting("held", "phone"),
        TWO,
        "Arjun Mehta (India) spoke with Haruka Ono (Japan) by phone or video in Goa on 14 May 2024.",
    ),
    (
        meeting("held", "visit", start_date=None, end_date=None, date_precision="none"),
        [person("Arjun Mehta", "IND"), person("Nepal", "NPL", "recipient")],
        "Arjun Mehta (India) visited Nepal in Goa.",
    ),
    (
        meeting("cancelled"),
        TWO,
        "A meeting of Arjun Mehta (India) and Haruka Ono (Japan) was cancelled"
        " (it was planned for 14 May 2024 in Goa).",
    ),
    (meeting("held"), [person("A"), person("B"), person("C")], "A, B and C met in Goa on 14 May 2024."),
    (
        meeting("held", date_precision="week", end_date=date(2024, 5, 20)),
        [person(name) for name in "ABCDEF"],
        "A, B, C and 3 others met in Goa from 14–20 May 2024.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("record", "people", "gloss"), GLOSSES, ids=[gloss for _, _, gloss in GLOSSES])
def test_a_gloss_says_who_what_where_and_when(
    record: dict[str, Any], people: list[dict[str, Any]], gloss: str
) -> None:
    assert write_gloss(record, people) == gloss


def test_a_sentence_is_split_at_its_names_and_trigger() -> None:
    sentence = "अर्जुन ने कावेरी से मुलाकात की।"
    mentions = [
        {"start_char": 0, "end_char": 6, "entity_id": "a"},
        {"start_char": 10, "end_char": 16, "entity_id": "b"},
    ]
    fragments = split_sentence(sentence, "मुलाकात", mentions)
    assert "".join(fragment.text for fragment in fragments) == sentence
    assert [fragment.text for fragment in fragments if fragment.entity] == ["अर्जुन", "कावेरी"]
    assert [fragment.text for fragment in fragments if fragment.is_trigger] == ["मुलाकात"]
