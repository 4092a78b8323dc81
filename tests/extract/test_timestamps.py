"""Timestamps and visible dates of pages."""

from datetime import datetime

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
        ("कल", None),
        ("0001-01-01T00:00:00Z", None),
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
