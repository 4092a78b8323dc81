"""A warehouse to look at: made-up people, meetings and publishers, the same each time. Also behind README's pictures.

python -m testkit.newsstand FOLDER    writes FOLDER/mulaqat.duckdb
"""

import hashlib
import random
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from etl.domain.article import Article, Rejection, Sentence, TextSegment
from etl.domain.days import IST
from etl.domain.entity import Entity, EntityAttribute, EntityKind, EntityMention
from etl.domain.ids import digest, make_article_id, make_entity_id, make_report_id
from etl.domain.meeting import Context, Format, MeetingReport, Mode, Participant, ResolvedArticle, Status
from etl.domain.plan import RunContext
from etl.errors import RejectReason
from etl.transform.near_duplicate import make_signature
from etl.transform.romanize import to_iso15919
from etl.warehouse.audit import audit_warehouse
from etl.warehouse.load import PartitionFiles, load_partition
from etl.warehouse.publish import publish
from testkit.partition import Made, write_partition

FIRST_DAY = date(2024, 5, 6)
DAY_COUNT, STORIES_A_DAY = 10, 9
SITE = "https://news.example"
NOW = datetime(2024, 5, 20, 6, 30, tzinfo=IST)
RUN_ID = "manual__2024-05-15"
SOURCES = ("जनवाणी", "प्रभात संदेश", "नगर टाइम्स", "देश की आवाज़")
PLACES = {"गोवा": "goa", "काठमांडू": "kathmandu", "जिनेवा": "jineva", "टोक्यो": "tokyo", "नैरोबी": "nairobi"}
COUNTRY_HI = {"IND": "भारत", "NPL": "नेपाल", "JPN": "जापान", "FRA": "फ्रांस", "KEN": "केन्या", "BRA": "ब्राज़ील"}


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
    name_hi: str
    name_en: str
    country: str
    office: str

    @property
    def entity(self) -> Entity:
        attribute = EntityAttribute(
            "office", self.office, "office", f"country/{self.country[:2]}", date(2021, 1, 1), None
        )
        return Entity(
            make_entity_id("PER", self.name_hi, None),
            "PER",
            self.name_hi,
            self.name_en.lower(),
            None,
            to_iso15919(self.name_hi),
            self.name_en,
            self.country,
            (attribute,),
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


@dataclass(frozen=True)
class Told:
    """A meeting as a sentence tells it."""

    sentence: str
    who: tuple[Person, ...]
    status: Status
    trigger: str
    start: date | None
    date_text: str | None
    place: str | None = None
    format: Format = "bilateral"
    mode: Mode | None = None


@dataclass(frozen=True)
class Story:
    """An article."""

    number: int
    source_name: str
    title: str
    told: tuple[Told, ...]
    rest: tuple[str, ...] = ()
    url: str = ""


@dataclass
class Newsstand:
    """Writes stage files of days and loads them into one warehouse."""

    folder: Path
    run_keys: dict[str, str] = field(default_factory=dict)

    @property
    def working(self) -> Path:
        return self.folder / "working" / "mulaqat.duckdb"

    @property
    def published(self) -> Path:
        return self.folder / "mulaqat.duckdb"

    def load(self, day: date, stories: list[Story], rejected: list[Rejection]) -> None:
        """Load one day's articles."""
        run_key = self.run_keys.get(day.isoformat(), f"run-{day}")
        files = write_day(self.folder / "stage" / f"{day}-{len(stories)}", day, stories, rejected)
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
        newsstand.load(day, make_stories(day, number), make_rejections(day))
    newsstand.publish()


def make_stories(day: date, number: int) -> list[Story]:
    """Return a day's articles; some meetings are told by two publishers."""
    chance = random.Random(number)
    stories: list[Story] = []
    for position in range(STORIES_A_DAY):
        told = tuple(make_told(chance, day) for _ in range(chance.choice((0, 1, 1, 1, 2))))
        twice = (0, 1) if told and position % 3 == 0 else (0,)
        for _ in twice:
            source = SOURCES[len(stories) % len(SOURCES)]
            title = "मुलाकातों का दौर जारी" if told else "बाज़ार में तेजी, किसानों को राहत"
            stories.append(
                Story(
                    len(stories),
                    source,
                    title,
                    told,
                    (*chance.sample(BACKGROUND, 3), f"यह ख़बर {source} के संवाददाता ने दी।"),
                )
            )
    return stories


def make_told(chance: random.Random, day: date) -> Told:
    """Return one meeting in one of five manners."""
    weights = [1 / (rank + 1) for rank in range(len(PEOPLE))]
    one, other, third = _choose(chance, weights)
    place = chance.choice(list(PLACES))
    manner = chance.choice(("held", "held", "held", "planned", "cancelled", "phone", "group", "vague"))
    if manner == "planned":
        ahead = day + timedelta(days=chance.randint(3, 40))
        text = f"{ahead.day} {_MONTHS[ahead.month]} को"
        sentence = f"{one.office} {one.name_hi} {text} {place} में {other.name_hi} से मुलाकात करेंगे।"
        return Told(sentence, (one, other), "planned", "मुलाकात", ahead, text, place)
    if manner == "cancelled":
        sentence = f"{one.name_hi} और {other.name_hi} की आज होने वाली बैठक रद्द हो गई।"
        return Told(sentence, (one, other), "cancelled", "बैठक", day, "आज")
    if manner == "phone":
        sentence = f"{one.name_hi} ने आज {other.name_hi} से फोन पर बात की।"
        return Told(sentence, (one, other), "held", "बात", day, "आज", mode="phone")
    if manner == "group":
        names = f"{one.name_hi}, {other.name_hi} और {third.name_hi}"
        sentence = f"{place} में सोमवार को हुई बैठक में {names} शामिल हुए।"
        monday = day - timedelta(days=day.weekday())
        return Told(sentence, (one, other, third), "held", "बैठक", monday, "सोमवार को", place, "multilateral")
    if manner == "vague":
        sentence = f"{one.name_hi} और {other.name_hi} की मुलाकात अच्छी रही।"
        return Told(sentence, (one, other), "held", "मुलाकात", None, None)
    sentence = f"{one.office} {one.name_hi} ने कल {place} में {other.office} {other.name_hi} से मुलाकात की।"
    return Told(sentence, (one, other), "held", "मुलाकात", day - timedelta(days=1), "कल", place)


def make_rejections(day: date) -> list[Rejection]:
    """Return what a day refused."""
    reasons: list[RejectReason] = ["too_short", "too_short", "not_hindi", "robots_denied"]
    return [
        Rejection(
            day.isoformat(), SOURCES[n % 2], f"{SITE}/{day}/{reason}/{n}", "ab" * 32, reason, "12 letters"
        )
        for n, reason in enumerate(reasons[: 1 + day.day % 4])
    ]


def write_day(folder: Path, day: date, stories: list[Story], rejected: list[Rejection]) -> PartitionFiles:
    """Write the stage files of one day."""
    return write_partition(folder, day.isoformat(), [make_article(day, story) for story in stories], rejected)


def make_article(day: date, story: Story) -> Made:
    """Return an article with its sentences and what was found in them."""
    url = story.url or f"{SITE}/{day}/{story.number}"
    lines = [story.title, *(told.sentence for told in story.told), *story.rest]
    text = "\n".join(lines)
    article_id = make_article_id(url, story.source_name, text)
    article = Article(
        article_id=article_id,
        partition_day=day.isoformat(),
        source_id=f"source-{SOURCES.index(story.source_name)}" if story.source_name in SOURCES else "other",
        source_name=story.source_name,
        url=url,
        canonical_url=url,
        title=story.title,
        text=text,
        body_start_char=len(story.title) + 1,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        published_at=datetime.combine(day, time(9), IST) + timedelta(minutes=17 * story.number),
        anchor_date=day,
        author="संवाददाता",
        language="hi",
        segments=(TextSegment(len(story.title) + 1, len(text), 0),),
        signature=make_signature(text),
    )
    sentences, at = [], 0
    for number, line in enumerate(lines):
        sentences.append(Sentence(article_id, number, at, at + len(line), line, (), ()))
        at += len(line) + 1
    entities = {person.entity.entity_id: person.entity for told in story.told for person in told.who}
    entities |= {e.entity_id: e for told in story.told if told.place for e in [make_place(told.place)]}
    mentions = [
        mention
        for told, sentence in zip(story.told, sentences[1:], strict=False)
        for mention in find_mentions(told, sentence, entities)
    ]
    reports = tuple(
        make_report(article, ordinal, told, sentence)
        for ordinal, (told, sentence) in enumerate(zip(story.told, sentences[1:], strict=False))
    )
    return article, sentences, ResolvedArticle(article_id, tuple(entities.values()), tuple(mentions), reports)


def make_place(name: str) -> Entity:
    """Return a place."""
    return Entity(
        make_entity_id("LOC", name, None),
        "LOC",
        name,
        PLACES.get(name, "x"),
        None,
        PLACES.get(name, "x"),
        None,
    )


def find_mentions(told: Told, sentence: Sentence, entities: dict[str, Entity]) -> list[EntityMention]:
    """Return where a sentence names whom it tells of."""
    named: list[tuple[EntityKind, str]] = [("PER", person.name_hi) for person in told.who]
    if told.place:
        named.append(("LOC", told.place))
    return [
        EntityMention(
            make_entity_id(kind, name, None), sentence.sentence_number, at, at + len(name), name, "exact"
        )
        for kind, name in named
        if make_entity_id(kind, name, None) in entities
        for at in [sentence.start_char + told.sentence.index(name)]
    ]


def make_report(article: Article, ordinal: int, told: Told, sentence: Sentence) -> MeetingReport:
    """Return a report of a meeting."""
    event_type, cameo = {"planned": ("AGREE", "036"), "cancelled": ("SANCTION", "164")}.get(
        told.status, ("CONSULT", "041" if told.mode == "phone" else "040")
    )
    return MeetingReport(
        report_id=make_report_id(article.article_id, ordinal),
        article_id=article.article_id,
        ordinal=ordinal,
        event_type=event_type,  # type: ignore[arg-type]
        cameo_code=cameo,
        mode=told.mode,
        plover_mode=told.mode,
        format=told.format,
        status=told.status,
        is_historical=False,
        participants=tuple(
            Participant(
                p.entity.entity_id, "PER", p.name_hi, p.name_hi, "actor", side if len(told.who) == 2 else None
            )
            for side, p in enumerate(told.who, 1)
        ),
        start_date=told.start,
        end_date=told.start,
        date_precision="day" if told.start else "none",
        date_text=told.date_text,
        date_method="weekday" if told.date_text == "सोमवार को" else "relative" if told.start else "none",
        anchor_date=article.anchor_date,
        place_hi=told.place,
        place_entity_id=make_entity_id("LOC", told.place, None) if told.place else None,
        place_method="scene" if told.place else "none",
        occasion_hi=None,
        contexts=(Context("diplomatic", "sentence"),),
        sentence_number=sentence.sentence_number,
        evidence_start_char=sentence.start_char,
        evidence_end_char=sentence.end_char,
        trigger_text=told.trigger,
        confidence=0.9 if told.start else 0.6,
        rules=f"trigger={told.trigger};status={told.status};participants=case-markers",
        coder="newsstand",
        coder_version="1",
        codebook="PLOVER",
    )


def _choose(chance: random.Random, weights: list[float]) -> list[Person]:
    chosen: dict[str, Person] = {}
    while len(chosen) < 3:
        (person,) = chance.choices(PEOPLE, weights)
        chosen[person.name_hi] = person
    return list(chosen.values())


_MONTHS = {5: "मई", 6: "जून", 7: "जुलाई"}

if __name__ == "__main__":
    fill(Newsstand(Path(sys.argv[1])))
