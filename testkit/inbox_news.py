"""Days of news in our own sentences: every article reports a meeting, several tell of the same one."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

PAIRS = (
    ("विदेश मंत्री एस जयशंकर", "सर्गेई लावरोव", "मॉस्को"),
    ("प्रधानमंत्री नरेंद्र मोदी", "एंथनी अल्बानीज", "सिडनी"),
    ("गृह मंत्री अमित शाह", "अरविंद केजरीवाल", "दिल्ली"),
    ("राष्ट्रीय सुरक्षा सलाहकार अजीत डोभाल", "एंटनी ब्लिंकन", "वाशिंगटन"),
    ("अशोक गहलोत", "अखिलेश यादव", "जयपुर"),
)
"""Who, whom and where; `ने … से मुलाकात की`: met."""

SUBJECTS = ("व्यापार", "सीमा सुरक्षा", "शिक्षा", "ऊर्जा", "रेल परियोजनाओं", "जल बंटवारे", "स्वास्थ्य सेवाओं")
"""Trade, security of the border, education, energy, railways, sharing of water, health."""

MONTHS = ("जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर")


def list_days(first: str, count: int) -> list[str]:
    """Return so many days in a row."""
    return [(date.fromisoformat(first) + timedelta(days=number)).isoformat() for number in range(count)]


def write_inbox(data_root: Path, days: Sequence[str], articles_a_day: int) -> Path:
    """Write the articles of the days into the inbox of a data root, as one file; returns it."""
    inbox = data_root / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    articles = [make_article(day, number) for day in days for number in range(articles_a_day)]
    file = inbox / "news.jsonl"
    file.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles))
    return file


def make_article(day: str, number: int) -> dict[str, str]:
    """Return one article; its meeting was on the day before, and a neighbour in number tells of the same."""
    at = date.fromisoformat(day)
    who, whom, place = PAIRS[(number // 2 + at.day) % len(PAIRS)]
    subject, other = (SUBJECTS[(number + at.day + step) % len(SUBJECTS)] for step in (0, 3))
    before = at - timedelta(days=1)
    text = (
        f"{who} ने {before.day} {MONTHS[before.month - 1]} को {place} में {whom} से मुलाकात की।\n"
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
