"""How the cost of cleaning and resolving one article grows with its length, for texts that once cost too much.

    python -m benchmarks.text_costs [--quick] [--json]

Each text is measured at four lengths, each twice the one before. A linear stage takes about twice as long at each step
(ratio 2), a quadratic one four times. Seconds are of the processor and depend on the machine; ratios do not. Memory is
the peak of Python's and the aligner's allocations, in MB. Sentences are annotated before the clock starts.
"""

import argparse
import json
import time
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import pairwise

from etl.config import Settings
from etl.domain.article import Article
from etl.domain.days import IST
from etl.domain.raw import RawArticle
from etl.storage.seed_files import read_seeds
from etl.transform.annotate import Annotator
from etl.transform.clean import clean_article, clean_line
from etl.transform.limits import MAX_ARTICLE_CHARS, MAX_LINE_CHARS
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


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a quarter of the length")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    part = 4 if options.quick else 1
    line = LINES["changed spaces"](MAX_LINE_CHARS // part)
    rows = (
        measure_lines(MAX_ARTICLE_CHARS // part)
        | measure_articles(MAX_LINE_CHARS // part)
        | measure_resolve(2_000 // part)
    )
    memory = peak_megabytes(lambda: make_article(line))
    if options.json:
        print(json.dumps({"seconds": rows, "peak_megabytes": memory}, ensure_ascii=False))
        return
    print(f"{'':<42}{'seconds':>8}  ratio at each doubling")
    for name, seconds in rows.items():
        ratios = "  ".join(f"{later / max(earlier, 1e-6):.1f}" for earlier, later in pairwise(seconds))
        print(f"{name:<42}{seconds[-1]:>8.2f}  {ratios}")
    print(f"memory of cleaning a line of {len(line):,} characters: {memory:.0f} MB")


if __name__ == "__main__":
    main()
