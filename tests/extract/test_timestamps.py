"""Timestamps and visible dates of pages."""

from datetime import date, datetime

import pytest

from etl.extract.page.timestamps import find_visible_date, parse_timestamp

DAY = "2023-02-14"


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("2023-02-14T09:05:06Z", f"{DAY}T09:05:06+00:00"),
        ("2023-02-14T09:05:06+05:30", f"{DAY}T09:05:06+05:30"),
        ("2023-02-14T09:05:06 05:30", f"{DAY}T09:05:06+05:30"),  # the plus sign was decoded as a space
        ("2023-02-14T09:05:06", f"{DAY}T09:05:06+05:30"),
        ("2023-02-14", f"{DAY}T00:00:00+05:30"),
        ("Tue, 14 Feb 2023 09:05:06 +0000", f"{DAY}T09:05:06+00:00"),
        ("Tue Feb 14 2023 09:05:06 GMT+0530 (India Standard Time)", f"{DAY}T09:05:06+05:30"),
        ("Tue, 14 Feb 2023 09:05:06 IST", f"{DAY}T09:05:06+05:30"),
        ("1676345706", f"{DAY}T09:05:06+05:30"),
        ("1676345706000", f"{DAY}T09:05:06+05:30"),
        ("2023-02-14T18:30:00IST", f"{DAY}T18:30:00+05:30"),
        ("1676345706.0", f"{DAY}T09:05:06+05:30"),
        ("20230214090506", f"{DAY}T09:05:06+05:30"),
        ("202302140905", f"{DAY}T09:05:00+05:30"),
        ("14-02-2023 09:05 PM", f"{DAY}T21:05:00+05:30"),
        ("2023/2/14", f"{DAY}T00:00:00+05:30"),
        ("२०२३-०२-१४", f"{DAY}T00:00:00+05:30"),
        ("मंगल, 14 फ़र. 2023 09:05:06 +0530", f"{DAY}T09:05:06+05:30"),
        ("मंगलवार, 14 फरवरी 2023", f"{DAY}T00:00:00+05:30"),
        ("कल", None),
        ("NaT", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59Z", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("2262-04-11T23:47:16Z", None),
        ("1899-12-30", None),
        ("1970-01-01T00:00:00Z", None),
        ("0000-00-00 00:00:00", None),
        ("-0001-11-30T00:00:00", None),
        ("2023-02-14" + " " * 100_000 + "x", None),
        ("", None),
    ],
)
def test_machine_readable_timestamps(stamp: str, moment: str | None) -> None:
    assert parse_timestamp(stamp) == (datetime.fromisoformat(moment) if moment else None)


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("प्रकाशित: 14 फ़रवरी 2023, शाम 6:30 बजे", f"{DAY}T18:30:00+05:30"),
        ("Published: 14 Feb 2023, 06:30 PM IST", f"{DAY}T18:30:00+05:30"),
        ("Updated on: February 14, 2023 18:30 IST", f"{DAY}T18:30:00+05:30"),
        ("१४ फरवरी २०२३", f"{DAY}T00:00:00+05:30"),
        ("14/02/2023 | सुबह 9:05 बजे", f"{DAY}T09:05:00+05:30"),
        ("02/03/2023", "2023-03-02T00:00:00+05:30"),  # in India the day comes first
        ("Posted On: 14 FEB 2023 6:30PM by PIB Delhi", f"{DAY}T18:30:00+05:30"),
        ("Published on : 14 Feb 2023 06:30:PM", f"{DAY}T18:30:00+05:30"),
        ("2023/02/14 18:30", f"{DAY}T18:30:00+05:30"),
        ("14 गांवों के 2023 किसान", None),
        ("पिछले मंगलवार", None),
    ],
)
def test_visible_lines(line: str, moment: str | None) -> None:
    assert find_visible_date(line) == (datetime.fromisoformat(moment) if moment else None)


MONTHS = {
    1: "जन जनव जनवरी", 2: "फर फ़र फरव फरवरी फ़रवरी", 3: "मार मार्च", 4: "अप्र अप्रै अप्रैल", 5: "मई", 6: "जून",
    7: "जुल जुला जुलाई", 8: "अग अगस अगस्त", 9: "सित सितं सितंबर सितम्बर", 10: "अक्टू अक्तू अक्टूबर अक्तूबर",
    11: "नव नवं नवंबर नवम्बर", 12: "दिस दिसं दिसंबर दिसम्बर",
}  # fmt: skip
LINES = (
    "5 {} 2024", "5 {}. 2024", "5 {}॰ 2024", "5 {}० 2024", "05 {}, 2024", "५ {} २०२४", "{} 5, 2024", "{}. 5, 2024",
    "5-{}-2024", "5/{}/2024", "2024 {} 5", "5वीं {} 2024", "5 {}. 2024, 06:30 PM", "प्रकाशित: 5 {} 2024 शाम 6:30 बजे",
    "गुरुवार, 5 {}. 2024 | 18:30 IST", "6:30 PM, 5 {} 2024", "Updated: 5 {} 2024 at 18:30", "पटना, 5 {}. 2024:",
)  # fmt: skip


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("line", LINES)
def test_hindi_months_in_every_form(month: int, line: str) -> None:
    for word in MONTHS[month].split():
        moment = find_visible_date(line.format(word))
        assert moment is not None, word
        assert (moment.year, moment.month, moment.day) == (2024, month, 5)
        assert moment.hour == (18 if "6:30" in line or "18:30" in line else 0)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("पहली सितंबर 2024", 1), ("1ली सित. 2024", 1), ("दूसरी सित 2024", 2), ("2री सितंबर, 2024", 2),
        ("3री सित. 2024", 3),
        ("4थी सितम्बर 2024", 4), ("5वीं सित 2024", 5), ("5-वीं सितंबर 2024", 5), ("21वीं सित. 2024", 21),
        ("1st Sept. 2024", 1), ("22nd of सित 2024", None), ("23rd September 2024", 23), ("Sept 24th, 2024", 24),
    ],
)  # fmt: skip
def test_ordinals(line: str, day: int | None) -> None:
    moment = find_visible_date(line)
    assert (moment.day if moment else None) == day
    assert moment is None or (moment.year, moment.month) == (2024, 9)


def test_june_is_not_january() -> None:
    for word, month in (("जन", 1), ("जून", 6), ("जुल", 7), ("जन.", 1)):
        moment = find_visible_date(f"14 {word} 2025")
        assert moment is not None
        assert moment.month == month


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("12 मार्च 2031 | 11 मार्च 2024", "2024-03-11"),
        ("समाप्ति 31-12-2024, जारी 11-03-2024", "2024-03-11"),
        ("15 मार्च 2024", None),
        ("14 मार्च 2024", "2024-03-14"),
    ],
)
def test_a_day_after_the_latest_is_skipped(line: str, day: str | None) -> None:
    moment = find_visible_date(line, date(2024, 3, 14))
    assert (moment.date().isoformat() if moment else None) == day
    assert parse_timestamp("2024-03-15T00:00:00+05:30", date(2024, 3, 14)) is None
    assert parse_timestamp("2024-03-14T18:30:00Z", date(2024, 3, 14)) is None  # the 15th in India
    assert parse_timestamp("2024-03-14", date(2024, 3, 14)) is not None
