"""Articles for benchmarks: DD News where the corpora are present, otherwise articles generated from templates."""

import itertools
import json
import lzma
import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from etl.config import REPOSITORY
from etl.domain.article import Article
from etl.domain.days import IST
from etl.domain.raw import RawArticle
from etl.errors import RejectedArticle
from etl.storage.seed_files import read_seeds
from etl.transform.clean import clean_article

DEFAULT_DATA = REPOSITORY.parent / "shared" / "data"
_DAY = "2020-01-01"
_SENTENCES = (
    "{p} ने {day} को {c} की राजधानी में {q} से मुलाकात की।",
    "{o} ने कहा कि इस साल {n} करोड़ रुपये खर्च किए जाएंगे।",
    "राज्य में अब तक {n} लोगों को टीका लगाया जा चुका है और {m} केंद्र खोले गए हैं।",
    "{c} की सरकार ने {o} की रिपोर्ट पर कोई टिप्पणी नहीं की।",
    "उन्होंने बताया कि सड़क का काम {day} तक पूरा हो जाएगा।",
    "मौसम विभाग के अनुसार अगले {m} दिनों तक तेज बारिश की संभावना है।",
    "{p} {day} को {c} की यात्रा पर जाएंगे, जहां वे {o} की बैठक में हिस्सा लेंगे।",
    "किसानों का कहना है कि फसल का सही दाम नहीं मिल रहा है।",
    "{q} ने इस फैसले का स्वागत किया, लेकिन विपक्ष ने इसे चुनावी घोषणा बताया।",
    "टीम ने पहला मैच {m} विकेट से जीता और अगला मैच {day} को होगा।",
)
_DAYS = ("सोमवार", "मंगलवार", "5 मई", "12 जून", "पिछले सप्ताह", "रविवार शाम")


def read_corpus(count: int, data: Path | None) -> tuple[str, list[Article]]:
    """Return the name of the corpus and its first `count` cleaned articles, the same in every run.

    Args:
        count: number of articles; DD News may hold fewer.
        data: folder of the corpora; None, or a folder without DD News, selects generated articles.
    """
    path = data / "text" / "ddnews.jsonl.xz" if data else None
    if path is None or not path.exists():
        return "generated", list(itertools.islice(_clean(_compose_texts()), count))
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        texts = (json.loads(line)["text"] for line in lines)
        return "DD News", list(itertools.islice(_clean(texts), count))


def _clean(texts: Iterator[str]) -> Iterator[Article]:
    for number, text in enumerate(texts):
        raw = RawArticle(
            "benchmark", f"https://example.org/{number}", None, text, datetime(2020, 1, 1, tzinfo=IST)
        )
        try:
            yield clean_article(raw, _DAY)
        except RejectedArticle:
            continue


def _compose_texts() -> Iterator[str]:
    rng = random.Random(7)
    seeds = read_seeds(REPOSITORY / "seeds")
    persons = [person.name_hi for person in seeds.persons]
    organisations = [organisation.name_hi for organisation in seeds.organisations]
    countries = [country.demonyms_hi[0] for country in seeds.countries if country.demonyms_hi]
    while True:
        paragraphs = []
        for _ in range(rng.randint(3, 7)):
            chosen = [
                rng.choice(_SENTENCES).format(
                    p=rng.choice(persons),
                    q=rng.choice(persons),
                    o=rng.choice(organisations),
                    c=rng.choice(countries),
                    day=rng.choice(_DAYS),
                    n=rng.randint(2, 900),
                    m=rng.randint(2, 12),
                )
                for _ in range(rng.randint(1, 5))
            ]
            paragraphs.append(" ".join(chosen))
        yield "\n".join(paragraphs)
