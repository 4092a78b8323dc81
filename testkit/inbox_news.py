"""Articles for the whole pipeline, as JSON lines in an inbox: each reports a meeting, two neighbours the same one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from testkit.articles import write_hindi_date

PAIRS = (
    ("विदेश मंत्री एस जयशंकर", "सर्गेई लावरोव", "मॉस्को"),
    ("प्रधानमंत्री नरेंद्र मोदी", "एंथनी अल्बानीज", "सिडनी"),
    ("गृह मंत्री अमित शाह", "अरविंद केजरीवाल", "दिल्ली"),
    ("राष्ट्रीय सुरक्षा सलाहकार अजीत डोभाल", "एंटनी ब्लिंकन", "वाशिंगटन"),
    ("अशोक गहलोत", "अखिलेश यादव", "जयपुर"),
)
"""Who met whom, and where; the articles say `ने … से मुलाकात की`: met."""

SUBJECTS = ("व्यापार", "सीमा सुरक्षा", "शिक्षा", "ऊर्जा", "रेल परियोजनाओं", "जल बंटवारे", "स्वास्थ्य सेवाओं")
"""Trade, border security, education, energy, railway projects, water sharing, health services."""


def list_days(first: str, count: int) -> list[str]:
    """Return `count` consecutive days, YYYY-MM-DD."""
    return [(date.fromisoformat(first) + timedelta(days=number)).isoformat() for number in range(count)]


def write_inbox(data_root: Path, days: Sequence[str], articles_a_day: int) -> Path:
    """Write the articles of the days into one file of a data root's inbox and return its path."""
    articles = (make_article(day, number) for day in days for number in range(articles_a_day))
    return write_json_lines(data_root / "inbox" / "news.jsonl", articles)


def write_json_lines(file: Path, records: Iterable[Mapping[str, str]]) -> Path:
    """Write one JSON object a line, with the folders above the file, and return its path."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    file.write_text("".join(lines), encoding="utf-8")
    return file


def make_article(day: str, number: int) -> dict[str, str]:
    """Return one article about a meeting on the day before; articles 2n and 2n + 1 of a day report the same one."""
    at = date.fromisoformat(day)
    guest, host, place = PAIRS[(number // 2 + at.day) % len(PAIRS)]
    subject, other = (SUBJECTS[(number + at.day + step) % len(SUBJECTS)] for step in (0, 3))
    day_before = write_hindi_date(at - timedelta(days=1))
    text = (
        f"{guest} ने {day_before} को {place} में {host} से मुलाकात की।\n"
        f"बातचीत में {subject} पर खास तौर से चर्चा हुई और {other} की समीक्षा भी की गई।\n"
        f"अधिकारियों ने बताया कि {number + 3} प्रस्तावों पर अगले {at.day + number} दिनों में काम शुरू होगा।\n"
        f"इस बीच {place} के बाजारों में सुबह से {subject} को लेकर लोगों में उत्साह दिखा।"
    )
    return {
        "url": f"https://namuna.example/{day}/{number}",
        "title": f"{place} में {subject} पर बातचीत, क्रमांक {number}",
        "text": text,
        "published_at": f"{day}T{6 + number % 16:02d}:30:00+05:30",
        "source": "namuna",
    }
