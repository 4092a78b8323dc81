"""A made-up warehouse for the Explorer's tests and the README's pictures: the same rows in every run.

python -m testkit.newsstand FOLDER    writes FOLDER/mulaqat.duckdb
"""

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from etl.domain.article import Rejection
from etl.domain.days import IST
from etl.domain.entity import Entity, EntityAttribute
from etl.domain.ids import digest
from etl.domain.plan import RunContext
from etl.errors import RejectReason
from etl.transform.romanize import to_iso15919
from etl.warehouse.audit import audit_warehouse
from etl.warehouse.load import PartitionFiles, load_partition
from etl.warehouse.publish import publish
from testkit.articles import (
    ArticleSpec,
    MeetingSpec,
    build_article,
    make_entity,
    write_hindi_date,
    write_partition,
)

FIRST_DAY = date(2024, 5, 6)
DAY_COUNT, MEETINGS_A_DAY = 10, 9
SITE = "https://news.example"
NOW = datetime(2024, 5, 20, 6, 30, tzinfo=IST)
RUN_ID = "manual__2024-05-15"
SOURCES = ("जनवाणी", "प्रभात संदेश", "नगर टाइम्स", "देश की आवाज़")
PLACES = {"गोवा": "goa", "काठमांडू": "kathmandu", "जिनेवा": "jineva", "टोक्यो": "tokyo", "नैरोबी": "nairobi"}
DATED = 0.9
"""Confidence of a meeting with a date."""
SCRIPT = "<script>document.title='taken'</script>"
TURNED = "\u202eउलटा\u2066"
"""Text that reverses the direction of the text after it."""

BACKGROUND = (
    "दोनों पक्षों ने व्यापार, ऊर्जा और छात्रों के आने-जाने पर विस्तार से चर्चा की।",
    "अधिकारियों ने बताया कि सीमा पर चौकियों के बीच सड़क का काम अगले साल तक पूरा होगा।",
    "बाज़ार के जानकारों को उम्मीद है कि इससे छोटे कारोबारियों को राहत मिलेगी।",
    "विपक्ष ने कहा कि समझौते का पूरा पाठ सदन में रखा जाए।",
    "मौसम विभाग ने तटीय जिलों में तेज़ बारिश की चेतावनी दी है।",
    "स्थानीय लोगों ने नए पुल और अस्पताल की मांग दोहराई।",
)


@dataclass(frozen=True)
class Person:
    """A person who meets others, with one office held since 2021."""

    name_hi: str
    name_en: str
    country: str
    office: str

    @property
    def entity(self) -> Entity:
        """The person as stage files hold it."""
        territory = f"country/{self.country[:2]}"
        office = EntityAttribute("office", self.office, "office", territory, date(2021, 1, 1), None)
        return make_entity(
            "PER",
            self.name_hi,
            latin=self.name_en.lower(),
            iso=to_iso15919(self.name_hi),
            english=self.name_en,
            country=self.country,
            attributes=(office,),
        )


PEOPLE = (
    Person("अर्जुन मेहता", "Arjun Mehta", "IND", "विदेश मंत्री"),
    Person("कावेरी राव", "Kaveri Rao", "IND", "प्रधानमंत्री"),
    Person("दीपक सारस्वत", "Deepak Saraswat", "IND", "वाणिज्य मंत्री"),
    Person("सुजाता थापा", "Sujata Thapa", "NPL", "विदेश मंत्री"),
    Person("बिमल गुरुंग", "Bimal Gurung", "NPL", "प्रधानमंत्री"),
    Person("केंजी मोरी", "Kenji Mori", "JPN", "विदेश मंत्री"),
    Person("हारुका ओनो", "Haruka Ono", "JPN", "प्रधानमंत्री"),
    Person("क्लेयर दुबोआ", "Claire Dubois", "FRA", "राष्ट्रपति"),
    Person("लूसिया कार्डोसो", "Lucia Cardoso", "BRA", "विदेश मंत्री"),
    Person("जोसफ़ ओटिएनो", "Joseph Otieno", "KEN", "राष्ट्रपति"),
    Person("ग्रेस वान्जिरू", "Grace Wanjiru", "KEN", "व्यापार मंत्री"),
    Person("पाउलो रीस", "Paulo Reis", "BRA", "वित्त मंत्री"),
)
HOSTILE_PERSON = Person(
    f"कवि {SCRIPT}<img src=x onerror=alert(1)>", f'Kavi "quoted" {TURNED}', "IND", "राष्ट्रपति '\""
)
KNOWN = {person.name_hi: person.entity for person in (*PEOPLE, HOSTILE_PERSON)} | {
    name: make_entity("LOC", name, latin=latin, iso=latin) for name, latin in PLACES.items()
}


@dataclass
class Newsstand:
    """Writes the stage files of days and loads them into one warehouse under `folder`.

    Attributes:
        run_keys: by day; a day without an entry is loaded under `run-DAY`.
    """

    folder: Path
    run_keys: dict[str, str] = field(default_factory=dict)

    @property
    def working(self) -> Path:
        """The working database."""
        return self.folder / "working" / "mulaqat.duckdb"

    @property
    def published(self) -> Path:
        """The published copy."""
        return self.folder / "mulaqat.duckdb"

    def load(self, day: date, articles: Sequence[ArticleSpec], rejected: Sequence[Rejection] = ()) -> None:
        """Load one day's articles."""
        run_key = self.run_keys.get(day.isoformat(), f"run-{day}")
        files = write_day(self.folder / "stage" / f"{day}-{len(articles)}", day, articles, rejected)
        load_partition(self.working, files, RunContext(run_key, NOW))

    def publish(self) -> None:
        """Audit and publish."""
        audit_warehouse(self.working, RunContext("audit", NOW))
        publish(self.working, self.published)


def fill(newsstand: Newsstand) -> None:
    """Load all days and publish."""
    newsstand.run_keys["2024-05-15"] = digest("hindi_news_daily", RUN_ID)
    for number in range(DAY_COUNT):
        day = FIRST_DAY + timedelta(days=number)
        newsstand.load(day, make_articles(day, number), make_rejections(day))
    newsstand.publish()


def write_day(
    folder: Path, day: date, articles: Sequence[ArticleSpec], rejected: Sequence[Rejection]
) -> PartitionFiles:
    """Write the stage files of one day."""
    built = [build_article(day.isoformat(), article, KNOWN) for article in articles]
    return write_partition(folder, day.isoformat(), built, rejected)


def make_articles(day: date, number: int) -> list[ArticleSpec]:
    """Return a day's articles; every third group of meetings is reported by two publishers."""
    chance = random.Random(number)
    articles: list[ArticleSpec] = []
    for position in range(MEETINGS_A_DAY):
        meetings = tuple(make_meeting(chance, day) for _ in range(chance.choice((0, 1, 1, 1, 2))))
        for _ in range(2 if meetings and position % 3 == 0 else 1):
            source = SOURCES[len(articles) % len(SOURCES)]
            title = "मुलाकातों का दौर जारी" if meetings else "बाज़ार में तेजी, किसानों को राहत"
            others = (*chance.sample(BACKGROUND, 3), f"यह ख़बर {source} के संवाददाता ने दी।")
            articles.append(describe_article(day, len(articles), source, title, meetings, others))
    return articles


def describe_article(
    day: date,
    number: int,
    source_name: str,
    title: str,
    meetings: tuple[MeetingSpec, ...],
    other_sentences: tuple[str, ...] = (),
) -> ArticleSpec:
    """Return the article of a day with this number; articles appear 17 minutes apart from 9:00 on."""
    return ArticleSpec(
        f"{SITE}/{day}/{number}",
        meetings,
        hour=9,
        seconds=17 * 60 * number,
        source_name=source_name,
        title=title,
        other_sentences=other_sentences,
        author="संवाददाता",
    )


def make_hostile_article(day: date) -> ArticleSpec:
    """Return an article that tries to run scripts and to reverse text in name, office, title, source and URL."""
    who = (HOSTILE_PERSON.name_hi, PEOPLE[0].name_hi)
    sentence = f"{who[0]} ने आज {who[1]} से मुलाकात की।{' शब्द' * 10_000}"
    meeting = MeetingSpec(who, start=day.isoformat(), sentence=sentence, date_text="आज")
    title = f'"शीर्षक" {SCRIPT} {TURNED}'
    article = describe_article(day, 0, f"समाचार {SCRIPT}", title, (meeting,))
    return replace(article, url="javascript:alert(1)")


def make_meeting(chance: random.Random, day: date) -> MeetingSpec:
    """Return one meeting, described in one of six ways."""
    one, other, third = _choose_people(chance)
    place = chance.choice(list(PLACES))
    who = (one.name_hi, other.name_hi)
    today = day.isoformat()
    match chance.choice(("held", "held", "held", "planned", "cancelled", "phone", "group", "vague")):
        case "planned":
            planned = day + timedelta(days=chance.randint(3, 40))
            when = f"{write_hindi_date(planned)} को"
            text = f"{one.office} {one.name_hi} {when} {place} में {other.name_hi} से मुलाकात करेंगे।"
            return MeetingSpec(who, "planned", planned.isoformat(), place, DATED, text, date_text=when)
        case "cancelled":
            text = f"{one.name_hi} और {other.name_hi} की आज होने वाली बैठक रद्द हो गई।"
            return MeetingSpec(who, "cancelled", today, None, DATED, text, trigger="बैठक", date_text="आज")
        case "phone":
            text = f"{one.name_hi} ने आज {other.name_hi} से फोन पर बात की।"
            return MeetingSpec(
                who, "held", today, None, DATED, text, trigger="बात", date_text="आज", mode="phone"
            )
        case "group":
            monday = (day - timedelta(days=day.weekday())).isoformat()
            text = f"{place} में सोमवार को हुई बैठक में {', '.join(who)} और {third.name_hi} शामिल हुए।"
            return MeetingSpec(
                (*who, third.name_hi), "held", monday, place, DATED, text,
                trigger="बैठक", date_text="सोमवार को", date_method="weekday", format="multilateral",
            )  # fmt: skip
        case "vague":
            text = f"{one.name_hi} और {other.name_hi} की मुलाकात अच्छी रही।"
            return MeetingSpec(who, confidence=0.6, sentence=text)
    yesterday = (day - timedelta(days=1)).isoformat()
    text = f"{one.office} {one.name_hi} ने कल {place} में {other.office} {other.name_hi} से मुलाकात की।"
    return MeetingSpec(who, "held", yesterday, place, DATED, text, date_text="कल")


def _choose_people(chance: random.Random) -> list[Person]:
    """Return three persons, the first of the list most often."""
    weights = [1 / (rank + 1) for rank in range(len(PEOPLE))]
    chosen: dict[str, Person] = {}
    while len(chosen) < 3:
        (person,) = chance.choices(PEOPLE, weights)
        chosen[person.name_hi] = person
    return list(chosen.values())


def make_rejections(day: date) -> list[Rejection]:
    """Return the rejections of a day: one to four pages."""
    reasons: list[RejectReason] = ["too_short", "too_short", "not_hindi", "robots_denied"]
    return [
        Rejection(
            day.isoformat(), SOURCES[n % 2], f"{SITE}/{day}/{reason}/{n}", "ab" * 32, reason, "12 letters"
        )
        for n, reason in enumerate(reasons[: 1 + day.day % 4])
    ]


if __name__ == "__main__":
    fill(Newsstand(Path(sys.argv[1])))
