"""How the cost of cleaning and resolving one article grows with its length, for texts that once cost too much."""

import time
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from functools import partial

from etl.config import Settings
from etl.domain.article import Article
from etl.domain.days import IST
from etl.domain.raw import RawArticle
from etl.storage.seed_files import read_seeds
from etl.transform.annotate import Annotator
from etl.transform.clean import clean_article, clean_line
from etl.transform.resolve import Resolver

FIRST_NAMES = (
    "अमित",
    "राम",
    "श्याम",
    "मोहन",
    "सुरेश",
    "रमेश",
    "दिनेश",
    "अनिल",
    "सुनील",
    "विजय",
    "अजय",
    "संजय",
    "राजेश",
)
LAST_NAMES = ("शाह", "सिंह", "यादव", "वर्मा", "शर्मा", "गुप्ता", "पाठक", "मिश्रा", "तिवारी", "चौधरी", "जोशी")


def name_person(number: int) -> str:
    """Return one of 143 names."""
    return f"{FIRST_NAMES[number % 13]} {LAST_NAMES[number // 13 % 11]}"


LINES: dict[str, Callable[[int], str]] = {
    "changed spaces": lambda count: "मंत्री  ने कहा " * (count // 15),
    "doubly encoded": lambda count: "à¤…à¤œà¤¯ " * (count // 10),
    "HTML references": lambda count: "&amp;quot;बैठक&amp;quot; " * (count // 25),
    "tabs": lambda count: "क" + "\t" * count + "ख",
}
"""One line of a number of characters."""
SENTENCES: dict[str, Callable[[int], str]] = {
    "one pair again and again": lambda number: "अमित शाह ने राजनाथ सिंह से मुलाकात की।",
    "one person and many": lambda number: f"{name_person(number)} ने नरेंद्र मोदी से मुलाकात की।",
    "short forms": lambda number: "किन ने अमित शाह से मुलाकात की। किन गैंग ने शाह से बात की।",
    "offices": lambda number: "रूस के राष्ट्रपति ने चीन के प्रधानमंत्री से मुलाकात की।",
    "dates": lambda number: "5 मई को अमित शाह ने 6 मई को राजनाथ सिंह से मुलाकात की।",
}
"""One sentence by its number in the article."""


def make_article(text: str) -> Article:
    """Clean a text as an article of 14 September 2022."""
    return clean_article(
        RawArticle("परीक्षण", None, None, text, datetime(2022, 9, 14, tzinfo=IST)), "2022-09-14"
    )


def measure(call: Callable[[], object]) -> float:
    """Return the smaller processor time of two calls, in seconds."""
    times = []
    for _ in range(2):
        started = time.process_time()
        call()
        times.append(time.process_time() - started)
    return min(times)


def peak_megabytes(call: Callable[[], object]) -> float:
    """Return the peak of allocated memory during a call."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def measure_lines(largest: int) -> dict[str, list[float]]:
    """Return the seconds of cleaning a line at each length."""
    lengths = [largest // part for part in (8, 4, 2, 1)]
    return {
        f"clean a line: {name}": [measure(partial(clean_line, make(count))) for count in lengths]
        for name, make in LINES.items()
    }


def measure_articles(largest: int) -> dict[str, list[float]]:
    """Return the seconds of cleaning an article of one line at each length."""
    texts = [LINES["changed spaces"](largest // part) for part in (8, 4, 2, 1)]
    return {"clean an article": [measure(partial(make_article, text)) for text in texts]}


def measure_resolve(largest: int) -> dict[str, list[float]]:
    """Return the seconds of resolving an article at each number of sentences."""
    settings = Settings.from_env()
    annotator = Annotator(settings.models_dir)
    resolver = Resolver(read_seeds(settings.seeds_dir), "benchmark")
    found = {}
    for name, make in SENTENCES.items():
        article = make_article("\n".join(map(make, range(largest))))
        sentences = list(annotator.annotate([article]))
        parts = [sentences[: len(sentences) // part] for part in (8, 4, 2, 1)]
        resolver.resolve(article, parts[0])  # builds the look-up tables
        found[f"resolve: {name}"] = [measure(partial(resolver.resolve, article, part)) for part in parts]
    return found
